"""Coming in and going out, in a browser."""

import httpx
import pytest
from litestar import Litestar

from parley import access
from parley.people import find_user
from tests.doors import Doors
from tests.web.browser import Browser, browser_of

PASSWORD = "correct horse battery"


@pytest.fixture
async def with_password(doors: Doors) -> Doors:
    """Olga has a password."""
    user = await doors.store.read(find_user, doors.cast.olga.person or 0, by=doors.cast.olga)
    await access.set_password(doors.app.state.context, user, PASSWORD, by=doors.cast.ada)
    return doors


async def test_who_signs_in_goes_on_to_where_they_wanted(with_password: Doors) -> None:
    browser = await browser_of(with_password)
    asked = await browser.see("/signin?next=/history")
    assert asked.fields["next"] == "/history"
    done = await browser.send("/signin", email="olga@example.com", password=PASSWORD, next="/history")
    assert done.goes_to == "/history"
    assert (await browser.see("/history")).shows("History", "Olga")
    assert (await browser.see("/signin", status=303)).goes_to == "/"


@pytest.mark.parametrize("elsewhere", ["https://example.net/", "//example.net", "/\\example.net", "javascript:x"])
async def test_signing_in_leads_to_no_other_server(with_password: Doors, elsewhere: str) -> None:
    browser = await browser_of(with_password)
    done = await browser.send("/signin", email="olga@example.com", password=PASSWORD, next=elsewhere)
    assert done.goes_to == "/"


async def test_a_wrong_password_is_refused_and_the_address_stays(with_password: Doors) -> None:
    browser = await browser_of(with_password)
    refused = await browser.send("/signin", status=422, email="olga@example.com", password="wrong")
    assert refused.shows("One thing to mend", "do not belong together")
    assert refused.fields["email"] == "olga@example.com"
    assert "wrong" not in refused.answer.text


async def test_what_is_left_empty_is_named_and_is_no_guess(with_password: Doors) -> None:
    browser = await browser_of(with_password)
    for _ in range(12):
        empty = await browser.send("/signin", status=422, email="olga@example.com", password="")
        assert empty.shows("Password: Please fill this in.")
    assert (await browser.send("/signin", status=422, email=" ", password="")).shows(
        "E-mail: Please", "Password: Please"
    )
    await browser.send("/signin", email="olga@example.com", password=PASSWORD)
    both = await browser.send("/me/password", status=422, current="", password="")
    assert both.shows("Current password: Please fill this in.", "New password: Please fill this in.")
    wrong = await browser.send("/me/password", status=422, current="wrong", password="short")
    assert wrong.shows("This is not your current password.", "This is too short")


async def test_guessing_is_slowed_down(with_password: Doors) -> None:
    browser = await browser_of(with_password)
    for _ in range(10):
        await browser.send("/signin", status=422, email="olga@example.com", password="wrong")
    slowed = await browser.send("/signin", status=429, email="olga@example.com", password=PASSWORD)
    assert slowed.shows("Too many attempts")
    assert slowed.answer.headers["retry-after"] == "900"


async def test_signing_out_ends_the_session(doors: Doors) -> None:
    browser = await browser_of(doors, doors.cast.olga)
    assert (await browser.send("/signout")).goes_to == "/signin"
    assert (await browser.see("/", status=303)).goes_to == "/signin"


async def test_a_suspended_person_is_told_so(with_password: Doors) -> None:
    admin = await browser_of(with_password, with_password.cast.ada)
    await admin.send(f"/administration/users/{with_password.cast.olga.person}/suspend")
    browser = await browser_of(with_password)
    assert (await browser.send("/signin", status=422, email="olga@example.com", password=PASSWORD)).shows("suspended")


async def test_a_form_without_its_proof_is_refused_kindly(doors: Doors) -> None:
    browser = await browser_of(doors, doors.cast.olga)
    answer = await browser.client.post("/meetings/now", data={})
    assert answer.status_code == 403
    assert "load it anew" in answer.text
    assert 'parley_csrf=""' in answer.headers["set-cookie"]


async def test_the_first_administrator_sets_up_the_server(fresh_app: Litestar) -> None:
    state = fresh_app.state
    link = await state.store.write(access.setup_link, url=state.settings.url, now=state.clock())
    path = link.removeprefix(state.settings.url)
    transport = httpx.ASGITransport(app=fresh_app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=state.settings.url) as client:
        browser = Browser(client)
        assert (await browser.see("/signin")).shows("The server printed a link")
        greeted = await browser.see(path)
        assert greeted.shows("Welcome to Parley", "Organization")
        assert greeted.answer.headers["referrer-policy"] == "no-referrer"
        typed = {"account": "Northwind", "name": "Ada Lind", "email": "ada@example.com", "time_zone": "Berlin"}
        mended = await browser.send(path, typed, status=422, password="short")
        assert mended.shows("Password: This is too short")
        assert mended.fields["account"] == "Northwind"
        assert (await browser.send(path, typed, password=PASSWORD)).goes_to == "/"
        assert (await browser.see("/")).shows("Good morning, Ada", "Berlin time", "Your first meeting")
        assert (await browser.see(path, status=404)).shows("This link does not work any more")


async def test_an_invitation_sets_a_password_and_signs_in(doors: Doors) -> None:
    admin = await browser_of(doors, doors.cast.ada)
    added = await admin.send(
        "/administration/users/new",
        name="Nora",
        email="nora@example.com",
        role="organizer",
        locale="en",
        time_zone="Europe/Oslo",
    )
    shown = await admin.see(added.goes_to or "")
    path = shown.fields["link"].removeprefix(doors.app.state.settings.url)
    newcomer = await browser_of(doors)
    assert (await newcomer.see(path)).shows("Nora", "nora@example.com")
    assert (await newcomer.see(path)).shows("At least 10 characters")
    refused = await newcomer.send(path, status=422, password="password123")
    assert refused.words.count("Too many people have this password") == 1
    assert (await newcomer.send(path, password=PASSWORD)).goes_to == "/"
    assert (await newcomer.see("/")).shows("Nora", "Oslo time")


async def test_a_server_without_mail_says_so_where_passwords_are_reset(doors: Doors) -> None:
    stranger = await browser_of(doors)
    assert (await stranger.see("/reset")).shows("cannot send mail")
