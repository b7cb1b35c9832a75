"""A meeting over real sockets: coming, speaking, signals, leaving, and what the record says afterwards."""

import json
from datetime import timedelta

from parley.ground.clock import utc_now
from parley.sessions import Departure, RoomRole, messages_of
from tests.live.serving import Scene


async def test_two_people_meet_and_the_record_knows(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as ben:
        welcome = await olga.hello(await scene.host(), media={"microphone": True})
        assert (welcome["room"]["title"], welcome["room"]["host"]) == ("Weekly", "Olga")
        assert welcome["people"][0]["media"] == {"microphone": True, "camera": False, "screen": False}
        me = await ben.hello(await scene.seat("Ben"))
        joined = await olga.hear("joined")
        assert (joined["person"]["name"], joined["person"]["user"]) == ("Ben", False)

        await ben.say({"type": "say", "text": "Hello, Olga!", "key": "k1"})
        said = await olga.hear("said")
        assert said["message"]["text"] == "Hello, Olga!"
        assert said["message"]["who"] == me["you"]
        page = await scene.store.read(messages_of, scene.session.id, by=scene.cast.olga)
        assert [(str(message.id), message.text) for message in page.items] == [(said["message"]["id"], "Hello, Olga!")]

        await ben.say({"type": "leave"})
        assert (await olga.hear("left"))["reason"] == "left"
        assert (await ben.end())[0] == 1000
    await until_closed(scene, "Ben")
    [stay] = (await scene.record())["Ben"].stays
    assert stay.ended_by is Departure.LEFT
    assert stay.left_at
    assert timedelta() <= utc_now() - stay.left_at < timedelta(seconds=2)


async def until_closed(scene: Scene, name: str) -> None:
    """Wait until somebody's stay is over."""
    while (await scene.record())[name].present:
        pass


async def test_what_is_said_to_one_alone_is_heard_and_read_by_nobody_else(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as ben, scene.client() as cleo:
        host = await olga.hello(await scene.host())
        await ben.hello(await scene.seat("Ben"))
        await cleo.hello(await scene.seat("Cleo"))
        await ben.say({"type": "say", "text": "Between us", "key": "k1", "to": host["you"]})
        said = await olga.hear("said")
        assert (said["message"]["text"], said["message"]["to"], "id" in said) == ("Between us", host["you"], False)
        await ben.say({"type": "say", "text": "For all", "key": "k2"})
        assert (await cleo.hear("said"))["message"]["text"] == "For all"
    async with scene.client() as late:
        welcome = await late.hello(await scene.seat("Dan"))
        assert [message["text"] for message in welcome["messages"]] == ["For all"]
    texts = {
        reader.name: [
            message.text for message in (await scene.store.read(messages_of, scene.session.id, by=reader)).items
        ]
        for reader in (scene.cast.olga, scene.cast.ada)
    }
    assert texts == {scene.cast.olga.name: ["Between us", "For all"], scene.cast.ada.name: ["For all"]}


async def test_everything_of_one_moment_arrives_in_one_frame(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as ben:
        await olga.hello(await scene.host())
        await ben.hello(await scene.seat("Ben"))
        await olga.hear("joined")
        await ben.say(
            {"type": "hand", "raised": True},
            {"type": "media", "microphone": True, "camera": True, "screen": False},
            {"type": "hand", "raised": False},
        )
        frame = await olga.socket.recv()
        assert [event["type"] for event in json.loads(frame)] == ["hand", "media", "hand"]


async def test_a_signal_goes_from_one_to_one(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as ben:
        host = await olga.hello(await scene.host())
        me = await ben.hello(await scene.seat("Ben"), instance="page-b")
        data = {"description": {"type": "offer", "sdp": "v=0\r\n…" * 100}}
        await ben.say({"type": "signal", "to": host["you"], "data": data})
        heard = await olga.hear("signal")
        assert heard == {"type": "signal", "from": me["you"], "instance": "page-b", "data": data}


async def test_who_comes_later_reads_what_was_said_before(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as ben:
        await olga.hello(await scene.host())
        await olga.say(*({"type": "say", "text": f"Item {number}", "key": f"k{number}"} for number in range(3)))
        for _ in range(3):
            await olga.hear("said")
        welcome = await ben.hello(await scene.seat("Ben"))
        assert [message["text"] for message in welcome["messages"]] == ["Item 0", "Item 1", "Item 2"]


async def test_saying_the_same_again_is_saying_it_once(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as ben:
        await olga.hello(await scene.host())
        await ben.hello(await scene.seat("Ben"))
        for _ in range(2):
            await ben.say({"type": "say", "text": "Once", "key": "k1"})
        first, second = await ben.hear("said"), await ben.hear("said")
        assert first["message"] == second["message"]
        assert "id" in first
        assert "id" not in second
    page = await scene.store.read(messages_of, scene.session.id, by=scene.cast.olga)
    assert len(page.items) == 1


async def test_the_host_ends_for_all(scene: Scene) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as olga, scene.client() as ben, scene.client() as late:
        welcome = await olga.hello(await scene.host())
        await ben.hello(seat)
        await olga.say({"type": "end"})
        code, heard = await ben.end()
        assert (code, heard[-1]["type"], heard[-1]["by"]) == (4011, "ended", welcome["you"])
        await late.say({"type": "hello", "version": 1, "seat": seat})
        assert await late.end() == (4011, [{"type": "error", "reason": "ended"}])
    record = await scene.record()
    assert {name: one.stays[0].ended_by for name, one in record.items() if one.stays} == {
        "Olga": Departure.ENDED,
        "Ben": Departure.ENDED,
    }


async def test_a_removed_person_is_out_and_their_seat_is_dead(scene: Scene) -> None:
    seat = await scene.seat("Ben")
    async with scene.client() as otto, scene.client() as ben, scene.client() as again:
        await otto.hello(await scene.seat(scene.cast.otto, RoomRole.COHOST))
        me = await ben.hello(seat)
        await otto.say({"type": "remove", "who": me["you"]})
        code, heard = await ben.end()
        assert (code, heard[-1]["type"]) == (4012, "removed")
        assert (await otto.hear("left"))["reason"] == "removed"
        await again.say({"type": "hello", "version": 1, "seat": seat})
        assert await again.end() == (4004, [{"type": "error", "reason": "seat-unknown"}])
    assert (await scene.record())["Ben"].stays[0].ended_by is Departure.REMOVED
