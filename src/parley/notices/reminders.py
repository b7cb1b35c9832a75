"""Reminders: who is invited hears of what is about to start, once, and never of what is cancelled."""

from datetime import datetime

import msgspec

from parley import letters, meetings
from parley.ground.db import Connection
from parley.letters import Content, Kind, NewLetter
from parley.meetings import Invitation, Occurrence, Reply
from parley.notices.compose import Desk
from parley.notices.notice import reminders_of
from parley.notices.reminder import USUAL
from parley.notices.rows.reminding import chosen_leads
from parley.notices.words import Reader, reminder
from parley.people import User, find_accounts, users_named


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """An occurrence that starts soon, and who is to be reminded of it."""

    occurrence: Occurrence
    organizer: User | None
    people: tuple[tuple[Invitation, User | None], ...]


def due_reminders(db: Connection, *, now: datetime) -> tuple[Due, ...]:
    """Return what starts soon, with everybody who is invited, did not decline and was not reminded of it."""
    leads = chosen_leads(db)
    return tuple(
        due
        for account in find_accounts(db)
        if (lead := leads.get(account.id, USUAL)) is not None
        for occurrence in meetings.starting_soon(db, account.id, since=now, until=now + lead)
        if (due := _due(db, occurrence)) is not None
    )


def _due(db: Connection, occurrence: Occurrence) -> Due | None:
    """Return who is to be reminded of an occurrence."""
    invited = [each for each in meetings.everybody_invited(db, occurrence.meeting.id) if _wants(each)]
    onces = {once_of(each, occurrence): each for each in invited}
    for once in letters.written(db, [*onces]):
        del onces[once]
    if not onces:
        return None
    people = {each.person for each in onces.values() if each.person is not None}
    users = users_named(db, people | {occurrence.meeting.organizer}, account=occurrence.meeting.account)
    pairs = [(each, None if each.person is None else users.get(each.person)) for each in onces.values()]
    return Due(
        occurrence=occurrence,
        organizer=users.get(occurrence.meeting.organizer),
        people=tuple((each, user) for each, user in pairs if each.person is None or (user and user.active)),
    )


def _wants(invitation: Invitation) -> bool:
    return bool(invitation.email) and invitation.reply is not Reply.DECLINED


def once_of(invitation: Invitation, occurrence: Occurrence) -> str:
    """Return what nobody is reminded of twice: this occurrence, at this time."""
    return f"reminder.{invitation.id}.{occurrence.starts_at:%Y%m%dT%H%M%SZ}"


def compose_reminder(due: Due, invitation: Invitation, user: User | None, *, desk: Desk, now: datetime) -> NewLetter:
    """Return the letter that reminds somebody."""
    occurrence, meeting, organizer = due.occurrence, due.occurrence.meeting, due.organizer
    reader = Reader(
        name=invitation.name,
        language=user.locale if user is not None else "en" if organizer is None else organizer.locale,
        time_zone=occurrence.time_zone if user is None else user.time_zone,
    )
    link = desk.link(invitation.id, number=meeting.number)
    subject, text = reminder(occurrence, reader, link=link, now=now)
    return NewLetter(
        once=once_of(invitation, occurrence),
        thread=reminders_of(invitation.id),
        account=meeting.account,
        kind=Kind.REMINDER,
        email=invitation.email,
        subject=subject,
        content=Content(text=text, writer=None if organizer is None else organizer.name),
        meeting=meeting.id,
        invitation=invitation.id,
        expires_at=occurrence.starts_at,
    )
