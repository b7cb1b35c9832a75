"""Series: how a meeting repeats, when it ends, and what becomes of single times when a rule changes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from parley.calendar import ENDLESS, Rule, Stretch, instant, last_slot, on_or_after, slots
from parley.meetings.meeting import Meeting
from parley.meetings.occurrence import Exceptions, Moved

_DAY = timedelta(days=1)


def on_the_wall(at: datetime, time_zone: str) -> datetime:
    """Return what the clock on the wall shows then, without a zone."""
    return at.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)


def stretch_from(starts_at: datetime, ends_at: datetime, *, time_zone: str, rule: Rule) -> Stretch:
    """Return the stretch that begins with the first time that the rule names at this start or after it."""
    first = on_the_wall(starts_at, time_zone)
    return Stretch(first=on_or_after(first, rule) or first, length=ends_at - starts_at, time_zone=time_zone, rule=rule)


def ends_of(stretches: tuple[Stretch, ...], exceptions: Exceptions) -> datetime | None:
    """Return the end of the last occurrence, wherever that was moved; None when nothing repeats."""
    if not stretches:
        return None
    lasts = [last_slot(stretch) for stretch in stretches]
    if any(stretch.rule.is_endless for stretch in stretches):
        return ENDLESS
    ends = [last.ends_at for last in lasts if last is not None]
    ends += [one.ends_at for one in exceptions.values() if one is not None]
    return max(ends, default=instant(stretches[0].first, stretches[0].time_zone))


def repeating(meeting: Meeting, stretches: tuple[Stretch, ...], exceptions: Exceptions) -> Meeting:
    """Return the meeting as it repeats by these stretches: it begins with the first, and is in the zone of the last."""
    first = stretches[0].slot(stretches[0].first)
    return replace(
        meeting,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        time_zone=stretches[-1].time_zone,
        stretches=stretches,
        repeats_until=ends_of(stretches, exceptions),
    )


def cut(stretches: tuple[Stretch, ...], local: datetime) -> tuple[Stretch, ...]:
    """Return what is left of the stretches when they end before this start on the wall."""
    last_day, left = local.date() - _DAY, list[Stretch]()
    for stretch in stretches:
        last = last_slot(stretch)
        if last is not None and last.original < local:
            left.append(stretch)
        elif stretch.first.date() <= last_day:
            left.append(replace(stretch, rule=replace(stretch.rule, count=None, until=last_day)))
    return tuple(left)


def rest_of(stretch: Stretch, local: datetime) -> Rule:
    """Return the rule as it goes on from this start on the wall: of a counted one, what is left."""
    if stretch.rule.count is None:
        return stretch.rule
    before = sum(1 for slot in slots(stretch) if slot.original < local)
    return replace(stretch.rule, count=stretch.rule.count - before)


def carried(exceptions: Exceptions, stretches: tuple[Stretch, ...], *, since: datetime | None = None) -> Exceptions:
    """Return what stays different about single occurrences under new rules: each goes with its day.

    What was cancelled stays cancelled at the day's new time, what was moved stays where it was moved to. Days on which
    nothing takes place any more leave theirs behind. Before `since` (on the wall) all stays.
    """
    kept: dict[datetime, Moved | None] = {}
    for local, moved in exceptions.items():
        if since is not None and local < since:
            kept[local] = moved
            continue
        midnight = datetime.combine(local.date(), datetime.min.time())
        for stretch in stretches:
            for slot in slots(stretch, since=instant(midnight, stretch.time_zone)):
                if slot.original.date() >= local.date():
                    if slot.original.date() == local.date() and (since is None or slot.original >= since):
                        kept[slot.original] = moved
                    break
    return kept
