"""What the pages of the history are narrowed by, as their address says it; what is none of it is passed over."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

import msgspec
from litestar.datastructures import MultiDict

from parley.ground.db import Connection
from parley.ground.faults import Invalid
from parley.people import Caller, User, find_groups, find_users, groups_managed, managed_among, pattern_of
from parley.reports import Wanted
from parley.web.shell import Form
from parley.web.shell.choosing import ids_among
from parley.web.shell.times import day_of, zone

NAMES = ("from", "to", "organizer", "group", "person", "title", "meeting")
_MOST_PEOPLE = 200
_LONGEST_TITLE = 200
_USUALLY = timedelta(days=30)


class Asked(msgspec.Struct, frozen=True):
    """The filters in an address."""

    values: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, query: MultiDict[str]) -> "Asked":
        """Return the filters of a query."""
        return cls({name: tuple(query.getall(name, [])) for name in NAMES})

    @property
    def any(self) -> bool:
        """Whether anything is filtered."""
        return any(one for values in self.values.values() for one in values)

    @property
    def form(self) -> Form:
        """The form that shows them."""
        return Form.of(**{name: values for name, values in self.values.items() if values})

    @property
    def query(self) -> str:
        """The query that asks for the same again."""
        return urlencode([(name, one) for name, values in self.values.items() for one in values if one])

    def in_the_last_weeks(self, now: datetime, zone_name: str) -> "Asked":
        """Return the same over a period that has a beginning, where none is named."""
        if self._day("from") or self._day("to"):
            return self
        today = day_of(now, zone_name)
        days = {"from": (str(today - _USUALLY),), "to": (str(today),)}
        return Asked({**self.values, **days})

    def wanted(self, zone_name: str) -> Wanted:
        """Return what is asked for."""
        first, last = self._day("from"), self._day("to")
        return Wanted(
            meeting=next(iter(self._ids("meeting")), None),
            organizers=self._ids("organizer"),
            groups=self._ids("group"),
            participant=next(iter(self._ids("person")), None),
            query=self._title(),
            since=_midnight(first, zone_name) if first else None,
            until=_midnight(last + timedelta(days=1), zone_name) if last else None,
        )

    def _ids(self, name: str) -> tuple[int, ...]:
        return tuple(ids_among(one for one in self.values[name] if one))

    def _title(self) -> str | None:
        typed = next(iter(self.values["title"]), None)
        try:
            return typed if pattern_of(typed, most=_LONGEST_TITLE) else None
        except Invalid:
            return None

    def _day(self, name: str) -> date | None:
        """Return the day that was chosen; one at the ends of the calendar, where arithmetic fails, is none."""
        try:
            chosen = date.fromisoformat(next(iter(self.values[name]), ""))
        except ValueError:
            return None
        return chosen if date.min.year < chosen.year < date.max.year else None


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """By whom and by which groups somebody may filter."""

    people: tuple[User, ...]
    organizers: tuple[User, ...]
    groups: tuple[tuple[int, str], ...]


def offered(db: Connection, *, by: Caller) -> Offered:
    """Return by what the reader may filter: overseers by everybody, managers by the people of their groups."""
    if by.person is None or not by.may("people:read"):
        return Offered(people=(), organizers=(), groups=())
    people = find_users(db, by=by, limit=_MOST_PEOPLE).items
    if by.oversees:
        listed = find_groups(db, by=by, limit=_MOST_PEOPLE).items
        return Offered(people=people, organizers=people, groups=tuple((group.id, group.name) for group in listed))
    managed = managed_among(db, by.person, [user.id for user in people]) if by.manages else set()
    return Offered(
        people=people,
        organizers=tuple(user for user in people if user.id in managed or user.id == by.person) if managed else (),
        groups=tuple(groups_managed(db, by.person)) if by.manages else (),
    )


def _midnight(day: date, zone_name: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone(zone_name))
