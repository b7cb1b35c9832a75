"""What licences allow: whether a meeting starts, how many sessions there are at once, and how many people come in."""

import asyncio

import msgspec
import pytest

from parley.ground.faults import Forbidden, OverLimit
from parley.live import IssuedSeat
from parley.live.node import begin
from parley.meetings import Allowance, Meeting, admit, allowance, meet_now
from parley.people import Caller, LimitsChange, Product, UserChange, change_user, find_user, set_limits
from parley.sessions import Session, arrive, most_attendees
from tests.meetings.office import Office


class Licensed(msgspec.Struct, frozen=True):
    """An office with an administrator who gives out licences."""

    office: Office

    async def limit(self, *, meeting: int | None = None, sessions: int | None = None) -> None:
        change = LimitsChange(products={Product.MEETING: meeting}, sessions_at_once=sessions)
        await self.office.store.write(set_limits, change, by=self.office.cast.ada, now=self.office.clock())

    async def give(self, to: Caller, *products: Product, most: int | None = None) -> None:
        assert to.person is not None
        ada, store = self.office.cast.ada, self.office.store
        user = await store.read(find_user, to.person, by=ada)
        change = UserChange(products=products, most_attendees=most)
        await store.write(change_user, user.id, change, version=user.version, by=ada, now=self.office.clock())

    async def come(self, meeting: Meeting, name: str) -> IssuedSeat:
        store, now = self.office.store, self.office.clock()
        issued = await store.write(admit, str(meeting.number), by=None, name=name, proven=None, now=now)
        await store.write(arrive, issued.seat.participant, node="a", now=now)
        return issued

    async def allowed(self, meeting: Meeting, by: Caller | None = None) -> Allowance:
        office = self.office
        return await office.store.read(allowance, meeting.organizer, by=by or office.cast.olga, now=office.clock())


@pytest.fixture
async def licensed(office: Office) -> Licensed:
    await office.store.write(begin, "a", publishers=6, now=office.clock())
    return Licensed(office)


async def test_without_limits_the_room_is_the_limit(licensed: Licensed) -> None:
    made = await licensed.office.plan()
    assert await licensed.allowed(made) == Allowance(most=6, licensed=False, refusal=None)


async def test_who_has_no_licence_starts_no_meeting(licensed: Licensed) -> None:
    office = licensed.office
    made = await office.plan(co_organizers=[str(office.cast.otto.person)])
    await licensed.limit(meeting=1)
    assert "You have no licence" in str((await licensed.allowed(made)).refusal)
    assert "Olga has no licence" in str((await licensed.allowed(made, office.cast.otto)).refusal)
    for host in (office.cast.olga, office.cast.otto, office.cast.ada):
        with pytest.raises(Forbidden):
            await office.start(made, host)
    with pytest.raises(Forbidden):
        await office.store.write(meet_now, title="Now", by=office.cast.olga, now=office.clock())
    assert await office.titles() == ["Weekly"]


async def test_it_is_the_organizers_licence_that_counts(licensed: Licensed) -> None:
    office = licensed.office
    made = await office.plan(co_organizers=[str(office.cast.otto.person)])
    await licensed.limit(meeting=1)
    await licensed.give(office.cast.olga, Product.MEETING)
    assert (await office.start(made, office.cast.otto)).host_name == "Olga"


async def test_a_meeting_that_is_live_goes_on_without_a_licence(licensed: Licensed) -> None:
    office = licensed.office
    made = await office.plan()
    await office.start(made)
    await licensed.limit(meeting=0)
    await licensed.come(made, "Gus")
    await office.end(made)


async def test_of_many_who_start_the_last_session_one_does(licensed: Licensed) -> None:
    office = licensed.office
    await licensed.limit(sessions=2)
    planned = [await office.plan(title=f"Number {number}") for number in range(6)]
    outcomes = await asyncio.gather(*(office.start(made) for made in planned), return_exceptions=True)
    assert [type(one) for one in outcomes].count(Session) == 2
    assert [type(one) for one in outcomes].count(OverLimit) == 4
    started = next(made for made, one in zip(planned, outcomes, strict=True) if isinstance(one, Session))
    waiting = next(made for made, one in zip(planned, outcomes, strict=True) if isinstance(one, OverLimit))
    assert "may have at once: 2" in str((await licensed.allowed(waiting)).refusal)
    await office.end(started)
    assert (await licensed.allowed(waiting)).refusal is None
    await office.start(waiting)


async def test_other_accounts_are_not_counted(licensed: Licensed) -> None:
    office = licensed.office
    await licensed.limit(sessions=1)
    await office.start(await office.plan())
    await office.start(await office.plan(office.cast.zoe), office.cast.zoe)


async def test_the_smaller_number_of_licence_and_room_counts(licensed: Licensed) -> None:
    office = licensed.office
    made = await office.plan()
    await licensed.give(office.cast.olga, most=100)
    assert await licensed.allowed(made) == Allowance(most=6, licensed=False, refusal=None)
    await licensed.give(office.cast.olga, most=2)
    assert await licensed.allowed(made) == Allowance(most=2, licensed=True, refusal=None)
    session = await office.start(made)
    assert await office.store.read(most_attendees, session.id) == 2
    for name in ("Gus", "Gil"):
        await licensed.come(made, name)
    with pytest.raises(OverLimit, match="2 people are in it, as many as the host's licence allows"):
        await licensed.come(made, "Gaby")


async def test_a_licence_that_changes_counts_from_the_next_start(licensed: Licensed) -> None:
    office = licensed.office
    made = await office.plan()
    await licensed.give(office.cast.olga, most=1)
    await office.start(made)
    await licensed.come(made, "Gus")
    await licensed.give(office.cast.olga, most=2)
    with pytest.raises(OverLimit):
        await licensed.come(made, "Gil")
    await office.end(made)
    await office.start(made)
    for name in ("Gus", "Gil"):
        await licensed.come(made, name)
