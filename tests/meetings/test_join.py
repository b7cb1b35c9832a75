"""The door: who comes in, with what, and who does not."""

import asyncio
from importlib import import_module
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, text

from parley import meetings
from parley.access import Desk
from parley.ground.faults import Forbidden, Invalid, NotFound, OverLimit
from parley.live import Issued
from parley.live.keep import seat_of_token
from parley.meetings import Cancelled, NotLive, Stage
from parley.people import RIGHTS, Caller, Role
from parley.sessions import Departure, RoomRole, arrive, depart, participants_of
from parley.web.live.pages import _start
from tests.doors import Doors, wrong_fields
from tests.meetings.office import PLAN

PASSWORD = "open sesame"


class Door:
    """A live meeting of Olga's with Otto as co-organizer."""

    def __init__(self, doors: Doors, host: httpx.AsyncClient) -> None:
        self.doors, self.host = doors, host
        self.desk: Desk = doors.app.state.desk
        self.meeting: dict[str, Any] = {}

    async def plan(self, **different: Any) -> None:  # noqa: ANN401 (a field of any type)
        plan = PLAN | {"co_organizers": [str(self.doors.cast.otto.person)]} | different
        self.meeting = (await self.host.post("/api/v1/meetings", json=plan)).json()

    async def act(self, act: str) -> dict[str, Any]:
        answer = await self.host.post(f"/api/v1/meetings/{self.meeting['id']}/{act}")
        done: dict[str, Any] = answer.json()
        return done

    async def join(
        self,
        by: Caller | None = None,
        *,
        name: str = "",
        password: str | None = None,
        address: str = "192.0.2.1",
    ) -> Issued:
        return await meetings.join(
            self.desk, self.meeting["number"], by=by, name=name, password=password, address=address
        )

    async def look(self, by: Caller | None = None) -> meetings.Door:
        return await meetings.look(self.desk, self.meeting["number"], by=by, address="192.0.2.1")


@pytest.fixture
async def door(doors: Doors) -> Door:
    return Door(doors, await doors.api(doors.cast.olga))


async def test_everybody_is_seated_as_who_they_are(door: Door) -> None:
    cast = door.doors.cast
    await door.plan()
    session = await door.act("start")
    seats = [
        (await door.join(by, name="Somebody")).seat for by in (cast.olga, cast.otto, cast.mia, cast.ada, cast.zoe, None)
    ]
    assert [(seat.name, seat.role, seat.user) for seat in seats] == [
        ("Olga", RoomRole.HOST, cast.olga.person),
        ("Otto", RoomRole.COHOST, cast.otto.person),
        ("Mia", RoomRole.ATTENDEE, cast.mia.person),
        ("Ada", RoomRole.ATTENDEE, cast.ada.person),
        ("Somebody", RoomRole.ATTENDEE, None),
        ("Somebody", RoomRole.ATTENDEE, None),
    ]
    assert {str(seat.session) for seat in seats} == {session["id"]}


async def test_two_devices_are_one_participant_with_two_seats(door: Door) -> None:
    await door.plan()
    await door.act("start")
    first, second = await door.join(door.doors.cast.mia), await door.join(door.doors.cast.mia)
    assert first.seat.participant == second.seat.participant
    assert first.token != second.token


async def test_a_guest_says_who_they_are(door: Door) -> None:
    await door.plan()
    await door.act("start")
    for name in ("", "  ", "x" * 81, "a\0b", "a\nb"):
        with pytest.raises(Invalid, match="name"):
            await door.join(name=name)
    assert (await door.join(name=" Gus ")).seat.name == "Gus"


async def test_a_password_is_asked_of_everybody_but_hosts(door: Door) -> None:
    cast = door.doors.cast
    await door.plan(password=PASSWORD)
    await door.act("start")
    for by in (cast.mia, cast.ada, None):
        assert (await door.look(by)).asks_password
        for wrong in (None, "", "open says me", PASSWORD.upper()):
            with pytest.raises(Invalid, match="password"):
                await door.join(by, name="Gus", password=wrong)
        await door.join(by, name="Gus", password=PASSWORD)
    for by in (cast.olga, cast.otto):
        assert not (await door.look(by)).asks_password
        await door.join(by)


