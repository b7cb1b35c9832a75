"""What stands in a letter, in the language and the time zone of who reads it."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import msgspec
from babel import Locale
from babel.dates import format_date, format_datetime

from parley.calendar import rule_words, slots
from parley.ground.words import N_, translate
from parley.letters import Kind
from parley.meetings import Occurrence
from parley.notices.notice import Notice, Why
from parley.notices.telling import Content

_TO = "\N{EN DASH}"
_LOCALES = {"en": "en_GB", "de": "de_DE", "fr": "fr_FR", "it": "it_IT"}


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who reads it: what they are called, in which language and zone they live."""

    name: str
    language: str
    time_zone: str

    def say(self, message: str, **named: object) -> str:
        """Return the message in their language."""
        return translate(self.language, message, named)


def subject(notice: Notice, reader: Reader) -> str:
    """Return the subject: what it is, and of which meeting."""
    title = notice.telling.content.title
    match notice.kind:
        case Kind.CANCELLATION if len(notice.only) == 1:
            return reader.say(N_("Cancelled on %(day)s: %(title)s"), day=_wall_day(notice.only[0], reader), title=title)
        case Kind.CANCELLATION if notice.only or notice.why is Why.GONE:
            return reader.say(N_("Dates cancelled: %(title)s"), title=title)
        case Kind.CANCELLATION:
            return reader.say(N_("Cancelled: %(title)s"), title=title)
        case Kind.CHANGE:
            return reader.say(N_("Changed: %(title)s"), title=title)
        case _:
            return reader.say(N_("Invitation: %(title)s"), title=title)


def text(notice: Notice, reader: Reader, *, organizer: str, link: str, now: datetime) -> str:
    """Return the whole text."""
    content, before = notice.telling.content, notice.before
    ends = notice.kind is Kind.CANCELLATION and not notice.only
    said = when(content, reader) if ends else f"{when(content, reader)}{_coming(content, reader, now=now)}"
    blocks = [
        reader.say(N_("Hello %(name)s,"), name=reader.name),
        "\n".join([reader.say(_happened(notice), organizer=organizer), *_differences(notice, reader)]),
        f"{content.title}\n{said}",
    ]
    if notice.kind is Kind.CHANGE and before is not None and before.times != content.times:
        blocks.append(reader.say(N_("Before, it was: %(when)s"), when=when(before, reader)))
        blocks.append(reader.say(N_("If that does not suit you, say so with the link below.")))
    if not ends:
        blocks.append(f"{joining(reader)}\n{link}")
    return "\n\n".join(blocks) + "\n"


def _differences(notice: Notice, reader: Reader) -> list[str]:
    """Return a line for each date of a series that became different."""
    before, now = {} if notice.before is None else notice.before.moved, notice.telling.content.moved
    lines = []
    for written in sorted({*before, *now} if notice.before is not None else ()):
        day, to = _wall_day(datetime.fromisoformat(written), reader), now.get(written)
        if written in before and written in now and before[written] == to:
            continue
        if to is not None:
            lines.append(reader.say(N_("%(day)s is moved: %(when)s"), day=day, when=span(*to, reader)))
        elif written in now:
            lines.append(reader.say(N_("%(day)s is cancelled."), day=day))
        else:
            lines.append(reader.say(N_("%(day)s takes place as planned."), day=day))
    return [f"- {line}" for line in lines]


def joining(reader: Reader) -> str:
    """Return what the personal link is for."""
    return reader.say(
        N_("With this link you say whether you come, and join. It is yours alone; please do not pass it on:")
    )


def _happened(notice: Notice) -> str:
    """Return the sentence that says what happened; it takes the organizer's name."""
    if notice.kind is Kind.INVITATION:
        return N_("%(organizer)s invites you to a meeting.")
    if notice.kind is Kind.CHANGE:
        return N_("%(organizer)s changed a meeting that you are invited to. This is how it stands now:")
    if notice.only:
        return N_("%(organizer)s cancelled single dates of a meeting. The others stay.")
    return {
        Why.CANCELLED: N_("%(organizer)s cancelled a meeting that you were invited to."),
        Why.WITHDRAWN: N_("%(organizer)s withdrew your invitation to a meeting."),
        Why.GONE: N_(
            "%(organizer)s changed a meeting that you are invited to. It no longer takes place at these times:"
        ),
    }[notice.why]


def when(content: Content, reader: Reader) -> str:
    """Return when it is: a single meeting in the reader's zone, a series where it is planned."""
    stretch = content.stretch
    if stretch is None:
        return span(content.starts_at, content.ends_at, reader)
    hours = f"{_clock(content.starts_at, content.time_zone)}{_TO}{_clock(content.ends_at, content.time_zone)}"
    rule = rule_words(stretch.rule, first=stretch.first, language=reader.language)
    return f"{rule}, {hours} ({_zone(content.time_zone)})"


def _coming(content: Content, reader: Reader, *, now: datetime) -> str:
    """Return a line with the next time of a series, in the reader's zone."""
    stretch = content.stretch
    if stretch is None:
        return ""
    moved = {datetime.fromisoformat(local) for local in content.moved}
    coming = next((slot for slot in slots(stretch, since=now) if slot.original not in moved), None)
    if coming is None:
        return ""
    following = span(coming.starts_at, coming.ends_at, reader)
    return "\n" + reader.say(N_("The next one: %(when)s"), when=following)


def span(starts_at: datetime, ends_at: datetime, reader: Reader) -> str:
    """Return `Monday, 2 March 2026, 14:00 (Europe/Berlin)`."""
    zone = ZoneInfo(reader.time_zone)
    first, last = starts_at.astimezone(zone), ends_at.astimezone(zone)
    end = f"{last:%H:%M}" if first.date() == last.date() else f"{_day(ends_at, reader)}, {last:%H:%M}"
    return f"{_day(starts_at, reader)}, {first:%H:%M}{_TO}{end} ({_zone(reader.time_zone)})"


def reminder(occurrence: Occurrence, reader: Reader, *, link: str, now: datetime) -> tuple[str, str]:
    """Return subject and text of what reminds somebody of an occurrence that is about to start."""
    starts_at, title = occurrence.starts_at, occurrence.meeting.title
    minutes = max(1, round((starts_at - now) / timedelta(minutes=1)))
    heading = reader.say(N_("At %(time)s: %(title)s"), time=_clock(starts_at, reader.time_zone), title=title)
    blocks = [
        reader.say(N_("Hello %(name)s,"), name=reader.name),
        reader.say(N_("this meeting starts in %(minutes)s min:"), minutes=minutes),
        f"{title}\n{span(starts_at, occurrence.ends_at, reader)}",
        f"{joining(reader)}\n{link}",
    ]
    return heading, "\n\n".join(blocks) + "\n"


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, "en_GB"))


def _day(at: datetime, reader: Reader) -> str:
    return format_datetime(
        at, _locale(reader.language).date_formats["full"].pattern, ZoneInfo(reader.time_zone), _locale(reader.language)
    )


def _wall_day(local: datetime, reader: Reader) -> str:
    return format_date(local.date(), "full", locale=_locale(reader.language))


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _zone(name: str) -> str:
    return name.replace("_", " ")
