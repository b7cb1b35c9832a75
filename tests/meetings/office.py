"""An office in which meetings are planned: steps that tests have in common."""

from typing import Any

import msgspec

from parley import meetings
from parley.ground.db import Store
from parley.ground.facts import BEGINNING, StoredFact, after
from parley.meetings import Meeting, MeetingChange, NewMeeting
from parley.people import Caller
from parley.sessions import Session
from tests.cast import Cast, let_max_manage
from tests.clock import SettableClock

PLAN = {"title": "Weekly", "starts_at": "2026-03-02T14:00", "ends_at": "2026-03-02T15:00", "time_zone": "Europe/Berlin"}
"""What people write when they plan Olga's meeting: 13:00 to 14:00 UTC on the day of the tests."""


class Office(msgspec.Struct, frozen=True):
    """Olga plans meetings here, at nine o'clock UTC, where nobody else is asked to."""

    store: Store
    clock: SettableClock
    cast: Cast

    async def plan(self, by: Caller | None = None, *, password_hash: str | None = None, **different: Any) -> Meeting:  # noqa: ANN401
        new = msgspec.convert(PLAN | different, NewMeeting)
        by = by or self.cast.olga
        return await self.store.write(meetings.schedule, new, password_hash=password_hash, by=by, now=self.clock())

    async def change(
        self,
        meeting: Meeting,
        by: Caller | None = None,
        *,
        password_hash: str | None = None,
        **different: Any,  # noqa: ANN401
    ) -> Meeting:
        return await self.store.write(
            meetings.change,
            meeting.id,
            msgspec.convert(different, MeetingChange),
            version=meeting.version,
            password_hash=password_hash,
            by=by or self.cast.olga,
            now=self.clock(),
        )

    async def start(self, meeting: Meeting, by: Caller | None = None) -> Session:
        return await self.store.write(meetings.start, meeting.id, by=by or self.cast.olga, now=self.clock())

    async def end(self, meeting: Meeting, by: Caller | None = None) -> Session:
        return await self.store.write(meetings.end, meeting.id, by=by or self.cast.olga, now=self.clock())

    async def cancel(self, meeting: Meeting, by: Caller | None = None, *, version: int | None = None) -> Meeting:
        by = by or self.cast.olga
        return await self.store.write(meetings.cancel, meeting.id, version=version, by=by, now=self.clock())

    async def see(self, meeting: Meeting, by: Caller | None = None) -> Meeting:
        return await self.store.read(meetings.meeting_seen_by, meeting.id, by=by or self.cast.olga)

    async def titles(self, by: Caller | None = None, **filters: Any) -> list[str]:  # noqa: ANN401
        """Return the titles on the first page of a list."""
        by = by or self.cast.olga
        page = await self.store.read(meetings.find_meetings, by=by, now=self.clock(), **filters)
        return [meeting.title for meeting in page.items]

    async def let_max_manage(self, *people: Caller) -> None:
        """Put these people into a group that Max manages."""
        await self.store.write(let_max_manage, self.cast, *people, now=self.clock())

    async def told(self) -> list[StoredFact]:
        """Return what was told, but for people."""
        facts = (await self.store.read(after, BEGINNING)).facts
        return [fact for fact in facts if not fact.type.startswith(("account.", "user.", "group."))]


def field_errors(refusal: Any) -> set[str]:  # noqa: ANN401 (what pytest caught)
    """Return the fields that an Invalid names."""
    return {wrong.field for wrong in refusal.value.errors}
