"""Attendance as it is drawn: one lane per person, a bar per stay, positions in per cent of one time line."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from parley.reports import DEPARTURE_WORDS, SOURCE_WORDS, Attendance
from parley.sessions import Confidence, Participation, RoomRole, Session, Stay

_UNSEEN = timedelta(seconds=20)
"""How long somebody may have been there after their last sign of life: the room keeps a seat this long."""

_THINNEST = 0.6
_THINNEST_GUESS = 1.6
_TICKS = 4
_STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720))
"""What may lie between two times that are written on the line."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A stay as a bar; `guess_*` is the stretch in which the end lies, where nobody saw it."""

    at: float
    width: float
    guess_at: float
    guess_width: float
    joined_at: datetime
    left_at: datetime | None
    how: str | None
    witness: str


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's stays, and all of them together."""

    name: str
    role: RoomRole
    guest: bool
    invited: bool
    required: bool
    absent: bool
    late: timedelta | None
    early: timedelta | None
    share: float
    enough: bool
    total: timedelta
    bars: tuple[Bar, ...]


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A time written on the line."""

    at: float
    time: datetime


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The stretch of time that is drawn."""

    start: datetime
    end: datetime

    def place(self, at: datetime) -> float:
        """Return where a moment lies, in per cent."""
        share = (at - self.start) / (self.end - self.start)
        return round(100 * min(max(share, 0.0), 1.0), 3)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Return the times that are written on it: from the start in even steps of whole minutes."""
        length = self.end - self.start
        step = next((step for step in _STEPS if step * _TICKS >= length), length / _TICKS)
        return tuple(
            Tick(at=self.place(at), time=at) for at in (self.start + n * step for n in range(length // step + 1))
        )


def timeline_of(session: Session, everybody: Iterable[Participation], *, now: datetime) -> Timeline:
    """Return the line on which the whole session fits."""
    starts = [stay.joined_at for one in everybody for stay in one.stays]
    start = min([session.started_at, *starts])
    return Timeline(start=start, end=max(session.ended_at or now, start + timedelta(seconds=1)))


def lanes(
    everybody: Iterable[Participation], judged: Iterable[Attendance], line: Timeline, *, now: datetime
) -> tuple[Lane, ...]:
    """Return a lane for everybody who was expected or came: first those who came first, last those who did not."""
    by_participant = {one.participant: one for one in judged}
    drawn = [_lane(one, by_participant[one.participant.id], line, now=now) for one in everybody]
    return tuple(sorted(drawn, key=lambda lane: (not lane.bars, lane.bars[0].joined_at if lane.bars else now)))


def peak(everybody: Iterable[Participation]) -> int:
    """Return how many people were there at once, at most."""
    stays = [stay for one in everybody for stay in one.stays]
    steps = [(stay.joined_at, 1) for stay in stays] + [(stay.left_at, -1) for stay in stays if stay.left_at]
    there = most = 0
    for _, step in sorted(steps):
        there += step
        most = max(most, there)
    return most


def _lane(one: Participation, judged: Attendance, line: Timeline, *, now: datetime) -> Lane:
    who = one.participant
    return Lane(
        name=who.name,
        role=who.role,
        guest=who.person is None,
        invited=who.invited,
        required=who.required,
        absent=judged.absent,
        late=judged.late,
        early=judged.early,
        share=judged.share,
        enough=judged.long_enough,
        total=one.duration(now),
        bars=tuple(_bar(stay, line, now=now) for stay in one.stays),
    )


def _bar(stay: Stay, line: Timeline, *, now: datetime) -> Bar:
    end = stay.left_at or now
    at, until = line.place(stay.joined_at), line.place(end)
    unsure = stay.confidence is Confidence.ESTIMATED
    guess = max(line.place(end + _UNSEEN) - until, _THINNEST_GUESS) if unsure else 0.0
    return Bar(
        at=min(at, 100 - _THINNEST),
        width=max(until - at, _THINNEST),
        guess_at=min(until, 100 - guess),
        guess_width=guess,
        joined_at=stay.joined_at,
        left_at=stay.left_at,
        how=DEPARTURE_WORDS[stay.ended_by] if stay.ended_by is not None else None,
        witness=SOURCE_WORDS[stay.source],
    )