async def test_a_password_that_was_changed_meanwhile_opens_nothing(door: Door) -> None:
    await door.plan(password=PASSWORD)
    await door.act("start")
    store, number, now = door.doors.store, door.meeting["number"], door.doors.clock()
    with pytest.raises(Invalid, match="password"):
        await store.write(meetings.admit, number, by=None, name="Gus", proven="an older hash", now=now)


async def test_a_password_that_was_taken_away_is_not_asked(door: Door) -> None:
    await door.plan(password=PASSWORD)
    path = f"/api/v1/meetings/{door.meeting['id']}"
    await door.host.patch(path, json={"password": None}, headers={"If-Match": '"1"'})
    await door.act("start")
    await door.join(name="Gus")


async def test_there_is_a_seat_only_while_it_is_live(door: Door) -> None:
    await door.plan()
    with pytest.raises(NotLive):
        await door.join(name="Gus")
    await door.act("start")
    await door.join(name="Gus")
    await door.act("end")
    with pytest.raises(NotLive):
        await door.join(name="Gus")
    await door.host.delete(f"/api/v1/meetings/{door.meeting['id']}")
    with pytest.raises(Cancelled):
        await door.join(name="Gus")
    assert (await door.look()).stage is Stage.CANCELLED


async def test_who_was_removed_does_not_come_back_into_this_session(door: Door) -> None:
    mia = door.doors.cast.mia
    await door.plan()
    await door.act("start")
    seat = (await door.join(mia)).seat
    await door.doors.store.write(depart, seat.participant, at=door.doors.clock(), how=Departure.REMOVED)
    with pytest.raises(Forbidden):
        await door.join(mia)
    await door.act("end")
    await door.act("start")
    await door.join(mia)


async def test_a_full_room_says_so_and_records_nobody(door: Door) -> None:
    await door.plan()
    session = await door.act("start")
    store, olga = door.doors.store, door.doors.cast.olga
    for number in range(door.desk.settings.publishers):
        seat = (await door.join(name=f"Guest {number}")).seat
        await store.write(arrive, seat.participant, node="a", now=door.doors.clock())
    with pytest.raises(OverLimit, match="full"):
        await door.join(name="One too many")
    everybody = await store.read(participants_of, int(session["id"]), by=olga)
    assert "One too many" not in {one.name for one in everybody}


async def test_the_door_shows_what_guests_need(door: Door) -> None:
    await door.plan(password=PASSWORD)
    seen = await door.look()
    assert (seen.title, seen.organizer_name, seen.stage) == ("Weekly", "Olga", Stage.PLANNED)
    assert (seen.asks_name, seen.asks_password, seen.role) == (True, True, RoomRole.ATTENDEE)
    assert (await door.look(door.doors.cast.otto)).role is RoomRole.COHOST
    assert (await door.look(door.doors.cast.zoe)).asks_name


@pytest.mark.parametrize(
    "number", ["", "1", "000000000", "12345678", "1234567890", "abcdefghi", "x" * 500, "\uff11" * 9]
)
async def test_a_number_of_no_meeting_opens_nothing(door: Door, number: str) -> None:
    door.meeting = {"number": number}
    with pytest.raises(NotFound):
        await door.look()
    with pytest.raises(NotFound):
        await door.join(name="Gus")


async def test_a_number_may_be_written_in_groups(door: Door) -> None:
    await door.plan()
    await door.act("start")
    number = door.meeting["number"]
    door.meeting["number"] = f" {number[:3]} {number[3:6]}-{number[6:]} "
    await door.join(name="Gus")


async def test_who_tries_out_numbers_is_slowed_down(door: Door) -> None:
    await door.plan()
    await door.act("start")
    number = door.meeting["number"]
    door.meeting["number"] = "100000000"
    for _ in range(30):
        with pytest.raises(NotFound):
            await door.look()
    door.meeting["number"] = number
    with pytest.raises(OverLimit):
        await door.look()
    with pytest.raises(OverLimit):
        await door.join(name="Gus")
    door.doors.clock.advance(minutes=16)
    await door.join(name="Gus")


