"""A year of meetings: who was to come, who came, when, and what they wrote. The same seed gives the same year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import msgspec

from parley import meetings, sessions
from parley.demo.cast import GUESTS, Habits
from parley.demo.programme import CALLS, Calls, Series
from parley.ground.db import Connection
from parley.people import Caller

NODE = "demo"
"""The server process that the stays are written down for."""

ZONE = "Europe/Berlin"

_AN_HOUR = timedelta(hours=1)
_HOLIDAYS = ((12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (5, 1), (10, 3))
_REPLIES = {
    meetings.Reply.ACCEPTED: 0.72,
    meetings.Reply.TENTATIVE: 0.08,
    meetings.Reply.DECLINED: 0.04,
    meetings.Reply.NEEDS_ACTION: 0.16,
}
_HELD = 0.97
"""Share of the planned meetings that take place."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the demonstration as a user."""

    caller: Caller
    habits: Habits


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """The account of the demonstration."""

    actors: Mapping[str, Actor]
    groups: Mapping[str, int]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as it is about to take place."""

    meeting: int
    organizer: str
    expected: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    topics: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A series as it was planned."""

    meeting: int
    series: Series
    expected: tuple[str, ...]


def play(
    db: Connection,
    planned: Sequence[Planned],
    actors: Mapping[str, Actor],
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    seed: str,
) -> int:
    """Let everything take place that is planned between two moments of the past; return how many sessions there were.

    Single meetings are planned here, too, for the future as well.
    """
    dice = Random(seed)  # noqa: S311 (a play, not a secret)
    for one in planned:
        _skip(db, one, actors, since=since, until=until, now=now, dice=dice)
    coming = [run for one in planned for run in _runs(db, one, actors, since=since, until=until)]
    coming += _single(db, actors, since=since, until=until, now=now, dice=dice)
    held = 0
    for run in sorted(coming, key=lambda run: (run.starts_at, run.meeting)):
        if run.ends_at + _AN_HOUR < now and dice.random() < _HELD:
            _hold(db, run, actors, dice=dice)
            held += 1
    return held


def _runs(
    db: Connection, one: Planned, actors: Mapping[str, Actor], *, since: datetime, until: datetime
) -> Iterator[Run]:
    by = actors[one.series.organizer].caller
    found = meetings.occurrences_of(db, one.meeting, by=by, since=since, until=until, limit=100).items
    for occurrence in found:
        if since <= occurrence.starts_at < until and not occurrence.cancelled:
            yield Run(
                meeting=one.meeting,
                organizer=one.series.organizer,
                expected=one.expected,
                starts_at=occurrence.starts_at,
                ends_at=occurrence.ends_at,
                topics=one.series.topics,
            )


def _skip(
    db: Connection,
    one: Planned,
    actors: Mapping[str, Actor],
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    dice: Random,
) -> None:
    """Cancel what falls on holidays, and move one or the other by a day or some hours."""
    by = actors[one.series.organizer].caller
    found = meetings.occurrences_of(db, one.meeting, by=by, since=since, until=until, limit=100).items
    for occurrence in found:
        if not since <= occurrence.starts_at < until:
            continue
        day = occurrence.local.date()
        version = meetings.meeting_seen_by(db, one.meeting, by=by).version
        at = min(occurrence.starts_at - timedelta(days=5), now)
        if (day.month, day.day) in _HOLIDAYS:
            meetings.cancel_occurrence(db, one.meeting, occurrence.original_start, version=version, by=by, now=at)
        elif len(one.expected) > 3 and dice.random() < 0.04:  # noqa: PLR2004
            later = timedelta(hours=dice.choice((1, 2, 24)))
            change = meetings.OccurrenceChange(
                starts_at=(occurrence.starts_at + later).isoformat(), ends_at=(occurrence.ends_at + later).isoformat()
            )
            meetings.change_occurrence(
                db, one.meeting, occurrence.original_start, change, version=version, by=by, now=at
            )


def _single(
    db: Connection,
    actors: Mapping[str, Actor],
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    dice: Random,
) -> Iterator[Run]:
    """Plan the single meetings of a month."""
    workdays = [day for day in _days(since.date(), until.date()) if day.weekday() < 5]  # noqa: PLR2004
    for calls in CALLS:
        for _ in range(calls.each_month):
            if workdays:
                yield _call(db, calls, actors, day=dice.choice(workdays), now=now, dice=dice)


def _call(db: Connection, calls: Calls, actors: Mapping[str, Actor], *, day: date, now: datetime, dice: Random) -> Run:
    by = actors[calls.organizer].caller
    clock = time(dice.randint(8, 16), dice.choice((0, 15, 30)), tzinfo=ZoneInfo(ZONE))
    starts_at = datetime.combine(day, clock).astimezone(UTC)
    ends_at = starts_at + timedelta(minutes=calls.minutes)
    new = meetings.NewMeeting(
        title=dice.choice(calls.titles), starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat(), time_zone=ZONE
    )
    at = min(starts_at - timedelta(days=dice.randint(1, 6)), now - _AN_HOUR)
    meeting = meetings.schedule(db, new, password_hash=None, by=by, now=at)
    invited = [meetings.Wanted(person=str(actors[name].caller.person), required=True) for name in calls.people]
    send(db, meeting, invited, by=by, now=at, dice=dice)
    return Run(
        meeting=meeting.id,
        organizer=calls.organizer,
        expected=(calls.organizer, *calls.people),
        starts_at=starts_at,
        ends_at=ends_at,
        topics=calls.topics,
        guests=tuple(dice.sample(GUESTS, dice.randint(1, calls.guests))),
    )


