"""What a report is on: which sessions, by whom, from when to when."""

from datetime import datetime, timedelta

import msgspec

from parley.ground.db import Connection
from parley.ground.faults import FieldError, Forbidden, Invalid
from parley.ground.words import N_
from parley.people import (
    Caller,
    find_attendance_rules,
    groups_managed,
    groups_named,
    managed_among,
    pattern_of,
)
from parley.sessions import Kind

LONGEST_QUERY = 200


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which sessions a report is on; without anything, all that somebody answers for.

    Of `groups` and their parts count the sessions that their people host. `since` is the first start, `until` the
    first one behind the last.
    """

    session: int | None = None
    meeting: int | None = None
    organizers: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    participant: int | None = None
    kind: Kind | None = None
    query: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def bound(db: Connection, wanted: Wanted, *, by: Caller, now: datetime) -> dict[str, object]:
    """Return what the report's statements are given: its filters, and the rules of the account."""
    rules = find_attendance_rules(db, by=by)
    filters: dict[str, object] = {
        "session": wanted.session,
        "meeting": wanted.meeting,
        "hosts": list(wanted.organizers) or None,
        "groups": list(wanted.groups) or None,
        "participant": wanted.participant,
        "kind": wanted.kind,
        "pattern": pattern_of(wanted.query, most=LONGEST_QUERY),
        "since": wanted.since,
        "until": wanted.until,
    }
    given = {name: value for name, value in filters.items() if value is not None}
    grace = timedelta(minutes=rules.late_after_minutes) // timedelta(seconds=1)
    return given | {"percent": rules.long_enough_percent, "grace": grace, "now": now}


def need_answer_for(db: Connection, wanted: Wanted, *, by: Caller) -> None:
    """Raise Forbidden unless `by` answers for everybody who is asked for: a report that lacks some would mislead.

    Raises Invalid for groups that the account does not have.
    """
    known = groups_named(db, wanted.groups, account=by.account)
    if len(known) < len({*wanted.groups}):
        raise Invalid(FieldError("group", N_("There is no such group.")))
    if by.oversees:
        return
    others = {*wanted.organizers} - {by.person}
    managed = {number for number, _ in groups_managed(db, by.person or 0)} if by.manages else set()
    if by.manages and others:
        others -= managed_among(db, by.person or 0, tuple(others))
    if others or {*wanted.groups} - managed:
        raise Forbidden(N_("You see reports on your own sessions, and managers those of the groups that they manage."))
