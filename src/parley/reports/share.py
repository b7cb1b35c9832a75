"""The share of a session that is long enough, where a meeting has one of its own."""

from datetime import datetime

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.meetings import meeting_seen_by
from parley.people import Caller, check_share, find_attendance_rules
from parley.reports.facts import MeetingShareChanged
from parley.reports.rows import shares


def find_share(db: Connection, meeting: int, *, by: Caller) -> int | None:
    """Return the meeting's own share in per cent; None where the account's holds."""
    meeting_seen_by(db, meeting, by=by)
    return shares.share_of(db, meeting)


def set_share(db: Connection, meeting: int, percent: int | None, *, by: Caller, now: datetime) -> int:
    """Give the meeting a share of its own, or the account's again, and return the one that holds.

    It holds for sessions that took place as well: the record keeps when somebody was there, and not whether that is
    enough.
    """
    found = meeting_seen_by(db, meeting, by=by)
    by.need("meetings:write")
    found.need_co_organizer(by)
    errors: list[FieldError] = []
    check_share(percent, errors=errors)
    if errors:
        raise Invalid(*errors)
    if percent != shares.share_of(db, meeting):
        shares.save_share(db, meeting, percent)
        fact = MeetingShareChanged(
            account=found.account, subject=meeting, actor=by.person, at=now, long_enough_percent=percent
        )
        tell(db, fact)
    return find_attendance_rules(db, by=by).long_enough_percent if percent is None else percent
