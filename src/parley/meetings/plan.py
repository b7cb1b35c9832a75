"""Planning: what people write when they make or change a meeting, and what is wrong with it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, replace

from parley.calendar import Rule, instant, on_or_after, read_rule
from parley.ground import ids
from parley.ground.faults import FieldError, NotFound
from parley.ground.words import N_
from parley.meetings.meeting import Meeting
from parley.meetings.series import on_the_wall
from parley.meetings.when import check_span, check_start, moment
from parley.people import Caller, Lobby, is_zone, one_line

LONGEST_TITLE = 200
MOST_CO_ORGANIZERS = 50
SHORTEST_PASSWORD = 4
LONGEST_PASSWORD = 128


class NewMeeting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting to be scheduled. Times have an offset, or are local times in `time_zone` (the organizer's if none).

    `recurrence` is a rule of RFC 5545: FREQ=WEEKLY;BYDAY=MO,WE. `lobby` says who waits until a host lets them in;
    without one, the account decides where there is no password, and with a password nobody waits.
    """

    title: str
    starts_at: str
    ends_at: str
    time_zone: str | None = None
    co_organizers: tuple[str, ...] = ()
    password: str | None = None
    lobby: Lobby | None = None
    recurrence: str | None = None

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:
        """Find out what is wrong with those fields that could be read."""
        plan = _readable(readable, by=by, now=now, errors=errors)
        if plan is not None and plan.starts_at != now:
            check_start(plan.starts_at, now=now, errors=errors)


class MeetingChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about a meeting; what is not named stays. Null takes the password or recurrence away."""

    title: str | UnsetType = UNSET
    starts_at: str | UnsetType = UNSET
    ends_at: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    co_organizers: tuple[str, ...] | UnsetType = UNSET
    password: str | UnsetType | None = UNSET
    lobby: Lobby | UnsetType | None = UNSET
    recurrence: str | UnsetType | None = UNSET

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:
        """Find out what is wrong with those fields that could be read."""
        _readable(readable, by=by, now=now, errors=errors)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What people choose about a meeting."""

    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    co_organizers: tuple[int, ...] = ()
    has_password: bool = False
    lobby: Lobby | None = None
    rule: Rule | None = None

    @classmethod
    def of(cls, meeting: Meeting) -> "Plan":
        """Return what was chosen about a meeting."""
        return cls(**{field: getattr(meeting, field) for field in cls.__struct_fields__})

    def chosen(self) -> dict[str, Any]:
        """Return what a meeting takes over as it is; how it repeats is worked out from the rule."""
        return {name: value for name, value in asdict(self).items() if name != "rule"}

    def without(self, organizer: int | None) -> "Plan":
        """Return the plan with the organizer not among the co-organizers."""
        return replace(self, co_organizers=tuple(person for person in self.co_organizers if person != organizer))


def planned(written: NewMeeting | MeetingChange, *, kept: Plan, now: datetime, errors: list[FieldError]) -> Plan:
    """Return the plan as it was written; what is not named or not readable is as it was in `kept`."""
    plan = _read(written, kept=kept, errors=errors)
    if not _has_wrong_times(errors):
        if plan.starts_at != kept.starts_at:
            check_start(plan.starts_at, now=_earliest(kept, now), errors=errors)
        check_span(plan.starts_at, plan.ends_at, errors=errors)
    return plan


def _earliest(kept: Plan, now: datetime) -> datetime:
    """Return when it may begin: a series that has begun may be moved within its first day."""
    return now if kept.rule is None else min(now, kept.starts_at - timedelta(days=1))


def _readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> Plan | None:
    """Return the plan of those fields that could be read; None where its times are wrong already."""
    written = MeetingChange(**readable)
    plan = _read(written, kept=Plan(title="", starts_at=now, ends_at=now, time_zone=by.time_zone), errors=errors)
    if _has_wrong_times(errors):
        return None
    if UNSET not in (written.starts_at, written.ends_at):
        check_span(plan.starts_at, plan.ends_at, errors=errors)
    return plan


