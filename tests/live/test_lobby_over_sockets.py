"""Waiting before a room over real sockets, on both databases: who was let in by whom is on the record."""

import pytest

from parley.ground.clock import utc_now
from parley.ground.facts import BEGINNING, after
from parley.ground.faults import NotFound
from parley.live import prepare_room
from parley.people import Lobby
from parley.sessions import RoomRole, session_seen_by
from tests.live.client import Client
from tests.live.serving import Scene


async def knock(client: Client, seat: str) -> dict[str, object]:
    await client.say({"type": "hello", "version": 1, "seat": seat})
    return await client.hear("waiting")


async def told(scene: Scene, kind: str) -> list[dict[str, object]]:
    facts = (await scene.store.read(after, BEGINNING)).facts
    return [fact.data for fact in facts if fact.type == kind]


async def test_who_waits_comes_in_when_a_host_lets_them_and_the_record_knows_who_did(scene: Scene) -> None:
    await scene.store.write(prepare_room, scene.session.id, lobby=Lobby.EVERYONE, now=utc_now())
    mia = scene.cast.mia
    seat = await scene.seat(mia, waits=True)
    async with scene.client() as olga, scene.client() as waiting, scene.client() as again:
        host = await olga.hello(await scene.host())
        assert await knock(waiting, seat) == {"type": "waiting", "hosts": True, "locked": False}
        [one] = (await olga.hear("lobby"))["people"]
        with pytest.raises(NotFound):
            await scene.store.read(session_seen_by, scene.session.id, by=mia)
        await olga.say({"type": "admit"})
        welcome = await waiting.hear("welcome")
        assert welcome["you"] == one["id"]
        assert (await olga.hear("lobby"))["people"] == []
        assert (await olga.hear("joined"))["person"]["name"] == "Mia"
        assert (await scene.record())["Mia"].participant.admitted_at is not None
        await again.hello(seat)
        assert (await waiting.end())[0] == 4010
    assert [str(fact["by"]) for fact in await told(scene, "seat.admitted")] == [host["you"]]
    await scene.store.read(session_seen_by, scene.session.id, by=mia)


async def test_who_is_sent_away_has_no_seat_any_more(scene: Scene) -> None:
    await scene.store.write(prepare_room, scene.session.id, lobby=Lobby.GUESTS, now=utc_now())
    seat = await scene.seat("Ben", waits=True)
    async with scene.client() as otto, scene.client() as ben, scene.client() as again:
        await otto.hello(await scene.seat(scene.cast.otto, RoomRole.COHOST))
        await knock(ben, seat)
        [one] = (await otto.hear("lobby"))["people"]
        await otto.say({"type": "refuse", "who": one["id"]})
        assert await ben.end() == (4016, [{"type": "error", "reason": "refused"}])
        await again.say({"type": "hello", "version": 1, "seat": seat})
        assert (await again.end())[0] == 4004
    assert [fact["name"] for fact in await told(scene, "seat.refused")] == ["Ben"]
    assert not (await scene.record())["Ben"].came


async def test_a_locked_room_opens_for_those_who_were_in(scene: Scene) -> None:
    inside, outside = await scene.seat("Ben"), await scene.seat("Eve", waits=True)
    async with scene.client() as olga, scene.client() as ben, scene.client() as back, scene.client() as eve:
        await olga.hello(await scene.host())
        await ben.hello(inside)
        await olga.say({"type": "house", "locked": True, "may_unmute": False})
        assert (await ben.hear("house"))["house"] == {"lobby": "off", "locked": True, "may_unmute": False}
        await ben.say({"type": "leave"})
        await ben.end()
        welcome = await back.hello(inside, media={"microphone": True})
        assert [one["media"]["microphone"] for one in welcome["people"] if one["name"] == "Ben"] == [False]
        assert (await knock(eve, outside))["locked"] is True
        await olga.say({"type": "house", "locked": False})
        assert not (await eve.hear("welcome"))["house"]["locked"]
    assert [fact["locked"] for fact in await told(scene, "room.changed")] == [True, False]
    assert (await scene.record())["Eve"].participant.admitted_at is not None


async def test_a_seat_that_was_taken_in_store_opens_no_lock(scene: Scene) -> None:
    stored = await scene.seat("Eve")
    async with scene.client() as olga, scene.client() as eve:
        await olga.hello(await scene.host())
        await olga.say({"type": "house", "locked": True})
        await olga.hear("house")
        assert (await knock(eve, stored))["locked"] is True
        await olga.say({"type": "admit"})
        await eve.hear("welcome")
    assert (await scene.record())["Eve"].participant.admitted_at is not None


async def test_who_stops_waiting_is_not_shown_any_more(scene: Scene) -> None:
    await scene.store.write(prepare_room, scene.session.id, lobby=Lobby.GUESTS, now=utc_now())
    async with scene.client() as olga, scene.client() as ben, scene.client() as eve:
        await olga.hello(await scene.host())
        await knock(ben, await scene.seat("Ben", waits=True))
        await knock(eve, await scene.seat("Eve", waits=True))
        await ben.say({"type": "leave"})
        assert (await ben.end())[0] == 1000
        await eve.socket.close()
        while (await olga.hear("lobby"))["people"]:
            pass


async def test_a_host_hands_over_and_only_one_is_the_host(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as otto:
        host = await olga.hello(await scene.host())
        me = await otto.hello(await scene.seat(scene.cast.otto, RoomRole.COHOST))
        await olga.say({"type": "role", "who": me["you"], "role": "host"})
        told = [await otto.hear("role"), await otto.hear("role")]
        roles = {event["who"]: event["role"] for event in told}
        assert roles == {host["you"]: "cohost", me["you"]: "host"}
        await olga.say({"type": "role", "who": me["you"], "role": "attendee"})
        assert (await olga.hear("error"))["reason"] == "not-allowed"
        await otto.say({"type": "remove", "who": host["you"]})
        assert (await olga.end())[0] == 4012
    assert await scene.seat(scene.cast.olga), "nobody keeps the organizer out of their own meeting"
    record = await scene.record()
    assert (record["Olga"].participant.role, record["Otto"].participant.role) == (RoomRole.COHOST, RoomRole.HOST)


async def test_who_may_hold_no_meetings_is_made_no_host(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as mia, scene.client() as ben:
        await olga.hello(await scene.host())
        member, guest = await mia.hello(await scene.seat(scene.cast.mia)), await ben.hello(await scene.seat("Ben"))
        await olga.say({"type": "role", "who": member["you"], "role": "cohost"})
        assert (await olga.hear("error")) == {"type": "error", "reason": "not-allowed", "event": "role"}
        await olga.say({"type": "role", "who": guest["you"], "role": "cohost"})
        assert (await ben.hear("role"))["role"] == "cohost"


async def test_a_co_host_takes_over_when_the_host_is_gone_who_is_a_co_host_when_they_are_back(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as otto, scene.client() as back:
        seat = await scene.host()
        host = await olga.hello(seat)
        me = await otto.hello(await scene.seat(scene.cast.otto, RoomRole.COHOST))
        await olga.say({"type": "leave"})
        assert (await otto.hear("left"))["who"] == host["you"]
        await otto.say({"type": "role", "who": me["you"], "role": "host"})
        assert (await otto.hear("role"))["role"] == "host"
        welcome = await back.hello(seat)
        assert {one["name"]: one["role"] for one in welcome["people"]} == {"Olga": "cohost", "Otto": "host"}
