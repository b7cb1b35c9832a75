"""The table of invitations, and all SQL on it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from parley.ground.db import Id, Instant, Prepared, metadata
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.meetings.invitation import Invitation, Reply, Way
from parley.meetings.meeting import Meeting
from parley.meetings.rows.tables import meetings
from parley.people import folded, users_named

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the invitation, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose meeting it is"),
    Column("meeting", Id, ForeignKey("meetings.id"), nullable=False, comment="The meeting"),
    Column(
        "person",
        Id,
        ForeignKey("users.id"),
        comment="The user who is invited; empty for somebody who is known by address only",
    ),
    Column("email", Text, comment="The e-mail address of who is no user, as it was written"),
    Column("email_folded", Text, comment="The address, as it is compared"),
    Column("name", Text, nullable=False, comment="What they were called when they were invited"),
    Column("required", Boolean, nullable=False, comment="Whether they should come"),
    Column("group_name", Text, comment="The group by which they were invited, as it was called; empty without one"),
    Column("invited_by", Id, ForeignKey("users.id"), comment="The user who invited them; empty for the command line"),
    Column("invited_at", Instant, nullable=False, comment="When they were invited (UTC)"),
    Column("withdrawn_at", Instant, comment="When the invitation was withdrawn (UTC); its link is void then"),
    Column("reply", Text, nullable=False, comment="needs-action, accepted, declined or tentative"),
    Column("comment", Text, nullable=False, comment="What they wrote with their answer; may be empty"),
    Column("replied_at", Instant, comment="When they last answered (UTC)"),
    Column("replied_through", Text, comment="link, mail or account (signed in)"),
    Column(
        "starts_at",
        Instant,
        nullable=False,
        comment="The meeting's starts_at, repeated to read a person's meetings in order",
    ),
    Column(
        "repeats_until",
        Instant,
        comment="The meeting's repeats_until, repeated to find the series of a person that go on",
    ),
    Index("ix_invitations_meeting_id", "meeting", "id"),
    comment="Who is invited to which meeting, and what they answered; each row has a personal link",
)

VALID = invitations.c.withdrawn_at.is_(None)


def _index(*columns: str, unique: bool = False, series: bool = False) -> None:
    where = and_(VALID, invitations.c.repeats_until.is_not(None)) if series else VALID
    name = f"{'uq' if unique else 'ix'}_invitations_{'_'.join(columns)}"
    found = [invitations.c[column] for column in columns]
    Index(name, *found, unique=unique, sqlite_where=where, postgresql_where=where)


_index("meeting", "person", unique=True)
_index("meeting", "email_folded", unique=True)
_index("person", "starts_at", "meeting")
_index("person", "repeats_until", series=True)

IS_INVITED = (
    exists()
    .where(invitations.c.meeting == meetings.c.id, invitations.c.person == bindparam("person", type_=Id), VALID)
    .correlate(meetings)
)
"""Whether the user `person` is invited to a meeting."""

_FIELDS = Invitation.__struct_fields__
_COLUMNS = [invitations.c[field] for field in _FIELDS]
_OF_MEETING = select(*_COLUMNS).where(invitations.c.meeting == bindparam("meeting"), VALID).order_by(invitations.c.id)
_ONE = Prepared(select(*_COLUMNS).where(invitations.c.id == bindparam("invitation")))
_OF_PERSON = Prepared(
    select(*_COLUMNS).where(
        invitations.c.meeting == bindparam("meeting"), invitations.c.person == bindparam("person"), VALID
    )
)


def add_invitations(db: Connection, meeting: Meeting, fresh: Sequence[Invitation]) -> None:
    """Write down new invitations to a meeting, however many, at once."""
    times = {"starts_at": meeting.starts_at, "repeats_until": meeting.repeats_until}
    if fresh:
        db.execute(insert(invitations).inline(), [_row(invitation) | times for invitation in fresh])


def save_invitation(db: Connection, invitation: Invitation) -> None:
    """Write down what became of an invitation."""
    db.execute(update(invitations).where(invitations.c.id == invitation.id).values(_row(invitation)))


def save_times(db: Connection, meeting: Meeting) -> None:
    """Repeat the meeting's times in its invitations where they are others now."""
    starts_at, repeats_until = invitations.c.starts_at, invitations.c.repeats_until
    different = or_(starts_at != meeting.starts_at, repeats_until.is_distinct_from(meeting.repeats_until))
    db.execute(
        update(invitations)
        .where(invitations.c.meeting == meeting.id, different)
        .values(starts_at=meeting.starts_at, repeats_until=meeting.repeats_until)
    )


