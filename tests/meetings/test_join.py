"""The door: who comes in, with what, and who does not."""

import pytest
from msgspec.structs import replace

from parley import meetings
from parley.ground.faults import Forbidden, Invalid, NotFound, OverLimit
from parley.live.write_records import seat_of_token
from parley.meetings import Cancelled, NotLive, Stage
from parley.people import RIGHTS, Role
from parley.sessions import Departure, RoomRole, arrive, depart, participants_of
from parley.web.live.door import Door
from parley.web.live.pages import _start
from tests.doors import field_errors
from tests.meetings.joining import PASSWORD, Joining


async def test_everybody_is_seated_as_who_they_are(joining: Joining) -> None:
    cast = joining.doors.cast
    await joining.plan()
    session = await joining.act("start")
    seats = [
        (await joining.join(by, name="Somebody")).seat
        for by in (cast.olga, cast.otto, cast.mia, cast.ada, cast.zoe, None)
    ]
    assert [(seat.name, seat.role, seat.person) for seat in seats] == [
        ("Olga", RoomRole.HOST, cast.olga.person),
        ("Otto", RoomRole.COHOST, cast.otto.person),
        ("Mia", RoomRole.ATTENDEE, cast.mia.person),
        ("Ada", RoomRole.ATTENDEE, cast.ada.person),
        ("Somebody", RoomRole.ATTENDEE, None),
        ("Somebody", RoomRole.ATTENDEE, None),
    ]
    assert {str(seat.session) for seat in seats} == {session["id"]}


async def test_two_devices_are_one_participant_with_two_seats(joining: Joining) -> None:
    await joining.plan()
    await joining.act("start")
    first, second = await joining.join(joining.doors.cast.mia), await joining.join(joining.doors.cast.mia)
    assert first.seat.participant == second.seat.participant
    assert first.token != second.token


async def test_a_guest_says_who_they_are(joining: Joining) -> None:
    await joining.plan()
    await joining.act("start")
    for name in ("", "  ", "x" * 81, "a\0b", "a\nb"):
        with pytest.raises(Invalid, match="name"):
            await joining.join(name=name)
    assert (await joining.join(name=" Gus ")).seat.name == "Gus"


async def test_a_password_is_asked_of_everybody_but_hosts(joining: Joining) -> None:
    cast = joining.doors.cast
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    for by in (cast.mia, cast.ada, None):
        assert (await joining.look_up(by)).asks_password
        for wrong in (None, "", "open says me", PASSWORD.upper()):
            with pytest.raises(Invalid, match="password"):
                await joining.join(by, name="Gus", password=wrong)
        await joining.join(by, name="Gus", password=PASSWORD)
    for by in (cast.olga, cast.otto):
        assert not (await joining.look_up(by)).asks_password
        await joining.join(by)


