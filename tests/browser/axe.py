"""What keeps people out of a page, as axe-core finds it."""

from pathlib import Path

from playwright.async_api import Page

_AXE = Path(__file__).parent / "vendor/axe.min.js"
_RUN = """
async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
  ({id, impact, nodes}) => `${impact} ${id}: ${nodes.map(({html}) => html.slice(0, 120)).join(" | ")}`)
"""


_STILL = """
() => Promise.allSettled(
  document.getAnimations().filter((one) => one instanceof CSSTransition).map(({finished}) => finished))
"""


async def barriers(page: Page) -> list[str]:
    """Return everything on the page that axe finds wrong, serious or not."""
    await page.evaluate(_STILL)  # a color on its way to another has a contrast that nobody chose
    await page.evaluate(_AXE.read_text())
    found: list[str] = await page.evaluate(_RUN)
    return found
