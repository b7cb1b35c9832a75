"""Finding out what people have to be told about a meeting: what stands now, beside what each was told last."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from parley import letters, meetings
from parley.calendar import parts_of
from parley.ground.db import Connection
from parley.letters import Kind, State
from parley.meetings import Invitation, Meeting, Stage
from parley.notices.notice import Notice, Why, Work
from parley.notices.rows.told import tellings_of, told_of
from parley.notices.telling import Content, Telling, Told
from parley.people import Caller, User, operator, users_named

_SOON = timedelta(days=2)
_MOST_STARTS = 50


class _State(msgspec.Struct, frozen=True, kw_only=True):
    """What stands, who is invited, and what was told."""

    meeting: Meeting
    now: datetime
    current: tuple[Telling, ...]
    invited: Mapping[int, Invitation]
    users: Mapping[int, User]
    known: Mapping[int, Telling]
    told: Mapping[tuple[int, int], Told]

    @property
    def organizer(self) -> User | None:
        """Who organizes it."""
        return self.users.get(self.meeting.organizer)


def what_to_tell(db: Connection, meeting: int, *, account: int, url: str, now: datetime) -> Work:
    """Return everything that people have to be told about the meeting; nobody's rights are asked."""
    by = operator(account)
    found, entry = meetings.calendar_entry(db, meeting, by=by, url=url, now=now)
    invited = {each.id: each for each in meetings.everybody_invited(db, meeting)}
    people = {each.person for each in invited.values() if each.person is not None}
    known = tellings_of(db, meeting)
    contents = [Content.of(part, organizer=found.organizer) for part in parts_of(entry)]
    state = _State(
        meeting=found,
        now=now,
        current=tuple(_telling(known, part, content) for part, content in enumerate(contents)),
        invited=invited,
        users=users_named(db, people | {found.organizer}, account=account),
        known=known,
        told={(one.invitation, one.part): one for one in told_of(db, meeting)},
    )
    organizer = state.organizer
    return Work(
        meeting=found,
        organizer="Parley" if organizer is None else organizer.name,
        organizer_email="" if organizer is None else organizer.email,
        uid=entry.uid,
        notices=tuple(_undelivered(db, [*_notices(state)])),
        starts=_starts(db, found, by=by, now=now),
    )


def _starts(db: Connection, meeting: Meeting, *, by: Caller, now: datetime) -> tuple[datetime, ...]:
    """Return when it takes place next, as far ahead as people are reminded."""
    if meeting.cancelled_at is not None:
        return ()
    coming = meetings.occurrences_of(db, meeting.id, by=by, since=now, until=now + _SOON, limit=_MOST_STARTS)
    return tuple(one.starts_at for one in coming.items if not one.cancelled)


def _telling(known: Mapping[int, Telling], part: int, content: Content) -> Telling:
    """Return the telling of what stands: one that is known, or a new one."""
    same = (each for each in known.values() if each.part == part and each.content == content)
    return next(same, None) or Telling.fresh(part, content)


def _notices(state: _State) -> Iterator[Notice]:
    stage = state.meeting.stage(state.now)
    if stage is Stage.ENDED:
        return
    if stage is not Stage.CANCELLED:
        for invitation in state.invited.values():
            yield from _to_invited(state, invitation)
    yield from _endings(state, cancelled=stage is Stage.CANCELLED)


def _to_invited(state: _State, invitation: Invitation) -> Iterator[Notice]:
    """Yield what somebody does not know yet of what stands."""
    user = None if invitation.person is None else state.users.get(invitation.person)
    if not invitation.email or (invitation.person is not None and (user is None or not user.active)):
        return
    for telling in state.current:
        before = state.told.get((invitation.id, telling.part))
        if before is None or not before.standing:
            if telling.content.is_over(state.now):
                continue
            kind, known = Kind.INVITATION, None
        else:
            known = None if before.telling is None else state.known[before.telling].content
            kind = Kind.INVITATION if known is None else Kind.CHANGE
            is_over = telling.content.is_over(state.now) and (known is None or known.is_over(state.now))
            if known == telling.content or is_over:
                continue
        only = () if known is None else telling.content.newly_cancelled(known)
        yield Notice(
            kind=Kind.CANCELLATION if only else kind,
            telling=telling,
            before=known,
            only=only,
            required=invitation.required,
            reply=invitation.reply.upper(),
            told=_told(state, invitation, telling, before=before, known=known),
        )


def _told(
    state: _State, invitation: Invitation, telling: Telling, *, before: Told | None, known: Content | None
) -> Told:
    """Return what somebody will have been told."""
    sequence = max(state.meeting.version - 1, _last_sequence(state, invitation.email, telling.part, before) + 1)
    same_times = before is not None and known is not None and known.times == telling.content.times
    user = None if invitation.person is None else state.users[invitation.person]
    language = "en" if state.organizer is None else state.organizer.locale
    return Told(
        invitation=invitation.id,
        part=telling.part,
        meeting=state.meeting.id,
        telling=telling.id,
        standing=True,
        sequence=sequence,
        since=before.since if before is not None and same_times else sequence,
        email=invitation.email,
        name=invitation.name,
        language=language if user is None else user.locale,
        time_zone=telling.content.time_zone if user is None else user.time_zone,
        answered_at=None if before is None else before.answered_at,
    )


def _last_sequence(state: _State, email: str, part: int, before: Told | None) -> int:
    """Return what the calendar at this address knows of the part, also by an invitation that was withdrawn since."""
    if before is not None:
        return before.sequence
    same = (one.sequence for (_, of), one in state.told.items() if of == part and one.email == email)
    return max(same, default=-1)


def _endings(state: _State, *, cancelled: bool) -> Iterator[Notice]:
    """Yield what is to be taken out of calendars."""
    newest = {telling.part: telling for telling in state.known.values()}
    for one in state.told.values():
        if cancelled:
            why = Why.CANCELLED
        elif one.invitation not in state.invited:
            why = Why.WITHDRAWN
        elif one.part >= len(state.current):
            why = Why.GONE
        else:
            continue
        telling = newest[one.part] if one.telling is None else state.known[one.telling]
        if one.standing and not telling.content.is_over(state.now):
            sequence = max(state.meeting.version - 1, one.sequence + 1)
            told = replace(one, standing=False, sequence=sequence)
            yield Notice(kind=Kind.CANCELLATION, telling=telling, why=why, told=told)


def _undelivered(db: Connection, notices: list[Notice]) -> Iterator[Notice]:
    """Yield the notices with regard to what never left: nobody hears of a change, or an end, of what they never got."""
    waiting = letters.undelivered(db, [notice.thread for notice in notices])
    for notice in notices:
        letter = waiting.get(notice.thread)
        if letter is None or letter.kind is not Kind.INVITATION:
            yield notice
        elif notice.kind is Kind.CANCELLATION and not notice.only:
            never_left = letter.attempts == 0 or letter.state is State.FAILED
            yield replace(notice, silent=never_left)
        else:
            yield replace(notice, kind=Kind.INVITATION, only=(), before=None)