def _has_wrong_times(errors: list[FieldError]) -> bool:
    return bool({"starts_at", "ends_at", "time_zone"} & {error.field for error in errors})


def _read(written: NewMeeting | MeetingChange, *, kept: Plan, errors: list[FieldError]) -> Plan:
    zone = _zone(written.time_zone, kept=kept.time_zone, errors=errors)
    plan = Plan(
        title=_title(written.title, kept=kept.title, errors=errors),
        starts_at=_moment(written.starts_at, kept=kept.starts_at, zone=zone, field="starts_at", errors=errors),
        ends_at=_moment(written.ends_at, kept=kept.ends_at, zone=zone, field="ends_at", errors=errors),
        time_zone=zone,
        co_organizers=_co_organizers(written.co_organizers, kept=kept.co_organizers, errors=errors),
        has_password=_has_password(written.password, kept=kept.has_password, errors=errors),
        lobby=kept.lobby if written.lobby is UNSET else written.lobby,
    )
    rule = _rule(written.recurrence, kept=kept.rule, plan=plan, errors=errors)
    return plan if rule is None else _begun(replace(plan, rule=rule), rule)


def _rule(written: str | UnsetType | None, *, kept: Rule | None, plan: Plan, errors: list[FieldError]) -> Rule | None:
    """Return the rule; one that is kept must also go with a new start."""
    if written is UNSET:
        written = None if kept is None else str(kept)
    if written is None:
        return None
    first = on_the_wall(plan.starts_at, plan.time_zone)
    return read_rule(written, first=first, time_zone=plan.time_zone, field="recurrence", errors=errors)


def _begun(plan: Plan, rule: Rule) -> Plan:
    """Return the plan as it begins with the first time that its rule names."""
    first = on_the_wall(plan.starts_at, plan.time_zone)
    named = on_or_after(first, rule)
    if named is None or named == first:
        return plan
    starts_at = instant(named, plan.time_zone)
    return replace(plan, starts_at=starts_at, ends_at=starts_at + (plan.ends_at - plan.starts_at))


def acceptable(password: str) -> bool:
    """Tell whether this may be a meeting's password."""
    return SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD and password.isprintable()


def _title(written: str | UnsetType, *, kept: str, errors: list[FieldError]) -> str:
    return kept if written is UNSET else one_line(written, field="title", most=LONGEST_TITLE, errors=errors)


def _zone(written: str | UnsetType | None, *, kept: str, errors: list[FieldError]) -> str:
    if written is UNSET or written is None:
        return kept
    if not is_zone(written):
        errors.append(FieldError("time_zone", N_("This is not a time zone; write one like Europe/Berlin.")))
        return kept
    return written


def _moment(written: str | UnsetType, *, kept: datetime, zone: str, field: str, errors: list[FieldError]) -> datetime:
    return kept if written is UNSET else moment(written, zone=zone, field=field, errors=errors) or kept


def _has_password(written: str | UnsetType | None, *, kept: bool, errors: list[FieldError]) -> bool:
    if written is UNSET:
        return kept
    if written is not None and not acceptable(written):
        limits = {"least": SHORTEST_PASSWORD, "most": LONGEST_PASSWORD}
        errors.append(FieldError("password", N_("A password has %(least)s to %(most)s characters."), **limits))
    return written is not None


def _co_organizers(
    written: tuple[str, ...] | UnsetType, *, kept: tuple[int, ...], errors: list[FieldError]
) -> tuple[int, ...]:
    if written is UNSET:
        return kept
    co_organizers: set[int] = set()
    for person in written[: MOST_CO_ORGANIZERS + 1]:
        try:
            co_organizers.add(ids.parse(person))
        except NotFound:
            errors.append(FieldError("co_organizers", N_("There is nobody under the id %(id)s."), id=person[:20]))
    if len(co_organizers) > MOST_CO_ORGANIZERS:
        errors.append(
            FieldError("co_organizers", N_("A meeting has at most %(most)s co-organizers."), most=MOST_CO_ORGANIZERS)
        )
    return tuple(sorted(co_organizers))
