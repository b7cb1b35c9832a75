"""What a room wants on the record, when somebody in it may no longer do what it let them do."""

import pytest

from parley.ground.clock import utc_now
from parley.ground.db import Connection, Store
from parley.ground.faults import Forbidden
from parley.live.effects import Record, RecordArrival, RecordEnd, RecordRemoval
from parley.live.reasons import Reason, Refused
from parley.live.seat import Seat
from parley.live.write_records import seat_of_token, write_records
from parley.people import Caller, Role, UserChange, change_user, find_user
from parley.sessions import RoomRole, State, session_of_room
from tests.cast import Cast
from tests.live.serving import Scene
from tests.sessions.stage import open_at


@pytest.fixture
async def scene(store: Store, cast: Cast) -> Scene:
    return Scene(store, cast, await store.write(open_at, host=cast.olga, now=utc_now()), 0)


async def seated(scene: Scene, who: Caller | str, role: RoomRole) -> Seat:
    return await scene.store.read(seat_of_token, await scene.seat(who, role))


async def demote(scene: Scene, who: Caller) -> None:
    """Make somebody a member, whose room has not heard of it yet."""

    def change(db: Connection) -> None:
        user = find_user(db, who.person or 0, by=scene.cast.ada)
        wanted = UserChange(role=Role.MEMBER)
        change_user(db, user.id, wanted, version=user.version, by=scene.cast.ada, now=utc_now())

    await scene.store.write(change)


async def written(scene: Scene, *records: Record) -> list[object]:
    return list(await scene.store.write(write_records, records, node="a", now=utc_now()))


async def test_who_may_hold_no_meetings_any_more_removes_nobody_and_ends_nothing(scene: Scene) -> None:
    olga, ben = await seated(scene, scene.cast.olga, RoomRole.HOST), await seated(scene, "Ben", RoomRole.ATTENDEE)
    await demote(scene, scene.cast.olga)
    outcomes = await written(
        scene,
        RecordRemoval(participant=ben.participant, by=olga.participant, person=olga.person),
        RecordEnd(by=olga.participant, person=olga.person),
    )
    assert [type(outcome) for outcome in outcomes] == [Forbidden, Forbidden]
    assert (await scene.record())["Ben"].participant.removed_at is None
    assert (await scene.store.read(session_of_room, scene.session.id)).state is State.LIVE


async def test_who_loses_the_lead_while_they_come_says_hello_again(scene: Scene) -> None:
    olga = await seated(scene, scene.cast.olga, RoomRole.HOST)
    await demote(scene, scene.cast.olga)
    [outcome] = await written(scene, RecordArrival(seat=olga.id, participant=olga.participant, role=olga.role))
    assert isinstance(outcome, Refused)
    assert outcome.error.reason is Reason.UNAVAILABLE
    assert not (await scene.record())["Olga"].came
