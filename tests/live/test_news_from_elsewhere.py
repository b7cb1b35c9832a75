"""What becomes true outside of the room reaches it: by the API, by the command line, by another process."""

from parley.ground.clock import utc_now
from parley.ground.db import open_store
from parley.live import change_seat_roles, revoke_seats
from parley.people import suspend_user
from parley.sessions import Departure, Ending, RoomRole, close_session
from tests.live.serving import Scene, recorded


async def test_a_session_ended_elsewhere_closes_the_room(scene: Scene) -> None:
    async with scene.client() as olga, scene.client() as ben:
        welcome = await olga.hello(await scene.host())
        await ben.hello(await scene.seat("Ben"))
        by = scene.cast.olga.person
        await scene.store.write(close_session, scene.session.id, by=by, how=Ending.HOST, now=utc_now())
        code, heard = await ben.end()
        assert (code, heard[-1]["type"], heard[-1]["by"]) == (4011, "ended", welcome["you"])


async def test_a_session_ended_by_another_process_closes_the_room(scene: Scene, database_url: str) -> None:
    async with scene.client() as ben, open_store(database_url) as other:
        await ben.hello(await scene.seat("Ben"))
        await other.write(close_session, scene.session.id, by=None, how=Ending.HOST, now=utc_now())
        code, heard = await ben.end()
        assert (code, heard[-1]["type"], heard[-1]["by"]) == (4011, "ended", None)


async def test_who_is_away_when_the_session_ends_elsewhere_was_there_until_they_were_lost(
    scene: Scene, database_url: str
) -> None:
    async with scene.client() as olga, scene.client() as ben, open_store(database_url) as other:
        await olga.hello(await scene.host())
        await ben.hello(await scene.seat("Ben"))
        ben.socket.transport.abort()
        await olga.hear("away")
        await recorded(scene, "Ben", lambda one: one.stays[0].away_since is not None)
        lost = (await scene.record())["Ben"].stays[0].away_since
        await other.write(close_session, scene.session.id, by=None, how=Ending.HOST, now=utc_now())
        await olga.end()
    [stay] = (await scene.record())["Ben"].stays
    assert (stay.left_at, stay.ended_by) == (lost, Departure.LOST)
    [stay] = (await scene.record())["Olga"].stays
    assert stay.ended_by is Departure.ENDED


async def test_a_suspended_user_is_out_of_the_room_at_once(scene: Scene, database_url: str) -> None:
    assert scene.cast.mia.person
    seat = await scene.seat(scene.cast.mia)
    async with (
        scene.client() as olga,
        scene.client() as mia,
        scene.client() as again,
        open_store(database_url) as other,
    ):
        await olga.hello(await scene.host())
        await mia.hello(seat)
        await other.write(suspend_user, scene.cast.mia.person, by=scene.cast.ada, now=utc_now())
        assert await mia.end() == (4014, [{"type": "error", "reason": "suspended"}])
        assert (await olga.hear("left"))["reason"] == "removed"
        await again.say({"type": "hello", "version": 1, "seat": seat})
        assert await again.end() == (4014, [{"type": "error", "reason": "suspended"}])
    [stay] = (await recorded(scene, "Mia", lambda one: not one.present)).stays
    assert stay.ended_by is Departure.LOST


async def test_a_seat_revoked_elsewhere_is_out_at_once(scene: Scene, database_url: str) -> None:
    async with scene.client() as ben, open_store(database_url) as other:
        me = await ben.hello(await scene.seat("Ben"))
        await other.write(revoke_seats, int(me["you"]), by=None, now=utc_now())
        code, heard = await ben.end()
        assert (code, heard[-1]) == (4012, {"type": "removed", "by": None})
    [stay] = (await scene.record())["Ben"].stays
    assert stay.ended_by is Departure.REMOVED


async def test_another_role_counts_at_once(scene: Scene, database_url: str) -> None:
    otto_seat = await scene.seat(scene.cast.otto, RoomRole.COHOST)
    async with scene.client() as otto, open_store(database_url) as other:
        me = await otto.hello(otto_seat)
        await other.write(change_seat_roles, int(me["you"]), role="attendee", by=None, now=utc_now())
        heard = await otto.hear("role")
        assert (heard["who"], heard["role"]) == (me["you"], "attendee")
        await otto.say({"type": "end"})
        assert (await otto.hear("error"))["reason"] == "not-allowed"
    async with scene.client() as again:
        welcome = await again.hello(otto_seat)
        assert [person["role"] for person in welcome["people"]] == ["attendee"]
