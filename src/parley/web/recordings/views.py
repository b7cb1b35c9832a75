"""What the page of a recording shows, read in one go."""

from datetime import datetime, timedelta

import msgspec

from parley import artefacts, recordings, sessions
from parley.artefacts import Artefact, ArtefactKind, SharedLink, View
from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.people import Caller, operator
from parley.recordings import Mark, MarkKind
from parley.sessions import Message, Session

MOST_MESSAGES = 200
_MOST_DIGITS = 6
_APART = timedelta(seconds=5)
"""How far apart chapters of people who speak are at least."""

CHAPTER_WORDS = {
    MarkKind.JOINED: N_("%(name)s joined"),
    MarkKind.LEFT: N_("%(name)s left"),
    MarkKind.SHARING: N_("%(name)s shares a screen"),
    MarkKind.SPEAKING: N_("%(name)s speaks"),
}


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """A place to go to; `words` is a message id that takes the name."""

    at: timedelta
    kind: MarkKind
    words: str
    name: str

    @property
    def seconds(self) -> int:
        return int(self.at.total_seconds())


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A message beside the picture, and where in the recording it was sent."""

    message: Message
    at: timedelta

    @property
    def seconds(self) -> int:
        return max(0, int(self.at.total_seconds()))


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody who was there said to being recorded."""

    name: str
    told_at: datetime | None
    agreed_at: datetime | None


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What those see besides who keep a recording."""

    links: tuple[SharedLink, ...]
    views: tuple[View, ...]
    more_views: bool
    answers: tuple[Answered, ...]


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """A recording with everything around it."""

    artefact: Artefact
    session: Session
    length: timedelta | None
    chapters: tuple[Chapter, ...]
    lines: tuple[Line, ...]
    others: tuple[Artefact, ...]
    kept: Kept | None


def played(db: Connection, artefact: int, *, by: Caller, now: datetime) -> Played:
    """Return everything that the page of a recording shows to somebody; NotFound for what is no recording."""
    found = artefacts.artefact_seen_by(db, artefact, by=by)
    recording = recordings.recording_of(db, artefact)
    if recording is None:
        raise NotFound(N_("There is no recording or file under this id."))
    session = sessions.session_seen_by(db, found.session, by=by)
    said = sessions.messages_of(db, session.id, by=by, limit=MOST_MESSAGES).items
    length = None if recording.milliseconds is None else timedelta(milliseconds=recording.milliseconds)
    siblings = artefacts.artefacts_of(db, session.id, by=by)
    return Played(
        artefact=found,
        session=session,
        length=length,
        chapters=chapters_of(db, found),
        lines=_lines(said, found, length=length or now - found.created_at),
        others=tuple(one for one in siblings if one.kind is ArtefactKind.RECORDING and one.id != found.id),
        kept=_kept(db, found, by=by) if artefacts.keeps(db, session, by=by) else None,
    )


def chapters_of(db: Connection, artefact: Artefact) -> tuple[Chapter, ...]:
    """Return the places in a recording to go to; who speaks for a moment only is passed over."""
    names = _names(db, artefact)
    chapters: list[Chapter] = []
    for mark in recordings.marks_of(db, artefact.id):
        chapter = _chapter(mark, names)
        if not chapters or mark.kind is not MarkKind.SPEAKING or chapter.at - chapters[-1].at >= _APART:
            chapters.append(chapter)
    return tuple(chapters)


def seconds_written(written: str) -> int:
    """Return at which second to begin, as an address says it; 0 for what is no such number."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS else 0


def _chapter(mark: Mark, names: dict[int, str]) -> Chapter:
    at = timedelta(milliseconds=mark.milliseconds)
    return Chapter(at=at, kind=mark.kind, words=CHAPTER_WORDS[mark.kind], name=names.get(mark.participant, ""))


def _lines(said: tuple[Message, ...], artefact: Artefact, *, length: timedelta) -> tuple[Line, ...]:
    lines = (Line(message=message, at=message.sent_at - artefact.created_at) for message in said)
    return tuple(line for line in lines if timedelta() <= line.at <= length)


def _kept(db: Connection, artefact: Artefact, *, by: Caller) -> Kept:
    views = artefacts.views_of(db, artefact.id, by=by)
    answers = {one.participant: one for one in recordings.consents_of(db, artefact.id, by=by)}
    there = sessions.participations_of(db, artefact.session, by=by)
    return Kept(
        links=artefacts.links_of(db, artefact.id, by=by),
        views=views.items,
        more_views=views.next is not None,
        answers=tuple(
            Answered(
                name=one.participant.name,
                told_at=answers[one.participant.id].told_at if one.participant.id in answers else None,
                agreed_at=answers[one.participant.id].agreed_at if one.participant.id in answers else None,
            )
            for one in there
            if one.participant.id in answers or _was_there(one, since=artefact.created_at)
        ),
    )


def _was_there(one: sessions.Participation, *, since: datetime) -> bool:
    return any(stay.left_at is None or stay.left_at > since for stay in one.stays)


def _names(db: Connection, artefact: Artefact) -> dict[int, str]:
    everybody = sessions.participants_of(db, artefact.session, by=operator(artefact.account))
    return {one.id: one.name for one in everybody}
