"""The door: who comes in, with what, and who does not."""

import asyncio
from importlib import import_module
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, text

from parley import meetings
from parley.access import Context
from parley.ground.faults import Forbidden, Invalid, NotFound, OverLimit
from parley.live import IssuedSeat
from parley.live.write_records import seat_of_token
from parley.meetings import Cancelled, NotLive, Stage
from parley.people import RIGHTS, Caller, Role
from parley.sessions import Departure, RoomRole, arrive, depart, participants_of
from parley.web.live.pages import _start
from tests.doors import Doors, field_errors
from tests.meetings.office import PLAN

PASSWORD = "open sesame"


class JoinInfo:
    """A live meeting of Olga's with Otto as co-organizer."""

    def __init__(self, doors: Doors, host: httpx.AsyncClient) -> None:
        self.doors, self.host = doors, host
        self.context: Context = doors.app.state.context
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
    ) -> IssuedSeat:
        return await meetings.join(
            self.context, self.meeting["number"], by=by, name=name, password=password, address=address
        )

    async def look_up(self, by: Caller | None = None) -> meetings.JoinInfo:
        return await meetings.look_up(self.context, self.meeting["number"], by=by, address="192.0.2.1")


@pytest.fixture
async def join_info(doors: Doors) -> JoinInfo:
    return JoinInfo(doors, await doors.api(doors.cast.olga))


