"""People meet: they see and hear each other, write, come late, raise hands, and the record shows exactly that."""

from playwright.async_api import expect

from tests.browser.conftest import Person
from tests.browser.meeting import Host, Visitor, in_the_browser, moment


async def test_two_people_meet_and_the_record_shows_exactly_that(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await bo.sees_faces("ada")
    await bo.say("The numbers are on page 4.")
    await ada.say("Thank you <b>all</b>.")
    await bo.reads("The numbers are on page 4.", "Thank you <b>all</b>.")
    await ada.press("leave")
    await ada.page.click("[data-act=end]")
    await ada.is_told("The meeting has ended")
    await bo.is_told("The meeting has ended")

    session = await host.session()
    assert (session["state"], session["ended_by"], session["attended"]) == ("ended", "host", 2)
    said = [(message["name"], message["text"]) for message in await host.record("messages")]
    assert said == [("Bo", "The numbers are on page 4."), ("ada", "Thank you <b>all</b>.")]
    stays = await host.stays()
    assert {name: [stay["ended_by"] for stay in each] for name, each in stays.items()} == {
        "ada": ["ended"],
        "Bo": ["ended"],
    }
    assert moment(stays["Bo"][0]["left_at"]) == moment(session["ended_at"])
    await ada.page.click("#closing [data-part=history]")
    await expect(ada.page.locator("main")).to_contain_text("The numbers are on page 4.")
    await expect(ada.page.locator("main")).to_contain_text("2 people came")


async def test_who_comes_late_sees_everybody_and_reads_what_was_said(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await bo.sees_faces("Ada")
    await bo.say("We began without you.")
    await bo.reads("We began without you.")
    eve = await (await Visitor.come(await person(), meeting["join_url"], "Eve")).enter()
    await eve.sees_faces("Ada", "Bo")
    await ada.sees_faces("Bo", "Eve")
    await bo.sees_faces("Ada", "Eve")
    await eve.press("chat")
    await eve.reads("We began without you.")


@in_the_browser
async def test_all_who_come_at_once_see_each_other(host: Host, person: Person) -> None:
    meeting = await host.begin()
    everybody = [await Visitor.come(await person(), meeting["join_url"], name) for name in ("Ada", "Bo", "Eve")]
    for one in everybody:
        await one.ask_to_join()
    for one in everybody:
        await one.sees_faces(*({"Ada", "Bo", "Eve"} - {one.name}))


async def test_a_host_mutes_and_removes(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await bo.press("hand")
    await ada.sees(ada.page.get_by_text("1 hand raised", exact=True).first)
    await ada.press("people")
    row = ada.page.locator("#people .here").filter(has_text="Bo")
    await row.get_by_role("button", name="Options for Bo").click()
    await row.locator("[data-act=mute]").click()
    await bo.sees(bo.page.locator(".room-notice").get_by_text("ada muted you."))
    await ada.sees(ada.page.locator(".tile:not(.mine) .tile-muted"))
    await row.get_by_role("button", name="Options for Bo").click()
    await row.locator("[data-act=remove]").click()
    await row.get_by_role("button", name="Remove Bo").click()
    await bo.is_told("You were removed from the meeting")
    await expect(ada.page.locator(".tile")).to_have_count(1)
    assert [stay["ended_by"] for stay in (await host.stays())["Bo"]] == ["removed"]


@in_the_browser
async def test_a_camera_switched_off_and_on_again_is_seen(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await bo.press("camera")
    await ada.sees(ada.page.locator(".tile.dark:not(.mine)"))
    await bo.press("camera")
    await expect(ada.page.locator(".tile.dark")).to_have_count(0)
    await ada.sees_faces("Bo")


@in_the_browser
async def test_who_left_can_come_back(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await bo.press("leave")
    await bo.is_told("You left the meeting")
    await bo.page.click("#closing [data-act=again]")
    await bo.enter()
    await bo.sees_faces("Ada")
    await ada.sees_faces("Bo")
    assert len((await host.stays())["Bo"]) == 2
    assert len(await host.record("participants")) == 3


@in_the_browser
async def test_who_is_alone_is_told_whether_somebody_was_here(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await (await Visitor.come(await person(), meeting["join_url"], "Ada")).enter()
    await ada.sees(ada.page.get_by_text("Nobody else is here yet"))
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await ada.press("hand")
    await bo.sees(bo.page.locator("[data-part=hands]"))
    await expect(ada.page.locator(".tile.mine .tile-hand")).to_be_visible()
    await expect(ada.page.locator("[data-part=hands]")).to_be_hidden()
    await bo.press("leave")
    await ada.sees(ada.page.get_by_text("Nobody else is here now"))
    await expect(ada.page.locator("[data-part=announcer]")).not_to_contain_text("connected again")


@in_the_browser
async def test_what_the_host_leaves_by_opens_above_the_control(host: Host, person: Person) -> None:
    meeting = await host.begin()
    ada = await Visitor.come(
        await person(locale="de", viewport={"width": 375, "height": 740}), meeting["join_url"], "ada"
    )
    await ada.sign_in(host.email)
    await ada.enter()
    await ada.press("leave")
    menu, control = [await ada.page.locator(which).bounding_box() for which in ("#leave-menu", ".control.leave")]
    assert menu is not None
    assert control is not None
    assert menu["y"] + menu["height"] <= control["y"]
    assert abs(menu["x"] + menu["width"] - control["x"] - control["width"]) <= 8
    words = ada.page.locator(".control:visible .control-words")
    assert await words.evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")
