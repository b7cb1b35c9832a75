"""A long file says how far it is while it comes, and one that breaks off is said not to be whole."""

from pathlib import Path

from playwright.async_api import Page, Route, expect

from parley import web
from tests.browser.conftest import Person
from tests.browser.meeting import PATIENCE

SCRIPT = Path(web.__file__).parent / "static/js/files.js"
ROWS = 3000
PAGE = """
<html lang="en"><body><div data-files data-gone="Not whole"><a href="/long.csv">CSV</a><a href="/broken.csv">Broken</a>
<span role="status" data-progress="%(done)s of %(all)s rows" data-left="%(seconds)s s left"></span></div>
<script>window.said = []; const line = document.querySelector("span");
new MutationObserver(() => window.said.push(line.textContent)).observe(line, {childList: true});</script>
<script type="module" src="/files.js"></script></body></html>
"""


async def _serve(route: Route) -> None:
    path = route.request.url.rpartition("/")[2]
    if path == "broken.csv":
        await route.abort()
    elif path == "long.csv":
        headers = {"Parley-Rows": str(ROWS), "Content-Disposition": 'attachment; filename="history.csv"'}
        await route.fulfill(content_type="text/csv", headers=headers, body="a,b\r\n" * (ROWS + 1))
    elif path == "files.js":
        await route.fulfill(content_type="text/javascript", body=SCRIPT.read_text())
    else:
        await route.fulfill(content_type="text/html", body=PAGE)


async def _page(person: Person) -> Page:
    page = await (await person()).new_page()
    await page.route("**/*", _serve)
    await page.goto("http://localhost/page")
    return page


async def test_a_long_file_says_how_far_it_is(person: Person) -> None:
    page = await _page(person)
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="CSV").click()
    assert (await coming.value).suggested_filename == "history.csv"
    said = await page.evaluate("window.said")
    assert f"{ROWS:,} of {ROWS:,} rows" in said
    await expect(page.get_by_role("status")).to_be_empty()


async def test_a_file_that_breaks_off_is_not_kept(person: Person) -> None:
    page = await _page(person)
    await page.get_by_role("link", name="Broken").click()
    await expect(page.get_by_role("status")).to_have_text("Not whole", timeout=PATIENCE * 1000)
