"""Lists of meetings are read along an index, however many meetings there are."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, text

from parley.ground.db import Connection
from parley.ground.ids import new_id
from parley.meetings import Stage, agenda, find_meetings, free_busy, join_info, meeting_seen_by, timetable
from parley.meetings.rows.invitations import invitations
from parley.meetings.rows.tables import meeting_organizers, meetings
from parley.people import Caller
from tests.meetings.office import Office
from tests.plans import plan_of, reads_all

MANY = 5_000
TABLES = ("meetings", "meeting_organizers", "invitations")

FILTERS: dict[str, dict[str, Any]] = {
    "all": {},
    "coming": {"earliest_first": True, "stage": Stage.PLANNED},
    "ended": {"stage": Stage.ENDED},
    "cancelled": {"stage": Stage.CANCELLED},
    "mine": {"mine": True},
}


def _fill(db: Connection, office: Office) -> None:
    """Plan a meeting every hour, before and after now, in turn by Olga and Otto; Mia is invited to every fifth."""
    people = (office.cast.olga.person, office.cast.otto.person)
    first = office.clock() - timedelta(hours=MANY // 2)
    planned = [
        {
            "id": new_id(),
            "account": office.cast.olga.account,
            "organizer": people[number % 2],
            "number": 100_000_000 + number,
            "title": "Hourly",
            "title_folded": "hourly",
            "immediate": False,
            "starts_at": first + timedelta(hours=number),
            "ends_at": first + timedelta(hours=number + 1),
            "time_zone": "UTC",
            "version": 1,
            "created_at": first,
            "cancelled_at": None if number % 10 else first,
        }
        for number in range(MANY)
    ]
    mine = [{"meeting": one["id"], "person": one["organizer"], "starts_at": one["starts_at"]} for one in planned]
    db.execute(insert(meetings), planned)
    db.execute(insert(meeting_organizers), mine)
    db.execute(insert(invitations), [_inviting(office.cast.mia, one) for one in planned[::5]])
    db.execute(text("ANALYZE"))


def _inviting(person: Caller, meeting: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": new_id(),
        "account": meeting["account"],
        "meeting": meeting["id"],
        "person": person.person,
        "name": person.name,
        "required": False,
        "invited_at": meeting["created_at"],
        "reply": "needs-action",
        "comment": "",
        "starts_at": meeting["starts_at"],
    }


@pytest.fixture
async def busy(office: Office) -> Office:
    await office.store.write(_fill, office)
    return office


@pytest.mark.parametrize("name", ["ada", "olga", "mia"])
async def test_no_list_reads_all_meetings(busy: Office, name: str) -> None:
    by: Caller = getattr(busy.cast, name)
    everyday = {**FILTERS, "organizer": {"organizer": by.person}, "week": {"until": busy.clock() + timedelta(days=7)}}
    for wanted in everyday.values():
        found = partial(find_meetings, by=by, now=busy.clock(), limit=20, **wanted)
        plan = await busy.store.read(plan_of, found)
        assert not reads_all(plan, *TABLES), f"{wanted}\n{plan}"


async def test_the_next_page_begins_where_the_last_one_ended(busy: Office) -> None:
    for by in (busy.cast.ada, busy.cast.olga, busy.cast.mia):
        page = await busy.store.read(find_meetings, by=by, now=busy.clock(), limit=20)
        plan = await busy.store.read(plan_of, find_meetings, by=by, now=busy.clock(), limit=20, cursor=page.next)
        assert not reads_all(plan, *TABLES), plan


async def test_what_is_live_is_found_without_reading_the_rest(busy: Office) -> None:
    for by in (busy.cast.ada, busy.cast.olga):
        plan = await busy.store.read(plan_of, find_meetings, by=by, now=busy.clock(), stage=Stage.LIVE)
        assert "Seq Scan on meetings" not in plan, plan
        assert "ix_meetings_account" not in plan, plan


async def test_one_meeting_is_found_by_its_key(busy: Office) -> None:
    page = await busy.store.read(find_meetings, by=busy.cast.olga, now=busy.clock(), limit=1)
    (meeting,) = page.items
    plans = [
        await busy.store.read(plan_of, meeting_seen_by, meeting.id, by=busy.cast.olga),
        await busy.store.read(plan_of, join_info, str(meeting.number), by=None, now=busy.clock()),
    ]
    for plan in plans:
        assert not reads_all(plan, *TABLES), plan


async def test_an_agenda_reads_series_along_an_index_of_their_ends(busy: Office) -> None:
    for by, index in (
        (busy.cast.ada, "ix_meetings_account"),
        (busy.cast.olga, "ix_meeting_organizers_person"),
        (busy.cast.mia, "ix_invitations_person"),
    ):
        plan = await busy.store.read(plan_of, agenda, by=by, now=busy.clock(), limit=20)
        assert not reads_all(plan, *TABLES), plan
        assert f"{index}_repeats_until" in plan, plan


_ALL, _OWN = "ix_meetings_account_starts_at_id", "ix_meeting_organizers_person_starts_at_meeting"


@pytest.mark.parametrize(("name", "mine", "index"), [("ada", False, _ALL), ("ada", True, _OWN), ("olga", False, _OWN)])
async def test_a_calendar_is_read_along_an_index(busy: Office, name: str, index: str, *, mine: bool) -> None:
    since, by = busy.clock(), getattr(busy.cast, name)
    week = partial(timetable, by=by, since=since, until=since + timedelta(days=7), now=since, mine=mine)
    assert index in await busy.store.read(plan_of, week)


async def test_who_is_busy_is_read_along_an_index(busy: Office) -> None:
    since, people = busy.clock(), [busy.cast.olga.person or 0, busy.cast.otto.person or 0]
    asked = partial(free_busy, people=people, by=busy.cast.ada, since=since, until=since + timedelta(days=7))
    assert _OWN in await busy.store.read(plan_of, asked)
