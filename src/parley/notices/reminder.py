"""How long before the start the people of an account's meetings are reminded."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.notices.facts import ReminderChanged
from parley.notices.rows.reminding import chosen_lead, save_lead
from parley.people import Caller, Role

USUAL = timedelta(minutes=15)
"""How long before the start people are reminded, where their account chose nothing."""

LONGEST = 24 * 60
_MINUTE = timedelta(minutes=1)


class Reminder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many minutes before the start people are reminded by mail; null is never."""

    minutes_before: int | None

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:  # noqa: ARG004
        """Find out what is wrong with those fields that could be read."""
        _check(readable.get("minutes_before"), errors=errors)


def find_reminder(db: Connection, *, by: Caller) -> Reminder:
    """Return what the caller's account chose."""
    chosen = chosen_lead(db, by.account)
    lead = USUAL if chosen is None else chosen[0]
    return Reminder(minutes_before=None if lead is None else lead // _MINUTE)


def set_reminder(db: Connection, wanted: Reminder, *, by: Caller, now: datetime) -> Reminder:
    """Choose for the caller's account, for which they must be its administrator."""
    by.need_to_administer(Role.ADMINISTRATOR)
    errors: list[FieldError] = []
    _check(wanted.minutes_before, errors=errors)
    if errors:
        raise Invalid(*errors)
    if find_reminder(db, by=by) != wanted:
        minutes = wanted.minutes_before
        save_lead(db, by.account, None if minutes is None else minutes * _MINUTE)
        fact = ReminderChanged(account=by.account, subject=by.account, actor=by.person, at=now, minutes_before=minutes)
        tell(db, fact)
    return wanted


def _check(minutes: int | None, *, errors: list[FieldError]) -> None:
    if minutes is not None and not 1 <= minutes <= LONGEST:
        errors.append(
            FieldError("minutes_before", N_("Write a number from %(least)s to %(most)s."), least=1, most=LONGEST)
        )
