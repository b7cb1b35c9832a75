"""A recording reaches the server chunk by chunk, and is whole, verified and playable afterwards, whatever happens."""

import httpx
import pytest

from parley.ground.faults import StorageFull
from parley.sessions import RoomRole
from tests.recordings.studio import Studio, Take, film, pieces, played


async def _record_half(studio: Studio) -> tuple[Take, list[bytes]]:
    """Send the first half of a recording, and return it with all of its pieces."""
    take, all_of_it = await studio.record(), pieces(film())
    for number, piece in enumerate(all_of_it[: len(all_of_it) // 2], start=1):
        assert (await take.send(number, piece)).status_code == 204
    return take, all_of_it


async def test_what_is_recorded_is_put_together_and_plays(studio: Studio) -> None:
    take = await studio.record()
    chunks = await take.send_all(film())
    assert await take.state() == "recording"
    assert (await take.finish(chunks)).json()["state"] == "verifying"
    assert await studio.settled(take) == "ready"
    content = await studio.bytes_of(take)
    assert float(played(content, "-show_entries", "format=duration")) >= 1.9
    assert sorted(played(content, "-show_entries", "stream=codec_name").split()) == ["opus", "vp8"]
    assert [file.parent.name for file in studio.files()] == [take.id]


async def test_a_recording_whose_page_was_killed_is_whole_up_to_the_last_chunk(studio: Studio) -> None:
    take, _ = await _record_half(studio)
    studio.doors.clock.advance(seconds=46)
    assert await studio.settled(take) == "ready"
    assert float(played(await studio.bytes_of(take), "-show_entries", "format=duration")) > 0.4


async def test_what_comes_late_is_put_in_all_the_same(studio: Studio) -> None:
    take, all_of_it = await _record_half(studio)
    studio.doors.clock.advance(seconds=46)
    assert await studio.settled(take) == "ready"
    before = await studio.bytes_of(take)
    sent = len(all_of_it) // 2
    assert (await take.send(sent + 1, all_of_it[sent])).status_code == 204
    assert await take.state() == "recording"
    for number, piece in enumerate(all_of_it[sent + 1 :], start=sent + 2):
        await take.send(number, piece)
    await take.finish(len(all_of_it))
    assert await studio.settled(take) == "ready"
    after = await studio.bytes_of(take)
    assert len(after) > len(before)
    assert float(played(after, "-show_entries", "format=duration")) >= 1.9
    assert len(studio.files()) == 1


async def test_a_gap_ends_what_is_put_together_until_it_is_filled(studio: Studio) -> None:
    take, all_of_it = await studio.record(), pieces(film())
    for number, piece in enumerate(all_of_it, start=1):
        if number != 3:
            await take.send(number, piece)
    assert (await take.finish(len(all_of_it))).json()["state"] == "uploading"
    studio.doors.clock.advance(seconds=46)
    assert await studio.settled(take) == "ready"
    short = len(await studio.bytes_of(take))
    assert (await take.send(3, all_of_it[2])).status_code == 204
    assert await studio.settled(take) == "ready"
    assert len(await studio.bytes_of(take)) > short


async def test_a_chunk_that_comes_twice_is_there_once(studio: Studio) -> None:
    take = await studio.record()
    first, second, *_ = pieces(film())
    assert [(await take.send(1, first)).status_code for _ in range(2)] == [204, 204]
    assert (await take.send(1, second)).status_code == 409
    assert (await take.send(2, second, digest=first)).status_code == 422
    assert (await take.send(0, second)).status_code == 422
    assert (await take.send(2, b"")).status_code == 422
    large = await take.client.put(f"/live/v1/recordings/{take.id}/chunks/2", content=b"x" * (8 * 1024 * 1024 + 1))
    assert large.status_code == 413


async def test_what_was_confirmed_may_be_sent_again_when_all_is_ready(studio: Studio) -> None:
    take = await studio.record()
    chunks = await take.send_all(film())
    await take.finish(chunks)
    assert await studio.settled(take) == "ready"
    await studio.finisher.clear()
    assert (await take.send(1, pieces(film())[0])).status_code == 204
    assert (await take.send(chunks + 1, b"more")).status_code == 409
    assert (await take.finish(chunks)).json()["state"] == "ready"


async def test_only_hosts_record_and_only_with_the_secret_chunks_are_taken(studio: Studio) -> None:
    guest = await studio.seat("Gus")
    answer = await guest.post("/live/v1/recordings", json={"format": "video/webm"})
    assert answer.status_code == 403
    host = await studio.seat(studio.doors.cast.olga, RoomRole.HOST)
    assert (await host.post("/live/v1/recordings", json={"format": "text/html"})).status_code == 422
    stranger = studio.doors.client(Accept="application/json")
    assert (await stranger.post("/live/v1/recordings", json={"format": "video/webm"})).status_code == 401
    take, other = await studio.record(), Take("1", stranger)
    assert (await other.send(1, b"x")).status_code == 401
    thief = Take(take.id, studio.doors.client(Authorization="Bearer rec_guessed", Accept="application/json"))
    assert (await thief.send(1, b"x")).status_code == 401
    assert (await thief.finish(0)).status_code == 401


async def test_one_at_a_time_records_until_they_fall_silent(studio: Studio) -> None:
    take, _ = await _record_half(studio)
    otto = await studio.seat(studio.doors.cast.otto, RoomRole.COHOST)
    assert (await otto.post("/live/v1/recordings", json={"format": "video/webm"})).status_code == 409
    again = await studio.record()
    assert (await take.state(), await again.state()) == ("uploading", "recording")
    studio.doors.clock.advance(seconds=50)
    assert (await otto.post("/live/v1/recordings", json={"format": "video/webm"})).status_code == 201


async def test_nothing_is_recorded_after_the_end_but_what_was_is_still_taken(studio: Studio) -> None:
    take, all_of_it = await _record_half(studio)
    host = await studio.seat(studio.doors.cast.olga, RoomRole.HOST)
    await studio.end()
    assert (await host.post("/live/v1/recordings", json={"format": "video/webm"})).status_code == 409
    sent = len(all_of_it) // 2
    for number, piece in enumerate(all_of_it[sent:], start=sent + 1):
        assert (await take.send(number, piece)).status_code == 204
    await take.finish(len(all_of_it))
    assert await studio.settled(take) == "ready"


async def test_what_is_no_recording_fails_and_can_be_tried_again(studio: Studio) -> None:
    take = await studio.record()
    await take.send(1, b"this is no film")
    await take.finish(1)
    assert await studio.settled(take) == "failed"
    api = await studio.doors.api(studio.doors.cast.olga)
    [shown] = (await api.get(f"/api/v1/sessions/{studio.session.id}/artefacts")).json()["items"]
    assert (shown["state"], shown["failure"]) == ("failed", "What was recorded cannot be played.")
    assert (await api.post(f"/api/v1/artefacts/{take.id}/retry")).json() == {"state": "verifying"}
    assert await studio.settled(take) == "failed"
    assert (await api.post(f"/api/v1/artefacts/{take.id}/retry")).status_code == 200


async def test_a_recording_of_nothing_fails(studio: Studio) -> None:
    take = await studio.record()
    assert (await take.finish(0)).json()["state"] == "failed"
    api = await studio.doors.api(studio.doors.cast.olga)
    assert (await api.post(f"/api/v1/artefacts/{take.id}/retry")).status_code == 409


async def test_two_servers_do_not_work_on_the_same_recording(studio: Studio) -> None:
    take = await studio.record()
    await take.finish(await take.send_all(film()))
    finishers = [studio.finisher, studio.finisher]
    done = [await finisher.finish() for finisher in finishers]
    assert sum(done) <= 1
    assert await studio.settled(take) == "ready"


async def test_who_was_told_and_who_agreed_is_on_the_record(studio: Studio) -> None:
    take = await studio.record()
    gus, mia = await studio.seat("Gus"), await studio.seat(studio.doors.cast.mia)
    for who, agreed in ((gus, False), (gus, True), (gus, False), (mia, False)):
        answer = await who.post(f"/live/v1/recordings/{take.id}/consent", json={"agreed": agreed})
        assert answer.status_code == 204
    api = await studio.doors.api(studio.doors.cast.olga)
    names = {one["id"]: one["name"] for one in await _listed(api, f"sessions/{studio.session.id}/participants")}
    found = await _listed(api, f"artefacts/{take.id}/consents")
    assert {names[one["participant"]]: one["agreed_at"] is not None for one in found} == {
        "Olga": True,
        "Gus": True,
        "Mia": False,
    }


async def test_places_in_a_recording_are_kept_once(studio: Studio) -> None:
    take = await studio.record()
    api = await studio.doors.api(studio.doors.cast.olga)
    [olga] = [one for one in await _listed(api, f"sessions/{studio.session.id}/participants") if one["name"] == "Olga"]
    mark = {"number": 1, "milliseconds": 1500, "kind": "speaking", "who": olga["id"]}
    foreign = {"number": 2, "milliseconds": 1, "kind": "joined", "who": "1"}
    for _ in range(2):
        answer = await take.client.post(f"/live/v1/recordings/{take.id}/marks", json={"marks": [mark, foreign]})
        assert answer.status_code == 204
    chapters = await _listed(api, f"artefacts/{take.id}/chapters")
    assert chapters == [{"milliseconds": 1500, "kind": "speaking", "participant": olga["id"]}]


async def _listed(api: httpx.AsyncClient, path: str) -> list[dict[str, str]]:
    answer = await api.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, str]] = answer.json()["items"]
    return items


async def test_on_a_full_disk_nothing_is_lost_and_all_goes_on_when_there_is_room(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, all_of_it = await _record_half(studio)
    with monkeypatch.context() as full:
        full.setattr("parley.ground.storage._write", _no_room)
        sent = len(all_of_it) // 2
        assert (await take.send(sent + 1, all_of_it[sent])).status_code == 507
        await take.finish(sent)
        assert await studio.settled(take) == "failed"
    api = await studio.doors.api(studio.doors.cast.olga)
    assert "disk is full" in (await api.get(f"/api/v1/artefacts/{take.id}")).json()["failure"]
    await api.post(f"/api/v1/artefacts/{take.id}/retry")
    assert await studio.settled(take) == "ready"


def _no_room(*_: object) -> None:
    raise StorageFull("no room")


async def test_without_ffmpeg_a_recording_is_what_the_browser_made(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, take = film(), await studio.record()
    with monkeypatch.context() as alone:
        alone.setenv("PATH", "")
        await take.finish(await take.send_all(content))
        assert await studio.settled(take) == "ready"
    assert await studio.bytes_of(take) == content
