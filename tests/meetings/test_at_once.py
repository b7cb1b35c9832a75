"""Several people do the same thing at the same moment: one of them does it, the others are told."""

import asyncio
from collections.abc import Awaitable, Iterable

from parley.ground.faults import Stale
from parley.meetings import AlreadyLive, Meeting, NotLive, admit
from parley.sessions import Session, SessionView, State, history, participants_of
from tests.meetings.office import Office

MANY = 8


async def at_once(acts: Iterable[Awaitable[object]]) -> tuple[list[object], list[BaseException]]:
    """Do it all at the same time; return what came of it, and who was refused."""
    outcomes = await asyncio.gather(*acts, return_exceptions=True)
    refused = [one for one in outcomes if isinstance(one, BaseException)]
    return [one for one in outcomes if not isinstance(one, BaseException)], refused


async def test_one_of_many_starts_a_meeting(office: Office) -> None:
    made = await office.plan(co_organizers=[str(office.cast.otto.person)])
    hosts = (office.cast.olga, office.cast.otto)
    started, refused = await at_once(office.start(made, hosts[number % 2]) for number in range(MANY))
    (session,) = started
    assert isinstance(session, Session)
    assert {type(one) for one in refused} == {AlreadyLive}
    assert all(isinstance(one, AlreadyLive) and one.current == SessionView.of(session) for one in refused)
    runs = await office.store.read(history, by=office.cast.olga, meeting=made.id)
    assert len(runs.items) == 1


async def test_one_of_many_ends_a_meeting(office: Office) -> None:
    made = await office.plan()
    await office.start(made)
    ended, refused = await at_once(office.end(made) for _ in range(MANY))
    (session,) = ended
    assert isinstance(session, Session)
    assert session.state is State.ENDED
    assert {type(one) for one in refused} == {NotLive}


async def test_one_of_many_changes_a_version(office: Office) -> None:
    made = await office.plan()
    changed, refused = await at_once(office.change(made, title=f"Title {number}") for number in range(MANY))
    (winner,) = changed
    assert isinstance(winner, Meeting)
    assert {type(one) for one in refused} == {Stale}
    assert await office.see(made) == winner
    assert [fact.type for fact in await office.told()] == ["meeting.scheduled", "meeting.changed"]


async def test_a_user_who_comes_from_many_devices_at_once_is_one_participant(office: Office) -> None:
    made = await office.plan()
    session = await office.start(made)
    mia, number = office.cast.mia, str(made.number)
    seats, refused = await at_once(
        office.store.write(admit, number, by=mia, name="", proven=None, now=office.clock()) for _ in range(MANY)
    )
    assert (len(seats), refused) == (MANY, [])
    everybody = await office.store.read(participants_of, session.id, by=office.cast.olga)
    assert [one.name for one in everybody] == ["Olga", "Mia"]


async def test_many_meetings_made_at_once_are_all_there(office: Office) -> None:
    made, refused = await at_once(office.plan(title=f"Number {number}") for number in range(4 * MANY))
    assert (len(made), refused) == (4 * MANY, [])
    assert len({one.number for one in made if isinstance(one, Meeting)}) == 4 * MANY
    assert len(await office.titles()) == 4 * MANY
