"""Personal links in browsers: one participant in all tabs, and what hosts see when a link was passed on."""

from playwright.async_api import Locator, expect

from tests.browser.conftest import Person
from tests.browser.meeting import PATIENCE, Host, Visitor, in_the_browser

MILLISECONDS = PATIENCE * 1000


@in_the_browser
async def test_a_personal_link_is_one_person_in_all_tabs_and_is_shown_when_it_was_passed_on(
    host: Host, person: Person
) -> None:
    meeting = await host.begin(password="open sesame")
    invitees = {"invitees": [{"email": "gwen@guest.example", "name": "Gwen", "required": True}]}
    (gwen,) = (await host.ask("POST", f"/meetings/{meeting['id']}/invitations", invitees))["items"]
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.enter()
    await ada.press("people")

    def notes(name: str) -> Locator:
        return ada.page.locator("#people .here").filter(has_text=name).locator("[data-part=note]")

    laptop = await person()
    first = await Visitor.come(laptop, gwen["link"], "Gwen")
    await expect(first.page.locator(".join-as")).to_have_text("GYou join as Gwen")
    await first.enter()
    await expect(notes("Gwen")).to_have_text("By invitation", timeout=MILLISECONDS)
    second = await (await Visitor.come(laptop, gwen["link"], "Gwen")).enter()
    await first.is_told("You are in this meeting in another window")
    await expect(notes("Gwen")).to_have_text("By invitation", timeout=MILLISECONDS)

    await (await Visitor.come(await person(), gwen["link"], "Somebody")).enter()
    await expect(notes("Gwen")).to_have_text("By invitation · one link on two devices", timeout=MILLISECONDS)
    await second.is_told("You are in this meeting in another window")

    await (await Visitor.come(await person(), meeting["join_url"], "Gwen")).enter(password="open sesame")
    await expect(notes("Gwen")).to_have_text(["By invitation · one link on two devices", "Guest"], timeout=MILLISECONDS)
    named = [(one["name"], one["invited"], one["required"]) for one in await host.record("participants")]
    assert named == [("ada", True, False), ("Gwen", True, True), ("Gwen", False, False)]


@in_the_browser
async def test_people_are_chosen_by_typing_and_their_links_copied(host: Host, person: Person) -> None:
    await host.ask("POST", "/users", {"name": "Bo Karlsen", "email": "bo@example.com", "role": "member"})
    meeting = await host.plan()
    ada = await Visitor.come(
        await person(permissions=["clipboard-read", "clipboard-write"]), meeting["join_url"], "ada"
    )
    await ada.sign_in(host.email)
    page = ada.page
    await page.goto(f"{host.server.url}/meetings/{meeting['id']}/invitations")
    await page.get_by_label("Find people to invite by name").type("bo k")
    await expect(page.locator(".found .pick")).to_have_text("Bo Karlsen bo@example.com", timeout=MILLISECONDS)
    await page.keyboard.press("Enter")
    await page.get_by_label("E-mail addresses").fill("Gwen Guest <gwen@guest.example>")
    await page.get_by_role("button", name="Invite", exact=True).click()
    await expect(page.locator(".invited > li")).to_have_count(2, timeout=MILLISECONDS)
    await page.get_by_role("button", name="Copy link of Gwen Guest").click()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{meeting['join_url']}/")
