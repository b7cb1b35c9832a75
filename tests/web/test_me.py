"""What is one's own: profile, password, browsers, tokens, language and colors."""

import pytest

from parley import access
from parley.people import find_user
from tests.doors import Doors
from tests.web.browser import Browser, browser_of

PASSWORD = "correct horse battery"


@pytest.fixture
async def olga(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.olga)


async def test_the_profile_is_changed_and_speaks_at_once(olga: Browser) -> None:
    shown = (await olga.see("/me")).fields
    assert (shown["name"], shown["locale"], shown["time_zone"]) == ("Olga", "en", "Europe/Berlin")
    await olga.send("/me", name="Olga Ost", locale="en", time_zone="Paris", version=shown["version"])
    assert (await olga.see("/me")).shows("Saved.", "Olga Ost")
    assert (await olga.see("/")).shows("Paris time")


async def test_a_wrong_zone_and_a_stale_profile_lose_nothing(olga: Browser) -> None:
    typed = {"name": "Olga Ost", "locale": "en"}
    refused = await olga.send("/me", typed, status=422, time_zone="Atlantis", version="1")
    assert refused.shows("Time zone: This is not a time zone")
    assert (refused.fields["name"], refused.fields["time_zone"]) == ("Olga Ost", "Atlantis")
    stale = await olga.send("/me", typed, status=412, time_zone="Europe/Paris", version="7")
    assert (stale.fields["name"], stale.fields["version"]) == ("Olga Ost", "1")


async def test_the_password_is_changed_by_who_knows_it(doors: Doors, olga: Browser) -> None:
    user = await doors.store.read(find_user, doors.cast.olga.person or 0, by=doors.cast.olga)
    await access.set_password(doors.app.state.context, user, PASSWORD, by=doors.cast.ada)
    here, there = await browser_of(doors, doors.cast.olga), await browser_of(doors, doors.cast.olga)
    error = await here.send("/me/password", status=422, current="wrong", password="another horse battery")
    assert error.shows("Current password: This is not your current password.")
    short = await here.send("/me/password", status=422, current=PASSWORD, password="short")
    assert short.shows("New password: This is too short")
    await here.send("/me/password", current=PASSWORD, password="another horse battery")
    await here.see("/me")
    await there.see("/me", status=303)


async def test_browsers_are_listed_by_name_and_signed_out(doors: Doors, olga: Browser) -> None:
    other = await browser_of(doors, doors.cast.olga)
    listed = await olga.see("/me/browsers")
    assert listed.shows("Firefox, Linux", "this one", "127.0.0.1", "Sign out everywhere else")
    await olga.send("/me/browsers/signout")
    await other.see("/", status=303)
    alone = await olga.see("/me/browsers")
    assert "Sign out everywhere else" not in alone.words
    await olga.send(next(action for action in alone.actions if action.startswith("/me/browsers/")))
    await olga.see("/", status=303)


async def test_a_token_is_shown_once_and_revoked(doors: Doors, olga: Browser) -> None:
    made = await olga.send("/me/tokens", name="Script", scopes="meetings:read", days="30")
    assert made.goes_to == "/me/tokens"
    secret = (await olga.see("/me/tokens")).fields["token"]
    answer = await doors.client(Authorization=f"Bearer {secret}").get("/api/v1/meetings")
    assert answer.status_code == 200
    listed = await olga.see("/me/tokens")
    assert listed.shows("Script", "meetings:read", "1 Apr 2026")
    assert secret not in listed.answer.text
    await olga.send(next(action for action in listed.actions if action.endswith("/revoke")))
    assert (await olga.see("/me/tokens")).shows("The token is revoked.", "No tokens yet")
    assert (await doors.client(Authorization=f"Bearer {secret}").get("/api/v1/meetings")).status_code == 401


async def test_what_is_shown_once_is_sealed_for_its_page_and_its_person(doors: Doors, olga: Browser) -> None:
    made = await olga.send("/me/tokens", name="Script", scopes="me", days="30")
    (once,) = (one for one in made.answer.headers.get_list("set-cookie") if one.startswith("parley_once="))
    assert all(part in once for part in ("HttpOnly", "Max-Age=60", "Path=/me/tokens", "SameSite=lax"))
    assert "parley_" not in once.removeprefix("parley_once=")
    sealed = once.removeprefix("parley_once=").partition(";")[0]
    ada = await browser_of(doors, doors.cast.ada)
    ada.client.cookies.set("parley_once", sealed)
    assert "token" not in (await ada.see("/me/tokens")).fields
    assert (await olga.see("/me/tokens")).fields["token"].startswith("parley_")
    assert "token" not in (await olga.see("/me/tokens")).fields


async def test_what_is_shown_once_is_shown_within_a_minute_and_in_this_session(doors: Doors, olga: Browser) -> None:
    made = await olga.send("/me/tokens", name="Script", scopes="me", days="30")
    (once,) = (one for one in made.answer.headers.get_list("set-cookie") if one.startswith("parley_once="))
    sealed = once.removeprefix("parley_once=").partition(";")[0]
    again = await browser_of(doors, doors.cast.olga)
    again.client.cookies.set("parley_once", sealed)
    assert "token" not in (await again.see("/me/tokens")).fields
    doors.clock.advance(seconds=61)
    assert "token" not in (await olga.see("/me/tokens")).fields


@pytest.mark.parametrize("path", ["/no; Domain=localhost", "/no/%E2%82%AC", "/no/%0d%0aX-Injected:%201"])
async def test_a_page_that_was_left_nothing_touches_no_cookie(doors: Doors, path: str) -> None:
    stranger = doors.client(Cookie="parley_once=x")
    answer = await stranger.get(path)
    assert answer.status_code == 404
    assert [one for one in answer.headers.get_list("set-cookie") if "parley_once" in one] == []
    assert "x-injected" not in answer.headers


async def test_a_token_needs_a_name_and_a_right(olga: Browser) -> None:
    refused = await olga.send("/me/tokens", status=422, name="", days="30")
    assert refused.shows("Name: Please fill this in.", "What it may do: Choose at least one right.")
    beyond = await olga.send("/me/tokens", status=422, name="Script", scopes="people:write", days="")
    assert beyond.shows("You cannot give these rights")


async def test_the_colors_are_chosen_for_this_browser(olga: Browser) -> None:
    assert "data-bs-theme" not in (await olga.see("/me")).answer.text
    await olga.send("/me/theme", theme="dark")
    assert '<html lang="en" data-bs-theme="dark">' in (await olga.see("/me")).answer.text
    await olga.send("/me/theme", theme="auto")
    assert "data-bs-theme" not in (await olga.see("/me")).answer.text


async def test_the_language_is_chosen_before_and_after_signing_in(doors: Doors, olga: Browser) -> None:
    stranger = await browser_of(doors)
    assert (await stranger.send("/me/locale", locale="de", back="/signin")).goes_to == "/signin"
    assert '<html lang="de"' in (await stranger.see("/signin")).answer.text
    await stranger.send("/me/locale", locale="xx", back="//example.net")
    await olga.send("/me/locale", locale="fr", back="/me")
    assert '<html lang="fr"' in (await olga.see("/me")).answer.text
    assert (await olga.see("/me")).fields["locale"] == "fr"


async def test_the_browsers_language_is_spoken_to_strangers(doors: Doors) -> None:
    stranger = await browser_of(doors, languages="da, it-CH;q=0.8, en;q=0.5")
    assert '<html lang="it"' in (await stranger.see("/signin")).answer.text
