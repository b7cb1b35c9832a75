"""The page of a recording: played from anywhere, what its hosts do there, and links for people without an account."""

import re
from datetime import timedelta

import pytest

from tests.recordings.studio import Studio, Take, film
from tests.web.browser import Browser, browser_of


@pytest.fixture
async def take(studio: Studio) -> Take:
    """A recording of Olga's that is ready."""
    take = await studio.record()
    await take.finish(await take.send_all(film()))
    assert await studio.settled(take) == "ready"
    return take


async def test_a_recording_is_played_from_anywhere(studio: Studio, take: Take) -> None:
    olga = await browser_of(studio.doors, studio.doors.cast.olga)
    (await olga.see(f"/history/{studio.session.id}")).shows("Recordings and files", "Weekly")
    assert "Weekly" in (await olga.see(f"/recordings/{take.id}")).words
    whole = await studio.bytes_of(take)
    content = f"/recordings/{take.id}/content"
    answer = await olga.client.get(content)
    assert (answer.status_code, answer.content) == (200, whole)
    assert (answer.headers["accept-ranges"], answer.headers["content-type"]) == ("bytes", "video/webm")
    etag = answer.headers["etag"]
    asked = {
        "bytes=0-": (206, whole),
        "bytes=10-19": (206, whole[10:20]),
        "bytes=-7": (206, whole[-7:]),
        f"bytes=5-{len(whole) + 9}": (206, whole[5:]),
        f"bytes={len(whole)}-": (416, b""),
        "bytes=9-3": (200, whole),
        "bytes=0-1,4-5": (200, whole),
        "pages=1-2": (200, whole),
    }
    for written, expected in asked.items():
        answer = await olga.client.get(content, headers={"range": written, "if-range": etag})
        assert (answer.status_code, answer.content) == expected, written
    assert (await olga.client.get(content, headers={"range": "bytes=10-19"})).headers["content-range"] == (
        f"bytes 10-19/{len(whole)}"
    )
    changed = await olga.client.get(content, headers={"range": "bytes=0-1", "if-range": '"another"'})
    assert (changed.status_code, changed.content) == (200, whole)


async def test_who_may_not_read_the_session_does_not_see_its_recording(studio: Studio, take: Take) -> None:
    mia = await browser_of(studio.doors, studio.doors.cast.mia)
    for path in (f"/recordings/{take.id}", f"/recordings/{take.id}/content", f"/artefacts/{take.id}/download"):
        await mia.see(path, status=404)
    stranger = Browser(studio.doors.client())
    await stranger.see(f"/recordings/{take.id}/content", status=303)


async def test_a_link_lets_somebody_watch_until_it_is_withdrawn(studio: Studio, take: Take) -> None:
    olga = await browser_of(studio.doors, studio.doors.cast.olga)
    home = f"/recordings/{take.id}"
    await olga.see(home)
    assert (await olga.send(f"{home}/links", label="Contoso", days="7")).goes_to == home
    page = await olga.see(home)
    link = re.search(r"/watch/[\w-]{43}", page.answer.text)
    assert link is not None
    assert "/watch/" not in (await olga.see(home)).answer.text
    guest = Browser(studio.doors.client())
    (await guest.see(link[0])).shows("Weekly", "This link works until")
    assert (await guest.client.get(f"{link[0]}/content", headers={"range": "bytes=0-3"})).status_code == 206
    await guest.see(f"{link[0]}/download", status=403)
    (await olga.see(home)).shows("Contoso", "Who watched", "opened")
    [action] = [action for action in (await olga.see(home)).actions if action.endswith("/withdraw")]
    await olga.send(action)
    for path in (link[0], f"{link[0]}/content", f"{link[0]}/download"):
        await guest.see(path, status=404)


async def test_who_plays_without_the_page_is_written_down_once(studio: Studio, take: Take) -> None:
    olga = await browser_of(studio.doors, studio.doors.cast.olga)
    api = await studio.doors.api(studio.doors.cast.olga)
    until = studio.doors.clock() + timedelta(hours=1)
    made = (await api.post(f"/api/v1/artefacts/{take.id}/links", json={"expires_at": until.isoformat()})).json()
    path = made["url"].removeprefix(str(studio.doors.app.state.settings.url))
    for _ in range(2):
        await olga.client.get(f"/recordings/{take.id}/content", headers={"range": "bytes=1-"})
        await Browser(studio.doors.client()).client.get(f"{path}/content", headers={"range": "bytes=1-"})
    views = (await api.get(f"/api/v1/artefacts/{take.id}/views")).json()["items"]
    assert sorted((view["name"], view["kind"]) for view in views) == [("", "opened"), ("Olga", "opened")]


async def test_a_link_ends_in_time(studio: Studio, take: Take) -> None:
    api = await studio.doors.api(studio.doors.cast.olga)
    until = studio.doors.clock() + timedelta(hours=1)
    body = {"expires_at": until.isoformat(), "downloads": True}
    made = (await api.post(f"/api/v1/artefacts/{take.id}/links", json=body)).json()
    guest = Browser(studio.doors.client())
    path = made["url"].removeprefix(str(studio.doors.app.state.settings.url))
    answer = await guest.client.get(f"{path}/download")
    assert answer.content == await studio.bytes_of(take)
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    studio.doors.clock.advance(hours=1)
    await guest.see(path, status=404)
    for wrong in (until - timedelta(days=1), until + timedelta(days=400)):
        answer = await api.post(f"/api/v1/artefacts/{take.id}/links", json=body | {"expires_at": wrong.isoformat()})
        assert answer.status_code == 422
    [link] = (await api.get(f"/api/v1/artefacts/{take.id}/links")).json()["items"]
    assert link["opened"] == 1
    views = (await api.get(f"/api/v1/artefacts/{take.id}/views")).json()["items"]
    assert {(view["name"], view["kind"], view["link"]) for view in views} >= {("", "downloaded", link["id"])}


async def test_a_recording_is_deleted_by_its_hosts_unless_it_is_held(studio: Studio, take: Take) -> None:
    olga = await browser_of(studio.doors, studio.doors.cast.olga)
    home = f"/recordings/{take.id}"
    await olga.send(f"{home}/hold", held="yes")
    await olga.send(f"/artefacts/{take.id}/delete", status=409)
    await olga.send(f"{home}/hold")
    assert (await olga.send(f"/artefacts/{take.id}/delete")).goes_to == f"/history/{studio.session.id}"
    await olga.see(home, status=404)
    await studio.finisher.clear()
    files = [file for file in (studio.doors.app.state.settings.data / "files").rglob("*") if file.is_file()]
    assert files == []


async def test_who_was_only_there_may_watch_but_not_share(studio: Studio, take: Take) -> None:
    await studio.seat(studio.doors.cast.mia)
    mia = await browser_of(studio.doors, studio.doors.cast.mia)
    page = await mia.see(f"/recordings/{take.id}")
    assert "Share" not in page.words
    for act in ("links", "hold", "retry"):
        await mia.send(f"/recordings/{take.id}/{act}", status=403)
    await mia.send(f"/artefacts/{take.id}/delete", status=403)
