"""A host records: everybody is told and asked, and what arrives is whole whatever happens to the host's page."""

from typing import Any

from playwright.async_api import expect

from tests.browser.axe import barriers
from tests.browser.conftest import Person
from tests.browser.meeting import Host, Visitor, eventually, in_the_browser
from tests.recordings.studio import played

PLAYED = """
async (start) => {
  const video = document.querySelector("video");
  video.muted = true;
  video.currentTime = start;
  await video.play();
  await new Promise((over) => (video.ontimeupdate = () => video.currentTime > start + 0.2 && over()));
  return {width: video.videoWidth, duration: video.duration};
}
"""

PACKETS = ("-count_packets", "-show_entries", "stream=nb_read_packets")
"""Asks ffprobe for the pictures and sounds of each track."""


async def _come_to_record(host: Host, person: Person) -> tuple[Visitor, Visitor, dict[str, Any]]:
    """Let the host and Bo meet, and the host begin to record."""
    meeting = await host.begin()
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.enter()
    bo = await (await Visitor.come(await person(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await bo.press("microphone")
    await ada.page.click("[data-act=record]")
    await bo.sees(bo.page.locator("[data-part=recorded]"))
    return ada, bo, meeting


async def _arrived(host: Host, *, chunks: int = 1, takes: int = 1) -> None:
    """Wait until so many chunks are durable on the server, and something of so many recordings."""

    async def there() -> bool:
        folder = host.server.log.parent / "data" / "files" / "recordings"
        return len(list(folder.glob("*/*/[0-9]*"))) >= chunks and len(list(folder.glob("*"))) >= takes

    await eventually(there)


def _sent(host: Host) -> bytes:
    """Return everything that reached the server, as it came."""
    folder = host.server.log.parent / "data" / "files" / "recordings"
    return b"".join(chunk.read_bytes() for chunk in sorted(folder.glob("*/chunks/[0-9]*")))


async def _ready(host: Host, *, count: int) -> list[dict[str, Any]]:
    """Wait until so many recordings are ready, and return them."""
    found: list[dict[str, Any]] = []

    async def ready() -> bool:
        found[:] = await host.record("artefacts")
        return [one["state"] for one in found] == ["ready"] * count

    await eventually(ready)
    return found


@in_the_browser
async def test_what_people_say_and_show_is_recorded_and_everybody_is_asked(host: Host, person: Person) -> None:
    ada, bo, meeting = await _come_to_record(host, person)
    await ada.sees(ada.page.locator(".room-top [data-part=recording]"))
    assert await barriers(bo.page) == []
    await bo.page.click("[data-act=agree]")
    await expect(bo.page.locator("[data-part=recorded]")).to_be_hidden()
    eve = await Visitor.come(await person(), meeting["join_url"], "Eve")
    await eve.enter()
    await eve.sees(eve.page.locator("[data-part=recorded]"))
    await eve.page.click("[data-act=disagree]")
    await eve.is_told("You left the meeting")
    await _arrived(host, chunks=2)
    await ada.page.click("[data-act=record]")
    await bo.sees(bo.page.get_by_text("The meeting is not recorded any more.").first)
    [recording] = await _ready(host, count=1)
    names = {one["id"]: one["name"] for one in await host.record("participants")}
    answers = (await host.ask("GET", f"/artefacts/{recording['id']}/consents"))["items"]
    agreed = {names[one["participant"]]: one["agreed_at"] is not None for one in answers}
    assert agreed == {"ada": True, "Bo": True, "Eve": False}
    chapters = (await host.ask("GET", f"/artefacts/{recording['id']}/chapters"))["items"]
    assert {("joined", "Eve"), ("speaking", "ada")} <= {(one["kind"], names[one["participant"]]) for one in chapters}
    await ada.page.goto(f"{host.server.url}/recordings/{recording['id']}")
    shown = await ada.page.evaluate(PLAYED, 0.5)
    assert shown["width"] == 1280
    assert shown["duration"] > 3
    await expect(ada.page.locator(".chapters")).to_contain_text("Eve joined")
    await expect(ada.page.get_by_role("region", name="Who agreed")).to_contain_text("no answer")
    assert await barriers(ada.page) == []
    await ada.page.get_by_role("button", name="Make a link").click()
    link = await ada.page.input_value("#fresh-link")
    await bo.page.goto(link)
    assert (await bo.page.evaluate(PLAYED, 0))["width"] == 1280
    assert await barriers(bo.page) == []


@in_the_browser
async def test_a_recording_of_a_killed_page_is_whole_up_to_the_last_chunk(host: Host, person: Person) -> None:
    ada, _, meeting = await _come_to_record(host, person)
    await _arrived(host, chunks=3)
    await ada.page.context.close()
    await host.ask("POST", f"/meetings/{meeting['id']}/end")
    [recording] = await _ready(host, count=1)
    whole = (await host._api.get(f"/artefacts/{recording['id']}/content")).content
    assert played(whole, *PACKETS) == played(_sent(host), *PACKETS)
    ada = await Visitor.come(await person(), meeting["join_url"], "ada")
    await ada.sign_in(host.email)
    await ada.page.goto(f"{host.server.url}/recordings/{recording['id']}")
    assert (await ada.page.evaluate(PLAYED, 1))["duration"] > 3


@in_the_browser
async def test_nothing_is_missing_of_a_recording_when_the_server_crashed_and_the_page_was_loaded_again(
    host: Host, person: Person
) -> None:
    ada, bo, _ = await _come_to_record(host, person)
    await bo.page.click("[data-act=agree]")
    await _arrived(host, chunks=1)
    host.server.kill()
    await ada.sees(ada.page.get_by_text("The recording is kept in this browser").first)
    host.server.start()
    await _arrived(host, chunks=4)
    await ada.page.reload()
    await ada.sees(ada.page.locator("[data-act=record]").get_by_text("Stop recording"))
    await expect(bo.page.locator("[data-part=recorded]")).to_be_hidden()
    await _arrived(host, takes=2)
    await ada.page.click("[data-act=record]")
    first, second = await _ready(host, count=2)
    await ada.page.goto(f"{host.server.url}/recordings/{first['id']}")
    assert (await ada.page.evaluate(PLAYED, 1))["duration"] > 5
    assert second["bytes"] > 1_000
