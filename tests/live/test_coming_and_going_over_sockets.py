"""Connections that break, fall silent, come back or are taken over, with a protocol that runs many times as fast."""

import asyncio
import contextlib
from datetime import datetime, timedelta

import pytest

from parley.ground.clock import utc_now
from parley.live.rules import Rules
from parley.sessions import Departure, Participation
from tests.live.client import Client, Event
from tests.live.serving import FAST, Scene, recorded

A_MOMENT = timedelta(milliseconds=500)


@pytest.fixture
def rules() -> Rules:
    return FAST


def gone(attendee: Participation) -> bool:
    return attendee.came and not attendee.present


def cut(client: Client) -> datetime:
    """Break the connection without a word; return when."""
    client.socket.transport.abort()
    return utc_now()


class Faithful(Client):
    """A client that answers the server's heartbeat for as long as it listens."""

    async def next(self) -> Event:
        event = await super().next()
        if event["type"] == "beat":
            await self.say({"type": "beat"})
        return event

    async def listen(self, seconds: float) -> None:
        """Do nothing but listen."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    await self.next()


async def test_a_broken_connection_is_seen_at_once_and_the_stay_ends_then(scene: Scene) -> None:
    async with Faithful(scene.url) as olga, scene.client() as ben:
        await olga.hello(await scene.host())
        me = await ben.hello(await scene.seat("Ben"))
        at = cut(ben)
        assert (await olga.hear("away"))["who"] == me["you"]
        assert (await olga.hear("left"))["reason"] == "lost"
        [stay] = (await recorded(scene, "Ben", gone)).stays
        assert stay.ended_by is Departure.LOST
        assert stay.left_at
        assert abs(stay.left_at - at) < A_MOMENT


async def test_who_comes_back_in_time_was_never_gone(scene: Scene) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as olga, scene.client() as ben, Faithful(scene.url) as again:
        await olga.hello(await scene.host())
        await ben.hello(seat, instance="page-b")
        cut(ben)
        await olga.say({"type": "say", "text": "Are you there?", "key": "k"})
        await olga.hear("said")
        welcome = await again.hello(seat, instance="page-b", after=ben.last)
        assert welcome["resumed"]
        assert (await again.hear("said"))["message"]["text"] == "Are you there?"
        back = await olga.hear("back")
        assert (back["person"]["away"], back["person"]["instance"]) == (False, "page-b")
        await again.listen(1.2)
        [stay] = (await scene.record())["Ben"].stays
        assert stay.left_at is None


async def test_who_comes_back_too_late_has_two_stays(scene: Scene) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as ben:
        await ben.hello(seat)
        cut(ben)
        await recorded(scene, "Ben", gone)
    async with scene.client() as again:
        await again.hello(seat)
        first, second = (await recorded(scene, "Ben", lambda one: one.present)).stays
        assert first.ended_by is Departure.LOST
        assert first.left_at
        assert first.left_at < second.joined_at


async def test_who_falls_silent_is_told_and_was_there_until_they_were_last_heard(scene: Scene) -> None:
    async with scene.client() as ben:
        await ben.hello(await scene.seat("Ben"))
        await ben.say({"type": "beat"})
        heard_at = utc_now()
        code, heard = await ben.end()
        assert (code, heard[-1]) == (4015, {"type": "error", "reason": "silent"})
        assert utc_now() - heard_at > FAST.silence_timeout
        [stay] = (await recorded(scene, "Ben", gone)).stays
        assert stay.left_at
        assert abs(stay.left_at - heard_at) < A_MOMENT


async def test_heartbeats_feed_the_record(scene: Scene) -> None:
    async with Faithful(scene.url) as ben:
        await ben.hello(await scene.seat("Ben"))
        await ben.listen(1.5)
        [stay] = (await scene.record())["Ben"].stays
        assert utc_now() - stay.last_seen_at < A_MOMENT


async def test_who_does_not_say_hello_in_time_is_sent_away(scene: Scene) -> None:
    async with scene.client() as ben:
        assert await ben.end() == (4001, [{"type": "error", "reason": "bad-hello", "detail": "no hello in time"}])


async def test_a_second_connection_takes_the_seat_over(scene: Scene) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as olga, scene.client() as ben, scene.client() as again:
        await olga.hello(await scene.host())
        await ben.hello(seat, instance="page-1")
        welcome = await again.hello(seat, instance="page-2")
        assert len(welcome["people"]) == 2
        code, heard = await ben.end()
        assert (code, heard[-1]) == (4010, {"type": "error", "reason": "seat-taken"})
        assert (await olga.hear("back"))["person"]["instance"] == "page-2"
        await again.say({"type": "hand", "raised": True})
        assert (await olga.hear("hand"))["who"] == welcome["you"]
        assert len((await scene.record())["Ben"].stays) == 1


async def test_a_client_that_names_no_instance_is_another_one_each_time(scene: Scene) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as one, scene.client() as other:
        [first] = (await one.hello(seat))["people"]
        [second] = (await other.hello(seat, instance=None))["people"]
        assert first["instance"]
        assert second["instance"]
        assert first["instance"] != second["instance"]


async def test_two_connections_at_the_same_moment_share_nothing(scene: Scene) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as one, scene.client() as other:
        await asyncio.gather(one.hello(seat), other.hello(seat))
        assert {(await one.end())[0], (await other.end())[0]} == {4010, 4015}
        assert len((await recorded(scene, "Ben", gone)).stays) == 1


async def test_a_client_that_goes_while_its_arrival_is_written_leaves_no_ghost(scene: Scene) -> None:
    seats = [await scene.seat(f"Guest {number}") for number in range(5)]
    for seat in seats:
        async with scene.client() as guest:
            await guest.say({"type": "hello", "version": 1, "seat": seat})
            cut(guest)
    await asyncio.sleep(2)
    assert not any(attendee.present for attendee in (await scene.record()).values())


async def test_the_seventh_publisher_is_refused_at_the_socket(scene: Scene) -> None:
    seats = [await scene.seat(f"Guest {number}") for number in range(7)]
    clients = [scene.client() for _ in seats]
    for client, seat in zip(clients[:6], seats[:6], strict=True):
        await client.__aenter__()
        await client.hello(seat)
    async with clients[6] as seventh:
        await seventh.say({"type": "hello", "version": 1, "seat": seats[6]})
        assert await seventh.end() == (4013, [{"type": "error", "reason": "full", "limit": 6}])
    for client in clients[:6]:
        await client.socket.close()
