"""Who leads a meeting, leads its room: at once, for as long, and only with the right to hold meetings."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from parley.ground.clock import utc_now
from parley.ground.faults import Forbidden
from parley.meetings import Meeting, admit
from parley.people import Caller, Role, UserChange, change_user, find_user
from parley.sessions import Participant, RoomRole, State, participants_of, session_of_room
from tests.clock import SettableClock
from tests.live.client import Client
from tests.live.serving import PATIENT, serving
from tests.meetings.office import Office


class Lobby(msgspec.Struct, frozen=True):
    """A meeting of Olga's that is live, and the server at which people come to it."""

    office: Office
    meeting: Meeting
    port: int

    def client(self) -> Client:
        return Client(f"ws://127.0.0.1:{self.port}/live/v1")

    async def seat(self, by: Caller | None, name: str = "") -> str:
        """Let in a user, or a guest by name; return their token."""
        office, number = self.office, str(self.meeting.number)
        issued = await office.store.write(admit, number, by=by, name=name, proven=None, now=office.clock())
        return issued.token

    async def name_co_organizer(self, who: Caller) -> None:
        meeting = await self.office.see(self.meeting)
        await self.office.change(meeting, co_organizers=[str(who.person)])

    async def give_role(self, who: Caller, role: Role) -> None:
        """Give a user another role in the account, as its administrator does."""
        store, ada = self.office.store, self.office.cast.ada
        user = await store.read(find_user, who.person or 0, by=ada)
        change = UserChange(role=role)
        await store.write(change_user, user.id, change, version=user.version, by=ada, now=self.office.clock())

    async def participant(self, who: Caller) -> Participant:
        """Return what the record says of a user."""
        everybody = await self.office.store.read(participants_of, self.meeting.running or 0, by=self.office.cast.ada)
        return next(one for one in everybody if one.person == who.person)


@pytest.fixture
def clock() -> SettableClock:
    """The time of the server, which closes what was left open long ago."""
    return SettableClock(utc_now())


@pytest.fixture
async def lobby(office: Office, tmp_path: Path) -> AsyncIterator[Lobby]:
    day = utc_now().date() + timedelta(days=1)
    planned = await office.plan(starts_at=f"{day}T14:00", ends_at=f"{day}T15:00", lobby="off")
    await office.start(planned)
    async with serving(office.store, tmp_path, PATIENT) as port:
        yield Lobby(office, await office.see(planned), port)


async def refused(client: Client, **event: str) -> None:
    """Say something that is not for everybody; find it refused."""
    await client.say(event)
    error = await client.hear("error")
    assert (error["reason"], error["event"]) == ("not-allowed", event["type"])


async def test_who_is_named_co_organizer_leads_the_room_at_once(lobby: Lobby) -> None:
    cast = lobby.office.cast
    async with lobby.client() as olga, lobby.client() as otto:
        host = await olga.hello(await lobby.seat(cast.olga))
        me = await otto.hello(await lobby.seat(cast.otto))
        await refused(otto, type="mute", who=host["you"])
        await lobby.name_co_organizer(cast.otto)
        for client in (olga, otto):
            heard = await client.hear("role")
            assert (heard["who"], heard["role"]) == (me["you"], "cohost")
        await otto.say({"type": "mute", "who": host["you"]})
        assert (await olga.hear("muted"))["by"] == me["you"]
    assert (await lobby.participant(cast.otto)).role is RoomRole.COHOST


async def test_who_was_removed_and_is_named_co_organizer_comes_in_again(lobby: Lobby) -> None:
    cast = lobby.office.cast
    async with lobby.client() as olga, lobby.client() as otto, lobby.client() as again:
        await olga.hello(await lobby.seat(cast.olga))
        me = await otto.hello(await lobby.seat(cast.otto))
        await olga.say({"type": "remove", "who": me["you"]})
        assert (await otto.end())[0] == 4012
        with pytest.raises(Forbidden):
            await lobby.seat(cast.otto)
        await lobby.name_co_organizer(cast.otto)
        welcome = await again.hello(await lobby.seat(cast.otto))
        assert welcome["you"] == me["you"]
        assert {person["name"]: person["role"] for person in welcome["people"]} == {"Olga": "host", "Otto": "cohost"}


async def test_a_host_who_comes_with_less_is_an_attendee_there_and_the_host_on_record(lobby: Lobby) -> None:
    olga = lobby.office.cast.olga
    async with lobby.client() as narrow, lobby.client() as ben:
        me = await ben.hello(await lobby.seat(None, "Ben"))
        welcome = await narrow.hello(await lobby.seat(olga.restricted_to(frozenset({"meetings:read"}))))
        assert {person["name"]: person["role"] for person in welcome["people"]}["Olga"] == "attendee"
        await refused(narrow, type="remove", who=me["you"])
        await refused(narrow, type="end")
    assert (await lobby.participant(olga)).role is RoomRole.HOST


async def test_who_may_hold_no_meetings_any_more_leads_no_room_also_when_they_come_back(lobby: Lobby) -> None:
    cast = lobby.office.cast
    seat = await lobby.seat(cast.olga)
    async with lobby.client() as olga, lobby.client() as ben, lobby.client() as again:
        host = await olga.hello(seat)
        me = await ben.hello(await lobby.seat(None, "Ben"))
        await lobby.give_role(cast.olga, Role.MEMBER)
        for client in (olga, ben):
            heard = await client.hear("role")
            assert (heard["who"], heard["role"]) == (host["you"], "attendee")
        for client in (olga, again):
            if client is again:
                welcome = await again.hello(seat)
                assert {person["name"]: person["role"] for person in welcome["people"]}["Olga"] == "attendee"
            await refused(client, type="remove", who=me["you"])
            await refused(client, type="end")
    assert (await lobby.office.store.read(session_of_room, lobby.meeting.running or 0)).state is State.LIVE


async def test_a_role_that_may_hold_meetings_too_changes_nothing_in_the_room(lobby: Lobby) -> None:
    cast = lobby.office.cast
    async with lobby.client() as olga, lobby.client() as ben:
        host = await olga.hello(await lobby.seat(cast.olga))
        await ben.hello(await lobby.seat(None, "Ben"))
        await lobby.give_role(cast.olga, Role.MANAGER)
        await lobby.name_co_organizer(cast.otto)  # news that come behind it
        await olga.say({"type": "end"})
        code, heard = await ben.end()
        assert (code, heard[-1]["by"]) == (4011, host["you"])
        assert "role" not in {event["type"] for event in heard}
