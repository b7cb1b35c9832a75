"""What all pages share: headers, static files, faults as pages."""

import gzip
import re

import pytest

from parley.web.shell.assets import FOLDER, build
from parley.web.shell.page import inside
from tests.doors import Doors
from tests.postgres import Cluster
from tests.web.browser import browser_of


async def test_pages_allow_nothing_from_elsewhere_and_nothing_inline(doors: Doors) -> None:
    page = (await (await browser_of(doors)).see("/signin")).answer
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["referrer-policy"] == "same-origin"
    assert "camera=(self)" in page.headers["permissions-policy"]
    assert "strict-transport-security" not in page.headers


async def test_every_answer_has_the_security_headers_even_an_error(doors: Doors) -> None:
    client = doors.client()
    for path in ("/nothing/here", "/api/v1/nothing", f"/static/{build()}/nothing.css", "/healthz"):
        answer = await client.get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"], path


async def test_what_a_page_loads_is_there_and_kept_for_ever(doors: Doors) -> None:
    page = (await (await browser_of(doors, doors.cast.ada)).see("/")).answer.text
    loaded = re.findall(r'(?:src|href)="(/static/[^"#]+)', page)
    assert len(set(loaded)) >= 8
    for path in set(loaded):
        answer = await doors.client().get(path)
        assert answer.status_code == 200, path
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_static_file_is_packed_for_those_who_take_it(doors: Doors) -> None:
    path = f"/static/{build()}/vendor/bootstrap.min.css"
    plain = await doors.client(**{"Accept-Encoding": "identity"}).get(path)
    packed = await doors.client(**{"Accept-Encoding": "gzip"}).get(path)
    assert plain.content == packed.content == (FOLDER / "vendor/bootstrap.min.css").read_bytes()
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, mtime=0))
    assert "content-encoding" not in plain.headers


async def test_an_older_page_still_finds_its_files_but_keeps_them_not(doors: Doors) -> None:
    answer = await doors.client().get("/static/0123456789ab/css/tokens.css")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["../__init__.py", "..%2f__init__.py", "%2e%2e/shell/page.py", "/etc/passwd"])
async def test_nothing_but_static_files_is_served(doors: Doors, path: str) -> None:
    assert (await doors.client().get(f"/static/{build()}/{path}")).status_code == 404


async def test_a_page_that_is_not_there_says_so_in_the_readers_language(doors: Doors) -> None:
    stranger = await browser_of(doors, languages="de")
    assert (await stranger.see("/nothing/here", status=404)).shows(
        "Nicht gefunden", "gibt es keine Seite", "Startseite"
    )


@pytest.mark.parametrize("path", ["/nothing/here", "/meetings/1/2/3", "/administration/nothing"])
async def test_who_is_signed_in_stays_in_the_frame_where_no_page_is(doors: Doors, path: str) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    await olga.see("/me")
    lost = await olga.see(path, status=404)
    assert lost.shows("Not found", "There is no page at this address.", "Meetings", "Olga Organizer")
    assert "/signout" in lost.actions
    answer = await olga.client.post("/signout", data={"_csrf_token": lost.fields["_csrf_token"]})
    assert answer.headers["location"] == "/signin"


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_database_that_is_away_is_said_kindly(doors: Doors, cluster: Cluster) -> None:
    olga, stranger = await browser_of(doors, doors.cast.olga), await browser_of(doors)
    await olga.see("/")
    name = doors.app.state.settings.database.rpartition("/")[2]
    cluster.drop(name)
    broken = await olga.see("/", status=503)
    assert broken.shows("Not reachable just now", "The database cannot be reached just now.", "Try again", "Olga")
    assert (await stranger.see("/signin", status=503)).shows("The database cannot be reached just now.")
    assert (await stranger.see("/nothing", status=404)).shows("There is no page at this address.")
    cluster.create(name)


async def test_who_was_signed_out_while_typing_is_told_how_to_lose_nothing(doors: Doors) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    await olga.see("/meetings/new")
    await olga.send("/signout")
    refused = await olga.send("/meetings/new", {"title": "HR results"}, status=401)
    assert refused.shows("Please sign in", "what you typed is sent once more")


async def test_a_part_that_fails_leaves_the_page_as_it_is(doors: Doors) -> None:
    mia = await browser_of(doors, doors.cast.mia)
    failed = await mia.see("/meetings/people?find=x", status=403, headers={"HX-Request": "true"})
    assert failed.answer.headers["hx-reswap"] == "none"
    assert failed.answer.content == b""


@pytest.mark.parametrize(
    ("goal", "leads_to"),
    [
        ("/history?from=2026-03-01", "/history?from=2026-03-01"),
        ("", "/"),
        ("history", "/"),
        ("//example.net", "/"),
        ("/\\example.net", "/"),
        ("/a\nb", "/"),
    ],
)
def test_a_goal_lies_inside(goal: str, leads_to: str) -> None:
    assert inside(goal) == leads_to
