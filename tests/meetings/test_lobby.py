"""Who waits before a meeting: what its organizer chose, or else what the account says, and with a password nobody."""

from typing import Any

import pytest

from parley.ground.faults import Forbidden
from parley.live import IssuedSeat, house_of_room, revoke_seats
from parley.meetings import Invitation, Meeting, Wanted, admit, invite, require, withdraw
from parley.people import Caller, Lobby, set_lobby
from parley.sessions import attendance_of, participants_of
from tests.doors import Doors
from tests.meetings.office import Office


async def lobby_at_start(office: Office, **plan: Any) -> Lobby:  # noqa: ANN401 (a field of any type)
    meeting = await office.plan(**plan)
    session = await office.start(meeting)
    lobby = (await office.store.read(house_of_room, session.id)).lobby
    await office.end(meeting)
    return lobby


async def test_who_waits_is_chosen_for_the_meeting_or_by_the_account(office: Office) -> None:
    assert await lobby_at_start(office) is Lobby.GUESTS
    assert await lobby_at_start(office, password_hash="…", password="open sesame") is Lobby.OFF
    assert await lobby_at_start(office, lobby="everyone") is Lobby.EVERYONE
    await office.store.write(set_lobby, Lobby.OFF, by=office.cast.ada, now=office.clock())
    assert await lobby_at_start(office) is Lobby.OFF
    assert await lobby_at_start(office, lobby="guests") is Lobby.GUESTS


async def test_what_was_chosen_is_changed_and_left_to_the_account_again(office: Office) -> None:
    meeting = await office.plan(lobby="off")
    changed = await office.change(meeting, lobby="everyone")
    assert (changed.lobby, (await office.see(meeting)).lobby) == (Lobby.EVERYONE, Lobby.EVERYONE)
    assert (await office.change(changed, title="Another")).lobby is Lobby.EVERYONE
    assert (await office.see(await office.change(await office.see(meeting), lobby=None))).lobby is None


@pytest.mark.parametrize(("lobby", "waiting"), [("guests", {"Gus"}), ("everyone", {"Gus", "Mia"}), ("off", set())])
async def test_who_has_to_wait_gets_a_seat_and_is_not_let_in_yet(office: Office, lobby: str, waiting: set[str]) -> None:
    meeting = await office.plan(lobby=lobby, co_organizers=[str(office.cast.otto.person)])
    session = await office.start(meeting)

    async def come(by: Caller | None) -> IssuedSeat:
        return await office.store.write(admit, str(meeting.number), by=by, name="Gus", proven=None, now=office.clock())

    seats = [await come(by) for by in (office.cast.olga, office.cast.otto, office.cast.mia, None)]
    assert {issued.seat.name for issued in seats if issued.seat.admitted_at is None} == waiting
    record = await office.store.read(participants_of, session.id, by=office.cast.olga)
    assert {one.name for one in record if one.admitted_at is None} == waiting
    assert not await office.store.read(attendance_of, session.id, by=office.cast.olga)


async def invite_mia(office: Office, meeting: Meeting) -> Invitation:
    wanted = [Wanted(person=str(office.cast.mia.person))]
    (mia,) = await office.store.write(invite, meeting.id, wanted, by=office.cast.olga, now=office.clock())
    return mia


async def come(office: Office, meeting: Meeting) -> IssuedSeat:
    mia, now = office.cast.mia, office.clock()
    return await office.store.write(admit, str(meeting.number), by=mia, name="", proven=None, now=now)


async def test_an_invitation_is_withdrawn_while_somebody_waits(office: Office) -> None:
    meeting = await office.plan(lobby="everyone")
    mia = await invite_mia(office, meeting)
    session = await office.start(meeting)
    seat = (await come(office, meeting)).seat
    await office.store.write(withdraw, meeting.id, mia.id, by=office.cast.olga, now=office.clock())
    record = await office.store.read(participants_of, session.id, by=office.cast.olga)
    assert [one.invited for one in record if one.id == seat.participant] == [False]


async def test_who_was_removed_is_not_let_in_by_being_required(office: Office) -> None:
    meeting = await office.plan(lobby="off")
    mia, by = await invite_mia(office, meeting), office.cast.olga
    await office.start(meeting)
    seat = (await come(office, meeting)).seat
    await office.store.write(revoke_seats, seat.participant, by=by.person, now=office.clock())
    await office.store.write(require, meeting.id, mia.id, required=True, by=by, now=office.clock())
    with pytest.raises(Forbidden):
        await come(office, meeting)
    await office.store.write(withdraw, meeting.id, mia.id, by=by, now=office.clock())
    await invite_mia(office, meeting)
    assert (await come(office, meeting)).seat.participant == seat.participant


async def test_the_api_says_who_waits(doors: Doors) -> None:
    ada, mia = await doors.api(doors.cast.ada), await doors.api(doors.cast.mia)
    assert (await mia.get("/api/v1/account")).json()["lobby"] == "guests"
    changed = await ada.patch("/api/v1/account", json={"lobby": "everyone", "name": "Northwind Traders"})
    assert (changed.json()["lobby"], changed.json()["name"]) == ("everyone", "Northwind Traders")
    assert (await mia.get("/api/v1/account")).json() == changed.json()
    assert (await mia.patch("/api/v1/account", json={"lobby": "off"})).status_code == 403
    assert (await ada.patch("/api/v1/account", json={"lobby": "nobody"})).status_code == 422
