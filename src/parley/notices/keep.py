"""Keeping what people are told: the letters, and that they were told, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from parley import letters
from parley.ground.db import Connection
from parley.letters import Letter
from parley.notices.notice import Notice, Work, reminders_of
from parley.notices.rows.told import add_telling, save_told


def keep(db: Connection, work: Work, notices: Sequence[Notice], listed: Sequence[Letter], *, now: datetime) -> None:
    """Store the letters of these notices; those before them that did not leave need not leave any more."""
    for telling in {notice.telling.id: notice.telling for notice in notices}.values():
        add_telling(db, telling, meeting=work.meeting.id, now=now)
    ended = [reminders_of(notice.told.invitation) for notice in notices if not notice.told.standing]
    letters.withhold_threads(db, [*ended, *(notice.thread for notice in notices)], now=now)
    letters.write_letters(db, listed)
    save_told(db, [notice.told for notice in notices])
