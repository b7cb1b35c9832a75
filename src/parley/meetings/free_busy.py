"""Free and busy: when people are taken by meetings, and never by which."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from parley.ground.db import Connection
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.meetings.occurrences import expanded
from parley.meetings.rows.busy import series_of, singles_of
from parley.meetings.timetable import check_period
from parley.people import Caller, User, users_named

MOST_PEOPLE = 100
"""Of how many people it is told at once."""


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of time."""

    starts_at: datetime
    ends_at: datetime


class Busy(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody, and when they are busy: in order, what touches or overlaps being one."""

    user: User
    spans: tuple[Span, ...]

    def at(self, starts_at: datetime, ends_at: datetime) -> tuple[Span, ...]:
        """Return those that take place at the same time."""
        return tuple(span for span in self.spans if span.starts_at < ends_at and span.ends_at > starts_at)


def free_busy(
    db: Connection,
    people: Collection[int],
    *,
    by: Caller,
    since: datetime,
    until: datetime,
    without: int | None = None,
) -> tuple[Busy, ...]:
    """Return when each of these users of the account is busy between the two, whoever may see why.

    Busy is who organizes a meeting or is invited and did not decline. `without` is a meeting that does not count: the
    one for which a time is sought. Raises Invalid for who is nobody of the account, and for more than `MOST_PEOPLE`.
    """
    by.need("people:read")
    check_period(since, until)
    people = dict.fromkeys(people).keys()
    if len(people) > MOST_PEOPLE:
        raise Invalid(FieldError("person", N_("Ask for at most %(most)s people at once."), most=MOST_PEOPLE))
    users = users_named(db, people, account=by.account)
    if len(users) < len(people):
        raise Invalid(FieldError("person", N_("There is nobody under this id.")))
    taken: dict[int, list[Span]] = defaultdict(list)
    for person, meeting, starts_at, ends_at in singles_of(db, people, since=since, until=until):
        if meeting != without:
            taken[person].append(Span(starts_at, ends_at))
    _add_series(db, people, taken, since=since, until=until, without=without)
    return tuple(Busy(user=users[person], spans=_merged(taken[person])) for person in people)


def _add_series(
    db: Connection,
    people: Collection[int],
    taken: dict[int, list[Span]],
    *,
    since: datetime,
    until: datetime,
    without: int | None,
) -> None:
    whose: dict[int, list[int]] = defaultdict(list)
    repeating = {}
    for person, meeting in series_of(db, people, since=since):
        if meeting.id != without:
            whose[meeting.id].append(person)
            repeating[meeting.id] = meeting
    for one in expanded(db, repeating.values(), since=since, until=until):
        for person in whose[one.meeting.id]:
            taken[person].append(Span(one.starts_at, one.ends_at))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    found = list[Span]()
    for span in sorted(spans):
        if found and span.starts_at <= found[-1].ends_at:
            found[-1] = Span(found[-1].starts_at, max(found[-1].ends_at, span.ends_at))
        else:
            found.append(span)
    return tuple(found)
