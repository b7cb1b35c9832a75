"""A session on stage: steps and questions that tests of the record have in common."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from parley.ground.db import Connection, Store
from parley.ground.facts import BEGINNING, after
from parley.people import Caller
from parley.sessions import (
    Departure,
    Ending,
    Invitee,
    Kind,
    Participant,
    Participation,
    RoomRole,
    Session,
    arrive,
    close_session,
    depart,
    enter,
    open_session,
    participations_of,
    reconcile,
    session_of_room,
)
from tests.cast import Cast
from tests.clock import SettableClock


class Stage(msgspec.Struct, frozen=True):
    """A session of Olga's with Otto as co-host, in which nobody is at first."""

    store: Store
    clock: SettableClock
    cast: Cast
    session: Session

    async def let_in(self, who: Caller | str, role: RoomRole = RoomRole.ATTENDEE) -> Participant:
        """Let in a user, or a guest by name."""
        return await self.store.write(_let_in, self.session.id, who, role=role, now=self.clock())

    async def come(self, who: Caller | str, *, node: str = "a") -> Participant:
        """Let in somebody whose browser then connects."""
        participant = await self.let_in(who)
        await self.store.write(arrive, participant.id, node=node, now=self.clock())
        return participant

    async def go(self, participant: Participant, how: Departure = Departure.LEFT) -> None:
        await self.store.write(depart, participant.id, at=self.clock(), how=how)

    async def end(self) -> Session:
        by = self.cast.olga.person
        return await self.store.write(close_session, self.session.id, by=by, how=Ending.HOST, now=self.clock())

    async def reconcile(self, *, node: str = "a", unseen_for: timedelta = timedelta()) -> int:
        return await self.store.write(reconcile, node=node, now=self.clock(), unseen_for=unseen_for)

    async def now(self) -> Session:
        """Return the session as it stands."""
        return await self.store.read(session_of_room, self.session.id)

    async def seen(self, name: str) -> Participation:
        """Return somebody with all their stays."""
        everybody = await self.store.read(participations_of, self.session.id, by=self.cast.olga)
        return next(one for one in everybody if one.participant.name == name)

    async def told(self) -> list[str]:
        """Return the types of the facts that were told about the session."""
        facts = (await self.store.read(after, BEGINNING)).facts
        return [fact.type for fact in facts if not fact.type.startswith(("account.", "user."))]


def open_at(
    db: Connection,
    *,
    host: Caller,
    cohosts: Sequence[Caller] = (),
    meeting: int = 1,
    title: str = "Weekly",
    now: datetime,
) -> Session:
    """Open a session that was planned for an hour from now."""
    return open_session(
        db,
        account=host.account,
        kind=Kind.MEETING,
        meeting=meeting,
        title=title,
        host=invitee(host, RoomRole.HOST),
        cohosts=[invitee(cohost, RoomRole.COHOST) for cohost in cohosts],
        planned_start=now,
        planned_end=now + timedelta(hours=1),
        by=host.person,
        now=now,
    )


def invitee(who: Caller, role: RoomRole) -> Invitee:
    assert who.person
    return Invitee(person=who.person, name=who.name, role=role)


def _let_in(db: Connection, session: int, who: Caller | str, *, role: RoomRole, now: datetime) -> Participant:
    if isinstance(who, str):
        return enter(db, session, person=None, name=who, role=role, now=now)
    return enter(db, session, person=who.person, name=who.name, role=role, now=now)