async def test_everybody_is_seated_as_who_they_are(join_info: JoinInfo) -> None:
    cast = join_info.doors.cast
    await join_info.plan()
    session = await join_info.act("start")
    seats = [
        (await join_info.join(by, name="Somebody")).seat
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


async def test_two_devices_are_one_participant_with_two_seats(join_info: JoinInfo) -> None:
    await join_info.plan()
    await join_info.act("start")
    first, second = await join_info.join(join_info.doors.cast.mia), await join_info.join(join_info.doors.cast.mia)
    assert first.seat.participant == second.seat.participant
    assert first.token != second.token


async def test_a_guest_says_who_they_are(join_info: JoinInfo) -> None:
    await join_info.plan()
    await join_info.act("start")
    for name in ("", "  ", "x" * 81, "a\0b", "a\nb"):
        with pytest.raises(Invalid, match="name"):
            await join_info.join(name=name)
    assert (await join_info.join(name=" Gus ")).seat.name == "Gus"


async def test_a_password_is_asked_of_everybody_but_hosts(join_info: JoinInfo) -> None:
    cast = join_info.doors.cast
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    for by in (cast.mia, cast.ada, None):
        assert (await join_info.look_up(by)).asks_password
        for wrong in (None, "", "open says me", PASSWORD.upper()):
            with pytest.raises(Invalid, match="password"):
                await join_info.join(by, name="Gus", password=wrong)
        await join_info.join(by, name="Gus", password=PASSWORD)
    for by in (cast.olga, cast.otto):
        assert not (await join_info.look_up(by)).asks_password
        await join_info.join(by)


async def test_a_password_that_was_changed_meanwhile_opens_nothing(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    store, number, now = join_info.doors.store, join_info.meeting["number"], join_info.doors.clock()
    with pytest.raises(Invalid, match="password"):
        await store.write(meetings.admit, number, by=None, name="Gus", proven="an older hash", now=now)


async def test_a_password_that_was_taken_away_is_not_asked(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    path = f"/api/v1/meetings/{join_info.meeting['id']}"
    await join_info.host.patch(path, json={"password": None}, headers={"If-Match": '"1"'})
    await join_info.act("start")
    await join_info.join(name="Gus")


async def test_there_is_a_seat_only_while_it_is_live(join_info: JoinInfo) -> None:
    await join_info.plan()
    with pytest.raises(NotLive):
        await join_info.join(name="Gus")
    await join_info.act("start")
    await join_info.join(name="Gus")
    await join_info.act("end")
    with pytest.raises(NotLive):
        await join_info.join(name="Gus")
    await join_info.host.delete(f"/api/v1/meetings/{join_info.meeting['id']}")
    with pytest.raises(Cancelled):
        await join_info.join(name="Gus")
    assert (await join_info.look_up()).stage is Stage.CANCELLED


async def test_who_was_removed_does_not_come_back_into_this_session(join_info: JoinInfo) -> None:
    mia = join_info.doors.cast.mia
    await join_info.plan()
    await join_info.act("start")
    seat = (await join_info.join(mia)).seat
    await join_info.doors.store.write(depart, seat.participant, at=join_info.doors.clock(), how=Departure.REMOVED)
    with pytest.raises(Forbidden):
        await join_info.join(mia)
    await join_info.act("end")
    await join_info.act("start")
    await join_info.join(mia)


async def test_a_full_room_says_so_and_records_nobody(join_info: JoinInfo) -> None:
    await join_info.plan()
    session = await join_info.act("start")
    store, olga = join_info.doors.store, join_info.doors.cast.olga
    for number in range(join_info.context.settings.publishers):
        seat = (await join_info.join(name=f"Guest {number}")).seat
        await store.write(arrive, seat.participant, node="a", now=join_info.doors.clock())
    with pytest.raises(OverLimit, match="full"):
        await join_info.join(name="One too many")
    everybody = await store.read(participants_of, int(session["id"]), by=olga)
    assert "One too many" not in {one.name for one in everybody}


async def test_the_door_shows_what_guests_need(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    seen = await join_info.look_up()
    assert (seen.title, seen.organizer_name, seen.stage) == ("Weekly", "Olga", Stage.PLANNED)
    assert (seen.asks_name, seen.asks_password, seen.role) == (True, True, RoomRole.ATTENDEE)
    assert (await join_info.look_up(join_info.doors.cast.otto)).role is RoomRole.COHOST
    assert (await join_info.look_up(join_info.doors.cast.zoe)).asks_name


@pytest.mark.parametrize(
    "number", ["", "1", "000000000", "12345678", "1234567890", "abcdefghi", "x" * 500, "\uff11" * 9]
)
async def test_a_number_of_no_meeting_opens_nothing(join_info: JoinInfo, number: str) -> None:
    join_info.meeting = {"number": number}
    with pytest.raises(NotFound):
        await join_info.look_up()
    with pytest.raises(NotFound):
        await join_info.join(name="Gus")


async def test_a_number_may_be_written_in_groups(join_info: JoinInfo) -> None:
    await join_info.plan()
    await join_info.act("start")
    number = join_info.meeting["number"]
    join_info.meeting["number"] = f" {number[:3]} {number[3:6]}-{number[6:]} "
    await join_info.join(name="Gus")


async def test_who_tries_out_numbers_is_slowed_down(join_info: JoinInfo) -> None:
    await join_info.plan()
    await join_info.act("start")
    number = join_info.meeting["number"]
    join_info.meeting["number"] = "100000000"
    for _ in range(30):
        with pytest.raises(NotFound):
            await join_info.look_up()
    join_info.meeting["number"] = number
    with pytest.raises(OverLimit):
        await join_info.look_up()
    with pytest.raises(OverLimit):
        await join_info.join(name="Gus")
    join_info.doors.clock.advance(minutes=16)
    await join_info.join(name="Gus")


async def test_who_tries_out_passwords_is_slowed_down(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    for attempt in range(30):
        with pytest.raises(Invalid):
            await join_info.join(name="Gus", password=f"wrong {attempt}")
    with pytest.raises(OverLimit):
        await join_info.join(name="Gus", password=PASSWORD)


async def test_a_password_is_judged_before_the_meeting_starts(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    for _ in range(35):
        with pytest.raises(NotLive):
            await join_info.join(name="Gus", password=PASSWORD)
    for attempt in range(30):
        with pytest.raises(Invalid):
            await join_info.join(name="Gus", password=f"wrong {attempt}")
    with pytest.raises(OverLimit):
        await join_info.join(name="Gus", password=PASSWORD)


@pytest.fixture
def few_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a meeting take 4 wrong passwords in ten minutes, then 2 a minute."""
    monkeypatch.setattr(import_module("parley.meetings.join"), "_WRONG_AT_ONE_MEETING", 4)
    monkeypatch.setattr(import_module("parley.meetings.join"), "_SLOWLY", 2)


async def test_who_tries_out_passwords_from_many_addresses_is_slowed_down(
    join_info: JoinInfo, few_guesses: None
) -> None:
    cast, clock = join_info.doors.cast, join_info.doors.clock
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    for attempt in range(6):
        with pytest.raises(Invalid):
            await join_info.join(name="Bot", password=f"wrong {attempt}", address=f"192.0.2.{attempt}")
    for password in ("wrong", PASSWORD):
        with pytest.raises(OverLimit) as refusal:
            await join_info.join(name="Gus", password=password, address="198.51.100.7")
        assert refusal.value.retry_after == 60
    await join_info.join(cast.mia, password=PASSWORD)
    await join_info.join(cast.olga)
    clock.advance(minutes=1)
    await join_info.join(name="Gus", password=PASSWORD, address="198.51.100.7")
    for attempt in range(2):
        with pytest.raises(Invalid):
            await join_info.join(name="Bot", password="wrong", address=f"192.0.2.{attempt}")
    with pytest.raises(OverLimit):
        await join_info.join(name="Bot", password="wrong", address="192.0.2.9")
    clock.advance(minutes=10)
    with pytest.raises(Invalid):
        await join_info.join(name="Bot", password="wrong", address="192.0.2.9")


async def test_many_guesses_at_once_from_many_addresses_are_not_more(join_info: JoinInfo, few_guesses: None) -> None:
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    guesses = [
        join_info.join(name="Bot", password=f"wrong {attempt}", address=f"192.0.2.{attempt}") for attempt in range(20)
    ]
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    kinds = [type(outcome) for outcome in outcomes]
    assert (kinds.count(Invalid), kinds.count(OverLimit)) == (6, 14)


async def test_guessing_before_the_start_is_slowed_down_alike(join_info: JoinInfo, few_guesses: None) -> None:
    await join_info.plan(password=PASSWORD)
    for attempt in range(6):
        with pytest.raises(Invalid):
            await join_info.join(name="Bot", password=f"wrong {attempt}", address=f"192.0.2.{attempt}")
    for password in ("wrong", PASSWORD):
        with pytest.raises(OverLimit):
            await join_info.join(name="Gus", password=password, address="198.51.100.7")


async def test_guests_with_the_right_password_may_be_many(join_info: JoinInfo, few_guesses: None) -> None:
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    guests = [join_info.join(name="Gus", password=PASSWORD, address=f"192.0.2.{guest}") for guest in range(20)]
    assert len(await asyncio.gather(*guests)) == 20


async def test_looking_writes_nothing_down(join_info: JoinInfo) -> None:
    """Everybody behind one address would otherwise wait for the others, who write in the same line."""

    def counts(db: Connection) -> int:
        return int(db.execute(text("SELECT count(*) FROM guesses")).scalar_one())

    await join_info.plan()
    await join_info.act("start")
    await join_info.look_up()
    await join_info.join(join_info.doors.cast.mia)
    assert await join_info.doors.store.read(counts) == 0


async def test_coming_in_uses_up_no_attempts(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    for _ in range(35):
        await join_info.look_up()
        await join_info.join(join_info.doors.cast.mia, password=PASSWORD)


async def test_one_address_does_not_fill_the_record_with_guests(
    join_info: JoinInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("parley.meetings.join"), "_GUESTS", 3)
    await join_info.plan()
    session = await join_info.act("start")
    for _ in range(3):
        await join_info.join(name="Gus")
    with pytest.raises(OverLimit):
        await join_info.join(name="Gus")
    await join_info.join(join_info.doors.cast.mia)
    everybody = await join_info.doors.store.read(participants_of, int(session["id"]), by=join_info.doors.cast.olga)
    assert sum(one.name == "Gus" for one in everybody) == 3
    await join_info.act("end")
    await join_info.act("start")
    await join_info.join(name="Gus")


async def test_other_peoples_clients_join_over_the_api(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    stranger = join_info.doors.client()
    asked = {"number": join_info.meeting["number"], "name": "Gus"}
    refused = await stranger.post("/api/v1/join", json=asked)
    assert (refused.status_code, set(field_errors(refused))) == (422, {"password"})
    seated = await stranger.post("/api/v1/join", json=asked | {"password": PASSWORD})
    assert seated.status_code == 201
    assert seated.json()["seat"].startswith("seat_")
    assert seated.json()["socket"].startswith("ws")
    assert seated.json()["socket"].endswith("/live/v1")
    assert (await stranger.post("/api/v1/join", json=asked | {"number": "100000000"})).status_code == 404


async def test_a_token_joins_as_its_user(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    session = await join_info.act("start")
    assert (await join_info.host.post("/api/v1/join", json={"number": join_info.meeting["number"]})).status_code == 201
    everybody = await join_info.doors.store.read(participants_of, int(session["id"]), by=join_info.doors.cast.olga)
    assert [(one.name, one.admitted_at is not None) for one in everybody] == [("Olga", True), ("Otto", False)]


async def test_a_token_leads_only_with_the_right_to_hold_meetings(join_info: JoinInfo) -> None:
    await join_info.plan(password=PASSWORD)
    await join_info.act("start")
    asked = {"number": join_info.meeting["number"], "name": "Olga"}
    figures = await join_info.doors.api(join_info.doors.cast.ada, scopes=frozenset({"metrics:read"}))
    assert (await figures.post("/api/v1/join", json=asked)).status_code == 403
    reader = await join_info.doors.api(join_info.doors.cast.olga, scopes=frozenset({"meetings:read"}))
    assert set(field_errors(await reader.post("/api/v1/join", json=asked))) == {"password"}
    by = join_info.doors.cast.olga.restricted_to(frozenset({"meetings:read"}))
    assert (await join_info.join(by, password=PASSWORD)).seat.role is RoomRole.ATTENDEE
    assert (await join_info.look_up(by)).role is RoomRole.ATTENDEE
    assert (await join_info.join(join_info.doors.cast.olga)).seat.role is RoomRole.HOST


async def test_an_organizer_who_may_hold_no_meetings_any_more_leads_none(join_info: JoinInfo) -> None:
    await join_info.plan()
    await join_info.act("start")
    olga = join_info.doors.cast.olga
    demoted = replace(olga, role=Role.MEMBER, scopes=RIGHTS[Role.MEMBER])
    assert (await join_info.join(demoted)).seat.role is RoomRole.ATTENDEE


async def test_who_is_no_co_organizer_any_more_leads_no_more(join_info: JoinInfo) -> None:
    otto = join_info.doors.cast.otto
    await join_info.plan()
    session = int((await join_info.act("start"))["id"])
    token = (await join_info.join(otto)).token
    changed = await join_info.host.patch(
        f"/api/v1/meetings/{join_info.meeting['id']}", json={"co_organizers": []}, headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 200
    assert (await join_info.context.store.read(seat_of_token, token)).role == "attendee"
    everybody = await join_info.context.store.read(participants_of, session, by=join_info.doors.cast.olga)
    assert {one.person: one.role for one in everybody}[otto.person] is RoomRole.ATTENDEE
    assert not (await join_info.context.store.read(seat_of_token, (await join_info.join(otto)).token)).leads


async def test_a_host_who_is_slower_to_start_comes_in_all_the_same(
    join_info: JoinInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    await join_info.plan()
    await join_info.act("start")
    before = await join_info.look_up(join_info.doors.cast.otto)

    async def earlier(*_: object, **__: object) -> meetings.JoinInfo:
        return replace(before, stage=Stage.PLANNED)

    monkeypatch.setattr(meetings, "look_up", earlier)
    await _start(join_info.context, join_info.meeting["number"], by=join_info.doors.cast.otto, address="192.0.2.1")