async def test_who_tries_out_passwords_is_slowed_down(door: Door) -> None:
    await door.plan(password=PASSWORD)
    await door.act("start")
    for attempt in range(30):
        with pytest.raises(Invalid):
            await door.join(name="Gus", password=f"wrong {attempt}")
    with pytest.raises(OverLimit):
        await door.join(name="Gus", password=PASSWORD)


@pytest.fixture
def few_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a meeting take 4 wrong passwords in ten minutes, then 2 a minute."""
    monkeypatch.setattr(import_module("parley.meetings.join"), "_AT_ONE_DOOR", 4)
    monkeypatch.setattr(import_module("parley.meetings.join"), "_SLOWLY", 2)


async def test_who_tries_out_passwords_from_many_addresses_is_slowed_down(door: Door, few_guesses: None) -> None:
    cast, clock = door.doors.cast, door.doors.clock
    await door.plan(password=PASSWORD)
    await door.act("start")
    for attempt in range(6):
        with pytest.raises(Invalid):
            await door.join(name="Bot", password=f"wrong {attempt}", address=f"192.0.2.{attempt}")
    for password in ("wrong", PASSWORD):
        with pytest.raises(OverLimit) as refusal:
            await door.join(name="Gus", password=password, address="198.51.100.7")
        assert refusal.value.retry_after == 60
    await door.join(cast.mia, password=PASSWORD)
    await door.join(cast.olga)
    clock.advance(minutes=1)
    await door.join(name="Gus", password=PASSWORD, address="198.51.100.7")
    for attempt in range(2):
        with pytest.raises(Invalid):
            await door.join(name="Bot", password="wrong", address=f"192.0.2.{attempt}")
    with pytest.raises(OverLimit):
        await door.join(name="Bot", password="wrong", address="192.0.2.9")
    clock.advance(minutes=10)
    with pytest.raises(Invalid):
        await door.join(name="Bot", password="wrong", address="192.0.2.9")


async def test_many_guesses_at_once_from_many_addresses_are_not_more(door: Door, few_guesses: None) -> None:
    await door.plan(password=PASSWORD)
    await door.act("start")
    guesses = [
        door.join(name="Bot", password=f"wrong {attempt}", address=f"192.0.2.{attempt}") for attempt in range(20)
    ]
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    kinds = [type(outcome) for outcome in outcomes]
    assert (kinds.count(Invalid), kinds.count(OverLimit)) == (6, 14)


async def test_guests_with_the_right_password_may_be_many(door: Door, few_guesses: None) -> None:
    await door.plan(password=PASSWORD)
    await door.act("start")
    guests = [door.join(name="Gus", password=PASSWORD, address=f"192.0.2.{guest}") for guest in range(20)]
    assert len(await asyncio.gather(*guests)) == 20


async def test_looking_writes_nothing_down(door: Door) -> None:
    """Everybody behind one address would otherwise wait for the others, who write in the same line."""

    def counts(db: Connection) -> int:
        return int(db.execute(text("SELECT count(*) FROM guesses")).scalar_one())

    await door.plan()
    await door.act("start")
    await door.look()
    await door.join(door.doors.cast.mia)
    assert await door.doors.store.read(counts) == 0


async def test_coming_in_uses_up_no_attempts(door: Door) -> None:
    await door.plan(password=PASSWORD)
    await door.act("start")
    for _ in range(35):
        await door.look()
        await door.join(door.doors.cast.mia, password=PASSWORD)


async def test_one_address_does_not_fill_the_record_with_guests(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("parley.meetings.join"), "_GUESTS", 3)
    await door.plan()
    session = await door.act("start")
    for _ in range(3):
        await door.join(name="Gus")
    with pytest.raises(OverLimit):
        await door.join(name="Gus")
    await door.join(door.doors.cast.mia)
    everybody = await door.doors.store.read(participants_of, int(session["id"]), by=door.doors.cast.olga)
    assert sum(one.name == "Gus" for one in everybody) == 3
    await door.act("end")
    await door.act("start")
    await door.join(name="Gus")


async def test_other_peoples_clients_join_over_the_api(door: Door) -> None:
    await door.plan(password=PASSWORD)
    await door.act("start")
    stranger = door.doors.client()
    knock = {"number": door.meeting["number"], "name": "Gus"}
    refused = await stranger.post("/api/v1/join", json=knock)
    assert (refused.status_code, set(wrong_fields(refused))) == (422, {"password"})
    seated = await stranger.post("/api/v1/join", json=knock | {"password": PASSWORD})
    assert seated.status_code == 201
    assert seated.json()["seat"].startswith("seat_")
    assert seated.json()["socket"].startswith("ws")
    assert seated.json()["socket"].endswith("/live/v1")
    assert (await stranger.post("/api/v1/join", json=knock | {"number": "100000000"})).status_code == 404


async def test_a_token_joins_as_its_user(door: Door) -> None:
    await door.plan(password=PASSWORD)
    session = await door.act("start")
    assert (await door.host.post("/api/v1/join", json={"number": door.meeting["number"]})).status_code == 201
    everybody = await door.doors.store.read(participants_of, int(session["id"]), by=door.doors.cast.olga)
    assert [(one.name, one.admitted_at is not None) for one in everybody] == [("Olga", True), ("Otto", False)]


async def test_a_token_leads_only_with_the_right_to_hold_meetings(door: Door) -> None:
    await door.plan(password=PASSWORD)
    await door.act("start")
    knock = {"number": door.meeting["number"], "name": "Olga"}
    figures = await door.doors.api(door.doors.cast.ada, scopes=frozenset({"metrics:read"}))
    assert (await figures.post("/api/v1/join", json=knock)).status_code == 403
    reader = await door.doors.api(door.doors.cast.olga, scopes=frozenset({"meetings:read"}))
    assert set(wrong_fields(await reader.post("/api/v1/join", json=knock))) == {"password"}
    by = door.doors.cast.olga.restricted_to(frozenset({"meetings:read"}))
    assert (await door.join(by, password=PASSWORD)).seat.role is RoomRole.ATTENDEE
    assert (await door.look(by)).role is RoomRole.ATTENDEE
    assert (await door.join(door.doors.cast.olga)).seat.role is RoomRole.HOST


async def test_an_organizer_who_may_hold_no_meetings_any_more_leads_none(door: Door) -> None:
    await door.plan()
    await door.act("start")
    olga = door.doors.cast.olga
    demoted = replace(olga, role=Role.MEMBER, scopes=RIGHTS[Role.MEMBER])
    assert (await door.join(demoted)).seat.role is RoomRole.ATTENDEE


async def test_who_is_no_co_organizer_any_more_leads_no_more(door: Door) -> None:
    otto = door.doors.cast.otto
    await door.plan()
    session = int((await door.act("start"))["id"])
    token = (await door.join(otto)).token
    changed = await door.host.patch(
        f"/api/v1/meetings/{door.meeting['id']}", json={"co_organizers": []}, headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 200
    assert (await door.desk.store.read(seat_of_token, token)).role == "attendee"
    everybody = await door.desk.store.read(participants_of, session, by=door.doors.cast.olga)
    assert {one.person: one.role for one in everybody}[otto.person] is RoomRole.ATTENDEE
    assert not (await door.desk.store.read(seat_of_token, (await door.join(otto)).token)).leads


async def test_a_host_who_is_slower_to_start_comes_in_all_the_same(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    await door.plan()
    await door.act("start")
    before = await door.look(door.doors.cast.otto)

    async def earlier(*_: object, **__: object) -> meetings.Door:
        return replace(before, stage=Stage.PLANNED)

    monkeypatch.setattr(meetings, "look", earlier)
    await _start(door.desk, door.meeting["number"], by=door.doors.cast.otto, address="192.0.2.1")
