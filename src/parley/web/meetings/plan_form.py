"""The form that plans a meeting: what it opens with, what was typed into it, and what is wrong in its own words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time

from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_, translate
from parley.meetings import Meeting, MeetingChange, NewMeeting
from parley.people import Lobby, User, is_zone
from parley.web.meetings import repeat_form
from parley.web.shell import Form
from parley.web.shell.times import day_of, zone
from parley.web.shell.zones import zone_meant

_HALF_A_DAY = 12 * 60
_LIKELY = 4 * 60
_FIELDS = {"starts_at": "start", "ends_at": "end", "recurrence": "repeats"}
_LABELS = {
    "title": N_("Subject"),
    "date": N_("Date"),
    "start": N_("Starts at"),
    "end": N_("Ends at"),
    "end_date": N_("Ends on another day"),
    "time_zone": N_("Time zone"),
}
_TIMES = ("date", "start", "end", "end_date", "time_zone")


def showing(meeting: Meeting) -> Form:
    """Return the form that changes a meeting, as the meeting is now, in its own time zone."""
    here = zone(meeting.time_zone)
    start = meeting.starts_at.astimezone(here)
    return Form.of(
        title=meeting.title,
        time_zone=meeting.time_zone,
        co_organizers=meeting.co_organizers,
        lobby=meeting.lobby,
        version=meeting.version,
        **when_fields(start, meeting.ends_at.astimezone(here)),
        **repeat_form.shown(meeting.rule, start),
    )


def when_fields(start: datetime, end: datetime) -> dict[str, str | None]:
    """Return the fields that show these times, of the clock on the wall."""
    return {
        "date": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "end_date": end.date().isoformat() if end.date() != start.date() else None,
    }


def tidy(form: Form, *, language: str) -> Form:
    """Return the form with its zone named as the database names it, and with the end that was offered and taken."""
    meant = form.with_values(time_zone=zone_meant(form.text("time_zone"), language=language))
    return meant.with_values(end=form.text("end_instead"), end_date="") if form.has("end_instead") else meant


def new_meeting(form: Form) -> NewMeeting:
    """Return what the form asks for."""
    return NewMeeting(
        title=form.text("title"),
        starts_at=_start(form),
        ends_at=_end(form),
        time_zone=form.text("time_zone"),
        co_organizers=form.every("co_organizers"),
        password=form.text("password") or None,
        lobby=_lobby(form),
        recurrence=recurrence(form),
    )


def _lobby(form: Form) -> Lobby | None:
    """Return who is to wait; None, as usual, where nothing or nonsense was chosen."""
    chosen = form.text("lobby")
    return Lobby(chosen) if chosen in {lobby.value for lobby in Lobby} else None


def recurrence(form: Form) -> str | None:
    """Return the rule that was chosen for the day that was chosen."""
    day = form.text("date")
    return repeat_form.recurrence_of(form, date.fromisoformat(day) if _reads(date.fromisoformat, day) else None)


def change_from(meeting: Meeting, form: Form, *, may_choose_co_organizers: bool) -> MeetingChange:
    """Return what the form changes about the meeting as it was shown."""
    shown = showing(meeting)
    asked: dict[str, object] = {}
    if form.text("title") != shown.text("title"):
        asked["title"] = form.text("title")
    if any(form.text(name) != shown.text(name) for name in _TIMES):
        asked |= {"starts_at": _start(form), "ends_at": _end(form), "time_zone": form.text("time_zone")}
    if "repeats" in form.values and not (repeat_form.same(form, shown) and form.text("date") == shown.text("date")):
        asked["recurrence"] = recurrence(form)
    if may_choose_co_organizers and set(form.every("co_organizers")) != set(shown.every("co_organizers")):
        asked["co_organizers"] = form.every("co_organizers")
    if form.has("password"):
        asked["password"] = form.text("password")
    elif form.has("no_password"):
        asked["password"] = None
    if "lobby" in form.values and form.text("lobby") != shown.text("lobby"):
        asked["lobby"] = _lobby(form)
    return MeetingChange(**asked)  # type: ignore[arg-type]


def refused(form: Form, fault: Invalid, *, now: datetime) -> Form:
    """Return the form with what is wrong beside its own fields, said so that it can be mended there."""
    return form.refused(Invalid(*_rephrased(form, fault, now=now)), fields=_FIELDS)


def _start(form: Form) -> str:
    return f"{form.text('date')}T{form.text('start')}"


def _end(form: Form) -> str:
    return f"{form.text('end_date') or form.text('date')}T{form.text('end')}"


def _rephrased(form: Form, fault: Invalid, *, now: datetime) -> Iterator[FieldError]:
    """Yield the verb's faults in the words of the form, in which day and time are fields of their own."""
    day = _wrong_day(form)
    if day is None and any(error.field == "starts_at" for error in fault.errors) and _is_past(form, now):
        day = FieldError("date", N_("This day is in the past."))
    if day is not None:
        yield day
    for error in fault.errors:
        name = _FIELDS.get(error.field, error.field)
        at = _wrong_time(form, name) if name in {"start", "end"} else None
        if at is not None:
            yield at
        elif error.field == "recurrence":
            yield repeat_form.wrong(form, error)
        elif name not in {"start", "end"} or day is None:
            yield _wrong_end(form) if name == "end" and _ends_before_it_starts(form) else error
    if _is_end_unjudged(form, fault) and _ends_before_it_starts(form):
        yield _wrong_end(form)


