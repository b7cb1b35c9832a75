"""A telling: what there is to say about a part of a meeting, by which it shows whether somebody knows it already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from parley.calendar import Entry, Stretch, last_slot, parsed
from parley.ground.ids import new_id


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What people know about a part once they were told; times are UTC, those of occurrences as on the wall."""

    title: str
    organizer: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    first: str | None = None
    rule: str | None = None
    moved: dict[str, tuple[datetime, datetime] | None] = {}

    @classmethod
    def of(cls, part: Entry, *, organizer: int) -> "Content":
        """Return what there is to tell about a part of a meeting."""
        stretch = next(iter(part.stretches), None)
        slot = None if stretch is None else stretch.slot(stretch.first)
        return cls(
            title=part.title,
            organizer=organizer,
            starts_at=part.starts_at if slot is None else slot.starts_at,
            ends_at=part.ends_at if slot is None else slot.ends_at,
            time_zone=part.time_zone if stretch is None else stretch.time_zone,
            first=None if stretch is None else stretch.first.isoformat(),
            rule=None if stretch is None else str(stretch.rule),
            moved={local.isoformat(): to for local, to in sorted(part.moved.items())},
        )

    @property
    def times(self) -> tuple[object, ...]:
        """What an answer is given to: who said yes to one time has not said yes to another."""
        return self.starts_at, self.ends_at, self.first, self.rule

    @property
    def stretch(self) -> Stretch | None:
        """How it repeats."""
        if self.first is None or self.rule is None:
            return None
        return Stretch(
            first=datetime.fromisoformat(self.first),
            length=self.ends_at - self.starts_at,
            time_zone=self.time_zone,
            rule=parsed(self.rule),
        )

    def is_over(self, now: datetime) -> bool:
        """Tell whether nothing of it is to come."""
        stretch = self.stretch
        if stretch is None:
            return self.ends_at <= now
        if any(to is not None and to[1] > now for to in self.moved.values()):
            return False
        last = None if stretch.rule.is_endless else last_slot(stretch)
        return not stretch.rule.is_endless and (last is None or last.ends_at <= now)

    def newly_cancelled(self, before: "Content") -> tuple[datetime, ...]:
        """Return the occurrences that are cancelled now; none where anything else is different, too."""
        new = {at: to for at, to in self.moved.items() if at not in before.moved or before.moved[at] != to}
        same = msgspec.structs.replace(self, moved={}) == msgspec.structs.replace(before, moved={})
        if not same or set(before.moved) - set(self.moved) or any(to is not None for to in new.values()):
            return ()
        return tuple(datetime.fromisoformat(at) for at in new)

    def entry(self, *, uid: str, url: str, sequence: int, changed_at: datetime) -> Entry:
        """Return it as a part that calendars take in."""
        stretch = self.stretch
        return Entry(
            uid=uid,
            title=self.title,
            url=url,
            sequence=sequence,
            changed_at=changed_at,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            time_zone=self.time_zone,
            cancelled=False,
            stretches=() if stretch is None else (stretch,),
            moved={datetime.fromisoformat(local): to for local, to in self.moved.items()},
        )


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What there was to tell of a part at a time."""

    id: int
    part: int
    content: Content

    @classmethod
    def fresh(cls, part: int, content: Content) -> "Telling":
        """Return a telling of its own."""
        return cls(id=new_id(), part=part, content=content)

    @classmethod
    def read(cls, number: int, part: int, data: Mapping[str, Any]) -> "Telling":
        """Return a telling as it was stored."""
        return cls(id=number, part=part, content=msgspec.convert(data, Content))


class Told(msgspec.Struct, frozen=True):
    """What somebody was told last about a part, and where it was written to."""

    invitation: int
    part: int
    meeting: int
    telling: int | None
    standing: bool
    sequence: int
    since: int
    email: str
    name: str
    language: str
    time_zone: str
    answered_at: datetime | None = None
