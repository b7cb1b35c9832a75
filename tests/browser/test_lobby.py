"""Before the room and in charge of it: people wait and are let in, rooms are locked, all are muted, hosts hand over."""

from playwright.async_api import Locator, expect

from tests.browser.axe import barriers
from tests.browser.conftest import Person
from tests.browser.meeting import PATIENCE, Host, Visitor, in_the_browser

MILLISECONDS = PATIENCE * 1000


async def host_comes(host: Host, person: Person, meeting: dict[str, str], **about: object) -> Visitor:
    """Bring the host into the room, with the people beside the stage."""
    ada = await Visitor.come(await person(**about), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.enter()
    await ada.press("people")
    return ada


def row(ada: Visitor, name: str) -> Locator:
    return ada.page.locator("#people .here").filter(has_text=name)


async def act_on(ada: Visitor, name: str, act: str) -> None:
    """Do something about somebody who is here."""
    await row(ada, name).locator("[data-act=more]").click()
    await row(ada, name).locator(f"[data-act={act}]").click()


async def waits(visitor: Visitor, words: str) -> None:
    """See that one has to wait, and why."""
    await expect(visitor.page.locator("#waiting h2")).to_have_text(words, timeout=MILLISECONDS)
    await expect(visitor.page.locator("#room")).to_be_hidden()


async def test_guests_wait_until_the_host_lets_them_in_or_sends_them_away(host: Host, person: Person) -> None:
    meeting = await host.begin(lobby=None)
    bo = await Visitor.come(await person(), meeting["join_url"], "Bo")
    await bo.ask_to_join()
    await waits(bo, "Please wait to be let in")
    await expect(bo.page.locator("#waiting")).to_contain_text("Nobody is here yet who can let you in.")
    ada = await host_comes(host, person, meeting)
    await expect(bo.page.locator("#waiting")).to_contain_text("The host sees that you are here.", timeout=MILLISECONDS)
    eve = await Visitor.come(await person(), meeting["join_url"], "Eve")
    await eve.ask_to_join()
    await expect(ada.page.locator("[data-part=waiting-words]")).to_have_text("2 people wait", timeout=MILLISECONDS)
    assert await barriers(ada.page) == []
    assert await barriers(bo.page) == []
    await bo.page.reload()
    await waits(bo, "Please wait to be let in")
    await ada.page.get_by_role("button", name="Let Bo in").click()
    await bo.sees(bo.page.locator("#room"))
    await bo.sees_faces("ada")
    await ada.page.get_by_role("button", name="Send Eve away").click()
    await eve.is_told("You were not let in")
    await expect(ada.page.locator("#people [data-part=lobby]")).to_be_hidden()
    assert set(await host.stays()) == {"ada", "Bo"}


@in_the_browser
async def test_a_locked_room_keeps_new_people_out_and_lets_those_back_who_were_in(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await host_comes(host, person, meeting)
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.page.locator("[data-part=is-locked]").check()
    await bo.sees(bo.page.locator(".room-locked"))
    eve = await Visitor.come(await person(), meeting["join_url"], "Eve")
    await eve.ask_to_join()
    await waits(eve, "The meeting is locked")
    await bo.page.reload()
    await bo.sees_faces("ada")
    await bo.press("leave")
    await bo.is_told("You left the meeting")
    await bo.page.click("#closing [data-act=again]")
    await bo.enter()
    await bo.sees_faces("ada")
    await ada.page.locator("[data-part=is-locked]").uncheck()
    await eve.sees_faces("ada", "Bo")


@in_the_browser
async def test_a_host_mutes_all_and_asks_one_to_speak(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await host_comes(host, person, meeting)
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    muted = ada.page.locator(".tile:not(.mine) .tile-muted")
    await ada.page.locator("[data-part=mute-all]").click()
    await ada.sees(muted)
    await bo.press("microphone")
    await expect(muted).to_be_hidden(timeout=MILLISECONDS)
    await ada.page.locator("[data-part=may-unmute]").uncheck()
    await ada.sees(muted)
    await bo.sees(bo.page.locator(".room-notice").get_by_text("ada muted you.").first)
    await bo.press("microphone")
    await bo.sees(bo.page.locator(".room-notice").get_by_text("The host has muted all."))
    await ada.sees(muted)
    await act_on(ada, "Bo", "ask-unmute")
    notice = bo.page.locator(".room-notice").filter(has_text="ada would like to hear you.")
    await notice.get_by_role("button", name="Unmute").click()
    await expect(muted).to_be_hidden(timeout=MILLISECONDS)
    await ada.everything_flows()


@in_the_browser
async def test_a_host_shares_the_role_and_hands_it_over(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await host_comes(host, person, meeting)
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await bo.press("people")
    await expect(bo.page.locator("[data-part=house]")).to_be_hidden()
    await act_on(ada, "Bo", "cohost")
    await bo.sees(bo.page.locator(".room-notice").get_by_text("You are a co-host now."))
    await bo.sees(bo.page.locator("[data-part=house]"))
    await act_on(ada, "Bo", "hand-over")
    await row(ada, "Bo").get_by_role("button", name="Make Bo the host").click()
    await bo.sees(bo.page.locator(".room-notice").get_by_text("You are the host now."))
    await expect(row(bo, "Bo")).to_contain_text("Host")
    await expect(row(bo, "ada")).to_contain_text("Co-host")
    await ada.page.reload()
    await ada.press("people")
    await expect(row(ada, "ada")).to_contain_text("Co-host", timeout=MILLISECONDS)
