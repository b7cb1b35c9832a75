"""Every page opens for those who may see it, and sends the others away kindly."""

from tests.doors import Doors
from tests.web.browser import browser_of

FOR_MEMBERS = (
    "/",
    "/now",
    "/meetings",
    "/history",
    "/history/attendance",
    "/live",
    "/live/now",
    "/me",
    "/me/password",
    "/me/browsers",
    "/me/tokens",
)
FOR_ORGANIZERS = ("/meetings/new", "/meetings/people?find=o", "/meetings?show=ended", "/meetings?show=cancelled&q=x")
FOR_ADMINISTRATORS = (
    "/administration/users",
    "/administration/users?q=o&status=active",
    "/administration/users/new",
    "/administration/groups",
    "/administration/groups/new",
    "/administration/groups/people?find=o",
    "/administration/tokens",
    "/administration/account",
    "/administration/attendance",
)
FOR_ANYBODY = ("/signin", "/reset", "/join")


async def test_every_page_opens_for_an_administrator(doors: Doors) -> None:
    browser = await browser_of(doors, doors.cast.ada)
    for path in (*FOR_MEMBERS, *FOR_ORGANIZERS, *FOR_ADMINISTRATORS, "/reset", "/join"):
        await browser.see(path)


async def test_members_see_no_pages_of_organizers_or_administrators(doors: Doors) -> None:
    browser = await browser_of(doors, doors.cast.mia)
    for path in FOR_MEMBERS:
        await browser.see(path)
    for path in (*FOR_ORGANIZERS[:2], *FOR_ADMINISTRATORS):
        assert (await browser.see(path, status=403)).shows("Not allowed", "Go to Home")


async def test_strangers_are_sent_to_sign_in_and_back(doors: Doors) -> None:
    stranger = await browser_of(doors)
    for path in FOR_ANYBODY:
        await stranger.see(path)
    assert (await stranger.see("/", status=303)).goes_to == "/signin"
    assert (
        await stranger.see("/history?from=2026-03-01", status=303)
    ).goes_to == "/signin?next=/history%3Ffrom%3D2026-03-01"
    part = await stranger.see("/now", status=401, headers={"HX-Request": "true"})
    assert part.answer.headers["hx-redirect"] == "/signin"


async def test_pages_carry_no_inline_styles_and_no_inline_scripts(doors: Doors) -> None:
    browser = await browser_of(doors, doors.cast.ada)
    for path in (*FOR_MEMBERS, *FOR_ORGANIZERS, *FOR_ADMINISTRATORS):
        seen = await browser.see(path)
        assert [name for name in seen.attributes if name == "style" or name.startswith("on")] == []
        assert "<style" not in seen.answer.text
        assert "<script>" not in seen.answer.text