def _is_end_unjudged(form: Form, fault: Invalid) -> bool:
    """Tell whether the verb could not compare start and end, for want of a zone; here both are read."""
    judged = {error.field for error in fault.errors}
    return "time_zone" in judged and "ends_at" not in judged and _wrong_time(form, "end") is None


def _wrong_day(form: Form) -> FieldError | None:
    if not form.has("date"):
        return FieldError("date", N_("Choose a day."))
    return (
        None
        if _reads(date.fromisoformat, form.text("date"))
        else FieldError("date", N_("Write a day like 2026-03-02."))
    )


def _is_past(form: Form, now: datetime) -> bool:
    """Tell whether the day itself is over, whatever the time: then it is the day that has to be mended."""
    here = form.text("time_zone")
    return is_zone(here) and date.fromisoformat(form.text("date")) < day_of(now, here)


def _wrong_time(form: Form, name: str) -> FieldError | None:
    if not form.has(name):
        return FieldError(name, N_("Choose a time."))
    return None if _reads(time.fromisoformat, form.text(name)) else FieldError(name, N_("Write a time like 09:30."))


def _reads(read: Callable[[str], object], written: str) -> bool:
    try:
        read(written)
    except ValueError:
        return False
    return True


def _ends_before_it_starts(form: Form) -> bool:
    if form.text("end_date") not in {"", form.text("date")} or not _reads(time.fromisoformat, form.text("start")):
        return False
    return time.fromisoformat(form.text("end")) <= time.fromisoformat(form.text("start"))


def _wrong_end(form: Form) -> FieldError:
    suggested = likely_end(form.text("start"), form.text("end"))
    return FieldError("end", N_("The end is before the start. Did you mean %(suggested)s?"), suggested=suggested)


def likely_end(start: str, end: str) -> str:
    """Return the end that was probably meant by one before the start: 1:30 after 10:00 is 13:30, 9:30 is 10:30."""
    begin, typed = _minutes(start), _minutes(end)
    afternoon = typed + _HALF_A_DAY
    if 0 < afternoon - begin <= _LIKELY:
        return _written(afternoon)
    same_minutes = begin - begin % 60 + typed % 60
    return _written(same_minutes if same_minutes > begin else same_minutes + 60)


def _minutes(written: str) -> int:
    read = time.fromisoformat(written)
    return read.hour * 60 + read.minute


def _written(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def differences(meeting: Meeting, form: Form, names: Mapping[int, User], *, language: str) -> list[tuple[str, str]]:
    """Return what is there now where that is not what the form holds: the field in words, and its value."""
    there = showing(meeting)
    found = [
        (translate(language, label), there.text(name))
        for name, label in _LABELS.items()
        if there.text(name) != form.text(name)
    ]
    if {*there.every("co_organizers")} != {*form.every("co_organizers")}:
        chosen = ", ".join(names[person].name for person in meeting.co_organizers if person in names)
        found.append((translate(language, N_("Co-organizers")), chosen or "\N{EN DASH}"))
    return found
