"""The rules of an account on attendance: what is long enough, and what is late."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, replace
from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.ground.faults import FieldError
from parley.ground.words import N_
from parley.people import fields
from parley.people.caller import Caller
from parley.people.facts import AttendanceRulesChanged
from parley.people.find_accounts import find_account
from parley.people.roles import Role
from parley.people.rows import accounts

LATEST = 120
"""The most minutes after the start that may still count as in time."""


class AttendanceRules(msgspec.Struct, frozen=True, kw_only=True):
    """By what the attendance in an account is judged; a meeting may have a share of its own."""

    long_enough_percent: int
    late_after_minutes: int


class AttendanceRulesChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about the rules; what is not named stays."""

    long_enough_percent: int | UnsetType = UNSET
    late_after_minutes: int | UnsetType = UNSET

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:  # noqa: ARG004
        """Find out what is wrong with those fields that could be read."""
        _check(AttendanceRulesChange(**readable), errors=errors)


def check_share(percent: int | None, *, errors: list[FieldError]) -> None:
    """Find a share wrong that is none; None is the account's."""
    if percent is not None and not 1 <= percent <= 100:  # noqa: PLR2004 (per cent)
        errors.append(FieldError("long_enough_percent", N_("Write a number from 1 to 100.")))


def find_attendance_rules(db: Connection, *, by: Caller) -> AttendanceRules:
    """Return the rules of the caller's account."""
    account = find_account(db, by.account)
    return AttendanceRules(
        long_enough_percent=account.long_enough_percent, late_after_minutes=account.late_after_minutes
    )


def set_attendance_rules(
    db: Connection, change: AttendanceRulesChange, *, by: Caller, now: datetime
) -> AttendanceRules:
    """Set rules of the caller's account, for which they must be its administrator."""
    by.need_to_administer(Role.ADMINISTRATOR)
    errors: list[FieldError] = []
    _check(change, errors=errors)
    fields.refuse(errors)
    before = find_attendance_rules(db, by=by)
    after = replace(before, **{name: value for name, value in asdict(change).items() if value is not UNSET})
    if after != before:
        accounts.save_account(db, replace(find_account(db, by.account), **asdict(after)))
        tell(
            db,
            AttendanceRulesChanged(account=by.account, subject=by.account, actor=by.person, at=now, **asdict(after)),
        )
    return after


def _check(change: AttendanceRulesChange, *, errors: list[FieldError]) -> None:
    if change.long_enough_percent is not UNSET:
        check_share(change.long_enough_percent, errors=errors)
    if change.late_after_minutes is not UNSET and not 0 <= change.late_after_minutes <= LATEST:
        errors.append(FieldError("late_after_minutes", N_("Write a number from 0 to %(most)s."), most=LATEST))