async def test_a_password_that_was_changed_meanwhile_opens_nothing(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    store, number, now = joining.doors.store, joining.meeting["number"], joining.doors.clock()
    with pytest.raises(Invalid, match="password"):
        await store.write(meetings.admit, number, by=None, name="Gus", proven="an older hash", now=now)


async def test_a_password_that_was_taken_away_is_not_asked(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    path = f"/api/v1/meetings/{joining.meeting['id']}"
    await joining.host.patch(path, json={"password": None}, headers={"If-Match": '"1"'})
    await joining.act("start")
    await joining.join(name="Gus")


async def test_there_is_a_seat_only_while_it_is_live(joining: Joining) -> None:
    await joining.plan()
    with pytest.raises(NotLive):
        await joining.join(name="Gus")
    await joining.act("start")
    await joining.join(name="Gus")
    await joining.act("end")
    with pytest.raises(NotLive):
        await joining.join(name="Gus")
    await joining.host.delete(f"/api/v1/meetings/{joining.meeting['id']}")
    with pytest.raises(Cancelled):
        await joining.join(name="Gus")
    assert (await joining.look_up()).stage is Stage.CANCELLED


async def test_who_was_removed_does_not_come_back_into_this_session(joining: Joining) -> None:
    mia = joining.doors.cast.mia
    await joining.plan()
    await joining.act("start")
    seat = (await joining.join(mia)).seat
    await joining.doors.store.write(depart, seat.participant, at=joining.doors.clock(), how=Departure.REMOVED)
    with pytest.raises(Forbidden):
        await joining.join(mia)
    await joining.act("end")
    await joining.act("start")
    await joining.join(mia)


async def test_a_full_room_says_so_and_records_nobody(joining: Joining) -> None:
    await joining.plan()
    session = await joining.act("start")
    store, olga = joining.doors.store, joining.doors.cast.olga
    for number in range(joining.context.settings.publishers):
        seat = (await joining.join(name=f"Guest {number}")).seat
        await store.write(arrive, seat.participant, node="a", now=joining.doors.clock())
    with pytest.raises(OverLimit, match="full"):
        await joining.join(name="One too many")
    everybody = await store.read(participants_of, int(session["id"]), by=olga)
    assert "One too many" not in {one.name for one in everybody}


async def test_the_door_shows_what_guests_need(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    seen = await joining.look_up()
    assert (seen.title, seen.organizer_name, seen.stage) == ("Weekly", "Olga", Stage.PLANNED)
    assert (seen.asks_name, seen.asks_password, seen.role) == (True, True, RoomRole.ATTENDEE)
    assert (await joining.look_up(joining.doors.cast.otto)).role is RoomRole.COHOST
    assert (await joining.look_up(joining.doors.cast.zoe)).asks_name


@pytest.mark.parametrize(
    "number", ["", "1", "000000000", "12345678", "1234567890", "abcdefghi", "x" * 500, "\uff11" * 9]
)
async def test_a_number_of_no_meeting_opens_nothing(joining: Joining, number: str) -> None:
    joining.meeting = {"number": number}
    with pytest.raises(NotFound):
        await joining.look_up()
    with pytest.raises(NotFound):
        await joining.join(name="Gus")


async def test_a_number_may_be_written_in_groups(joining: Joining) -> None:
    await joining.plan()
    await joining.act("start")
    number = joining.meeting["number"]
    joining.meeting["number"] = f" {number[:3]} {number[3:6]}-{number[6:]} "
    await joining.join(name="Gus")


async def test_other_peoples_clients_join_over_the_api(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    stranger = joining.doors.client()
    asked = {"number": joining.meeting["number"], "name": "Gus"}
    refused = await stranger.post("/api/v1/join", json=asked)
    assert (refused.status_code, set(field_errors(refused))) == (422, {"password"})
    seated = await stranger.post("/api/v1/join", json=asked | {"password": PASSWORD})
    assert seated.status_code == 201
    assert seated.json()["seat"].startswith("seat_")
    assert seated.json()["socket"].startswith("ws")
    assert seated.json()["socket"].endswith("/live/v1")
    assert (await stranger.post("/api/v1/join", json=asked | {"number": "100000000"})).status_code == 404


async def test_a_token_joins_as_its_user(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    session = await joining.act("start")
    assert (await joining.host.post("/api/v1/join", json={"number": joining.meeting["number"]})).status_code == 201
    everybody = await joining.doors.store.read(participants_of, int(session["id"]), by=joining.doors.cast.olga)
    assert [(one.name, one.admitted_at is not None) for one in everybody] == [("Olga", True), ("Otto", False)]


async def test_a_token_leads_only_with_the_right_to_hold_meetings(joining: Joining) -> None:
    await joining.plan(password=PASSWORD)
    await joining.act("start")
    asked = {"number": joining.meeting["number"], "name": "Olga"}
    figures = await joining.doors.api(joining.doors.cast.ada, scopes=frozenset({"metrics:read"}))
    assert (await figures.post("/api/v1/join", json=asked)).status_code == 403
    reader = await joining.doors.api(joining.doors.cast.olga, scopes=frozenset({"meetings:read"}))
    assert set(field_errors(await reader.post("/api/v1/join", json=asked))) == {"password"}
    by = joining.doors.cast.olga.restricted_to(frozenset({"meetings:read"}))
    assert (await joining.join(by, password=PASSWORD)).seat.role is RoomRole.ATTENDEE
    assert (await joining.look_up(by)).role is RoomRole.ATTENDEE
    assert (await joining.join(joining.doors.cast.olga)).seat.role is RoomRole.HOST


async def test_an_organizer_who_may_hold_no_meetings_any_more_leads_none(joining: Joining) -> None:
    await joining.plan()
    await joining.act("start")
    olga = joining.doors.cast.olga
    demoted = replace(olga, role=Role.MEMBER, scopes=RIGHTS[Role.MEMBER])
    assert (await joining.join(demoted)).seat.role is RoomRole.ATTENDEE


async def test_who_is_no_co_organizer_any_more_leads_no_more(joining: Joining) -> None:
    otto = joining.doors.cast.otto
    await joining.plan()
    session = int((await joining.act("start"))["id"])
    token = (await joining.join(otto)).token
    changed = await joining.host.patch(
        f"/api/v1/meetings/{joining.meeting['id']}", json={"co_organizers": []}, headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 200
    assert (await joining.context.store.read(seat_of_token, token)).role == "attendee"
    everybody = await joining.context.store.read(participants_of, session, by=joining.doors.cast.olga)
    assert {one.person: one.role for one in everybody}[otto.person] is RoomRole.ATTENDEE
    assert not (await joining.context.store.read(seat_of_token, (await joining.join(otto)).token)).leads


async def test_a_host_who_is_slower_to_start_comes_in_all_the_same(
    joining: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    await joining.plan()
    await joining.act("start")
    before = await joining.look_up(joining.doors.cast.otto)

    async def earlier(*_: object, **__: object) -> meetings.JoinInfo:
        return replace(before, stage=Stage.PLANNED)

    monkeypatch.setattr(meetings, "look_up", earlier)
    ring = joining.doors.app.state.ring
    door = Door(number=joining.meeting["number"], key=None, address="192.0.2.1", ring=ring)
    await _start(joining.context, door, by=joining.doors.cast.otto)