def invitation_under(db: Connection, invitation: int, *, meeting: int | None = None) -> Invitation:
    """Return an invitation, also one that was withdrawn: to whoever proved that it is theirs, or leads the meeting."""
    row = _ONE.one_or_none(db, {"invitation": invitation})
    found = None if row is None else _invitation(row)
    if found is None or meeting not in {None, found.meeting}:
        raise NotFound(N_("There is no such invitation."))
    return as_they_are_called(db, [found])[0]


def invitation_of_person(db: Connection, meeting: int, person: int) -> Invitation | None:
    """Return the valid invitation of a user."""
    row = _OF_PERSON.one_or_none(db, {"meeting": meeting, "person": person})
    return None if row is None else as_they_are_called(db, [_invitation(row)])[0]


def invitations_ever(db: Connection, person: int) -> tuple[int, ...]:
    """Return all invitations that a user ever had, those that were withdrawn, too."""
    return tuple(db.execute(select(invitations.c.id).where(invitations.c.person == person)).scalars())


def invited(
    db: Connection, meeting: int, *, reply: Reply | None = None, behind: int = 0, limit: int | None = None
) -> list[Invitation]:
    """Return the valid invitations to a meeting in the order in which they were made."""
    statement = _OF_MEETING.where(invitations.c.id > behind).limit(limit)
    if reply is not None:
        statement = statement.where(invitations.c.reply == reply)
    return as_they_are_called(db, [_invitation(row) for row in db.execute(statement, {"meeting": meeting})])


def replies(db: Connection, meeting: int) -> dict[Reply, int]:
    """Return how many answered what."""
    counted = select(invitations.c.reply, func.count()).where(invitations.c.meeting == meeting, VALID)
    found = {reply: int(count) for reply, count in db.execute(counted.group_by(invitations.c.reply))}
    return {reply: found.get(reply, 0) for reply in Reply}


def counted(db: Connection, listed: Collection[int], *, person: int | None) -> dict[int, tuple[int, Reply | None]]:
    """Return how many are invited to each of these meetings, and what `person` answered who is one of them."""
    own = case((invitations.c.person == person, invitations.c.reply))
    statement = select(invitations.c.meeting, func.count().label("invited"), func.max(own).label("own"))
    statement = statement.where(invitations.c.meeting.in_(listed), VALID).group_by(invitations.c.meeting)
    return {row.meeting: (row.invited, None if row.own is None else Reply(row.own)) for row in db.execute(statement)}


def known_already(db: Connection, meeting: int) -> Collection[int | str]:
    """Return who is invited: ids of users, and folded addresses of others."""
    listed = select(invitations.c.person, invitations.c.email_folded).where(invitations.c.meeting == meeting, VALID)
    return {person or email for person, email in db.execute(listed)}


def names_of(db: Connection, listed: Collection[int]) -> dict[int, str]:
    """Return the names under which people were invited, by the invitation."""
    found = select(invitations.c.id, invitations.c.name).where(invitations.c.id.in_(listed))
    return {row.id: row.name for row in db.execute(found)}


def as_they_are_called(db: Connection, found: Sequence[Invitation]) -> list[Invitation]:
    """Return the invitations, those of users with the name and the address that they have now."""
    people = {invitation.person for invitation in found if invitation.person is not None}
    if not people:
        return [*found]
    users = users_named(db, people, account=found[0].account)
    return [
        replace(each, name=users[each.person].name, email=users[each.person].email) if each.person in users else each
        for each in found
    ]


def _row(invitation: Invitation) -> dict[str, Any]:
    """Return what is stored: of a user no address, for theirs counts wherever it is read."""
    row = {field: getattr(invitation, field) for field in _FIELDS}
    if invitation.person is not None:
        return row | {"email": None, "email_folded": None}
    return row | {"email_folded": folded(invitation.email)}


def _invitation(row: Any) -> Invitation:  # noqa: ANN401 (a row of _COLUMNS)
    found = dict(zip(_FIELDS, row, strict=True))
    through: str | None = found["replied_through"]
    known: dict[str, datetime | Reply | Way | None] = {
        "reply": Reply(found["reply"]),
        "replied_through": None if through is None else Way(through),
    }
    return Invitation(**found | known | {"email": found["email"] or "", "required": bool(found["required"])})
