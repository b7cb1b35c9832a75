"""How the form for a new meeting opens: at the next half hour, at a time that was pointed at, or like another one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from parley import meetings
from parley.calendar import parsed
from parley.ground.db import Connection
from parley.meetings import Content, Guest
from parley.people import Caller, User, users_named
from parley.web.meetings import repeat_form
from parley.web.meetings.calendar_period import day_written
from parley.web.meetings.plan_form import when_fields
from parley.web.shell import Form
from parley.web.shell.times import zone

_USUAL_LENGTH = timedelta(minutes=30)
_USUAL_START = time(9)
_DAY = timedelta(days=1)
_MOST_PICKED = 50


def opening(now: datetime, *, time_zone: str, on: str = "", start: str = "", end: str = "") -> Form:
    """Return the form open at the next half hour that is not too soon, or at the day and the times that are named."""
    soon = _next_half_hour(now, time_zone)
    day = day_written(on, otherwise=soon.date())
    begin = datetime.combine(day, _time_written(start) or (soon.time() if day == soon.date() else _USUAL_START))
    until = _time_written(end)
    finish = begin + _USUAL_LENGTH if until is None or until <= begin.time() else datetime.combine(day, until)
    return Form.of(time_zone=time_zone, **when_fields(begin, finish), **repeat_form.shown(None, begin))


def opened_like(db: Connection, meeting: int, *, by: Caller, now: datetime) -> Form:
    """Return the form for another meeting like this one, on the next day of the week on which this one was."""
    found = meetings.meeting_seen_by(db, meeting, by=by)
    invited = meetings.guests_of(db, found) if found.may_be_changed_by(by) else ()
    return _planned(db, Content.of(found, invited), on_same_weekday=True, by=by, now=now)


def opened_from(db: Connection, template: int, *, by: Caller, now: datetime) -> Form:
    """Return the form for a meeting made from a template: tomorrow, or on its day of the week when it repeats."""
    content = meetings.find_template(db, template, by=by).content
    return _planned(db, content, on_same_weekday=content.recurrence is not None, by=by, now=now)


def _planned(db: Connection, content: Content, *, on_same_weekday: bool, by: Caller, now: datetime) -> Form:
    """Return the form on the next such day, which is the next day at all or of the week; who is gone is left out."""
    people = [*content.co_organizers, *(one.person for one in content.invited if one.person is not None)]
    known = users_named(db, people, account=by.account)
    names = {person: user for person, user in known.items() if user.active and person != by.person}
    tomorrow = now.astimezone(zone(content.time_zone)).date() + _DAY
    ahead = (content.day.weekday() - tomorrow.weekday()) % 7 if on_same_weekday else 0
    day = tomorrow + ahead * _DAY
    begin = datetime.combine(day, content.start)
    rule = None if content.recurrence is None else parsed(content.recurrence)
    kept = None if rule is not None and rule.until is not None and rule.until <= day else rule
    return Form.of(
        title=content.title,
        time_zone=content.time_zone,
        co_organizers=[person for person in content.co_organizers if person in names],
        **_invited(content.invited, names),
        **when_fields(begin, begin + content.length),
        **repeat_form.shown(kept, begin),
    )


def _invited(guests: Sequence[Guest], names: Mapping[int, User]) -> dict[str, object]:
    """Return the fields of those who are invited; where they are many, all stand as addresses."""
    few = len(guests) <= _MOST_PICKED
    users = [names[one.person] for one in guests if one.person is not None and one.person in names]
    written = [(one.name or "", one.email) for one in guests if one.email]
    if not few:
        written += [(user.name, user.email) for user in users]
    return {
        "invited": [user.id for user in users] if few else [],
        "invited_addresses": "\n".join(_as_mail_writes(name, address) for name, address in written if address),
        "invited_required": "1" if guests and all(one.required for one in guests) else None,
    }


def _as_mail_writes(name: str, address: str) -> str:
    """Return `"Hopper, Grace" <grace@example.org>`, as mail programs write people and read them."""
    plain = name.replace("\\", "").replace('"', "")
    return f'"{plain}" <{address}>' if plain else address


def _next_half_hour(now: datetime, time_zone: str) -> datetime:
    local = (now + timedelta(minutes=10)).astimezone(zone(time_zone)).replace(second=0, microsecond=0, tzinfo=None)
    return local + timedelta(minutes=-local.minute % 30)


def _time_written(written: str) -> time | None:
    try:
        return time.fromisoformat(written).replace(second=0, microsecond=0, tzinfo=None) if written else None
    except ValueError:
        return None