def send(
    db: Connection,
    meeting: meetings.Meeting,
    invited: Sequence[meetings.Wanted],
    *,
    by: Caller,
    now: datetime,
    dice: Random,
) -> tuple[str, ...]:
    """Invite people, of whom most accept; return their names."""
    sent = meetings.invite(db, meeting.id, invited, by=by, now=now)
    for invitation in sent:
        [reply] = dice.choices(list(_REPLIES), list(_REPLIES.values()))
        if reply is not meetings.Reply.NEEDS_ACTION:
            at = now + timedelta(minutes=dice.randint(3, 900))
            meetings.respond(db, invitation.id, reply, through=meetings.Way.ACCOUNT, at=at)
    return tuple(invitation.name for invitation in sent)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days))


# One session


class _Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does at a moment of a session."""

    at: datetime
    who: int
    act: str
    text: str = ""


def _hold(db: Connection, run: Run, actors: Mapping[str, Actor], *, dice: Random) -> None:
    """Let one meeting take place: begun by its organizer about when it was planned, and ended for all."""
    by = actors[run.organizer].caller
    begun = run.starts_at + timedelta(seconds=dice.randint(-240, 90))
    planned = (run.ends_at - run.starts_at).total_seconds()
    over = run.starts_at + timedelta(seconds=planned * dice.triangular(0.55, 1.35, 0.97))
    session = meetings.start(db, run.meeting, by=by, now=begun)
    visits: list[_Visit] = []
    for name in run.expected:
        actor = actors[name]
        leads = name == run.organizer
        if not leads and dice.random() < actor.habits.absent:
            continue
        role = sessions.RoomRole.HOST if leads else sessions.RoomRole.ATTENDEE
        came = begun + timedelta(seconds=5) if leads else _coming(run, actor.habits, begun=begun, dice=dice)
        if came < over:
            who = sessions.enter(db, session.id, person=actor.caller.person, name=name, role=role, now=came).id
            visits += _visits(who, came, over, actor.habits, topics=run.topics, stays=leads, dice=dice)
    for name in run.guests:
        came = _coming(run, Habits(), begun=begun, dice=dice)
        if came < over:
            who = sessions.enter(db, session.id, person=None, name=name, role=sessions.RoomRole.ATTENDEE, now=came).id
            visits += _visits(who, came, over, Habits(), topics=run.topics, stays=False, dice=dice)
    for visit in sorted(visits, key=lambda visit: (visit.at, visit.who)):
        _do(db, visit)
    sessions.heartbeat(db, sorted({visit.who for visit in visits}), now=over)
    sessions.close_session(db, session.id, by=by.person, how=sessions.Ending.HOST, now=over)


def _coming(run: Run, habits: Habits, *, begun: datetime, dice: Random) -> datetime:
    """Return when somebody comes: about the time, or noticeably later."""
    late = dice.randint(240, 1100) if dice.random() < habits.late else dice.randint(-120, 150)
    return max(begun + timedelta(seconds=dice.randint(6, 40)), run.starts_at + timedelta(seconds=late))


def _visits(
    who: int, came: datetime, over: datetime, habits: Habits, *, topics: Sequence[str], stays: bool, dice: Random
) -> Iterator[_Visit]:
    """Yield what somebody does between coming and the end."""
    left = over
    yield _Visit(at=came, who=who, act="arrive")
    if not stays and dice.random() < habits.drops_out:
        lost = _between(came, over, dice)
        yield _Visit(at=lost, who=who, act="lose")
        came = min(over, lost + timedelta(seconds=dice.randint(40, 420)))
        if came == over:
            return
        yield _Visit(at=came, who=who, act="arrive")
    if not stays and dice.random() < habits.leaves_early:
        left = _between(came, over, dice)
        yield _Visit(at=left, who=who, act="leave")
    if topics and dice.random() < habits.talks:
        yield _Visit(at=_between(came, left, dice), who=who, act="say", text=dice.choice(topics))


def _between(first: datetime, last: datetime, dice: Random) -> datetime:
    return first + (last - first) * dice.uniform(0.15, 0.9)


def _do(db: Connection, visit: _Visit) -> None:
    if visit.act == "arrive":
        sessions.arrive(db, visit.who, node=NODE, now=visit.at)
    elif visit.act == "say":
        sessions.say(db, visit.who, text=visit.text, key=f"{visit.who}-{visit.at:%H%M%S}", now=visit.at)
    else:
        how = sessions.Departure.LEFT if visit.act == "leave" else sessions.Departure.LOST
        sessions.depart(db, visit.who, at=visit.at, how=how)
