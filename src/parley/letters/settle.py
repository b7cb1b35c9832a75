"""What became of letters that were tried: claimed before the attempt, settled after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.ground.faults import Border, Rejected
from parley.letters.facts import LetterFailed
from parley.letters.letter import Letter, State
from parley.letters.rows import claim_letters, due_letters, letter_of_message, letter_standing, save_letter

CLAIM = timedelta(minutes=10)
"""How long a letter is left to who tries it; who was killed meanwhile has not said whether it left."""


def claim(db: Connection, *, now: datetime, limit: int) -> Sequence[Letter]:
    """Return letters that it is time to send, counted as tried; nobody else is given them for a while.

    Those that are no longer worth sending are withheld.
    """
    due = due_letters(db, now=now, limit=limit)
    for letter in due:
        if _is_late(letter, now):
            save_letter(db, letter.withheld(now=now))
    worth = [letter for letter in due if not _is_late(letter, now)]
    if worth:
        claim_letters(db, [letter.id for letter in worth], until=now + CLAIM)
    return worth


def _is_late(letter: Letter, now: datetime) -> bool:
    return letter.expires_at is not None and letter.expires_at <= now


def settle(db: Connection, letter: int, fault: Border | None, *, now: datetime) -> None:
    """Store what became of an attempt: sent, put off, or failed for good. What left has left, whatever came between."""
    standing = letter_standing(db, letter)
    if standing is None or (fault is not None and standing.state is not State.WAITING):
        return
    if fault is None:
        save_letter(db, standing.sent(now=now))
    elif isinstance(fault, Rejected):
        _fail(db, standing, error_of(fault), now=now)
    else:
        after = standing.put_off(error_of(fault), now=now)
        save_letter(db, after)
        if after.state is State.FAILED:
            _tell(db, after, now=now)


def return_letter(db: Connection, message: str, *, email: str, error: dict[str, Any], now: datetime) -> bool:
    """Store that the letter with this Message-ID came back from that address; False when none was sent under it."""
    letter = letter_of_message(db, message)
    if letter is None or letter.email.casefold() != email.casefold() or letter.state is not State.SENT:
        return False
    _fail(db, letter, error, now=now)
    return True


def _fail(db: Connection, letter: Letter, error: dict[str, Any], *, now: datetime) -> None:
    save_letter(db, letter.failed(error, now=now))
    _tell(db, letter, now=now)


def _tell(db: Connection, letter: Letter, *, now: datetime) -> None:
    fact = LetterFailed(
        account=letter.account,
        subject=letter.id,
        actor=None,
        at=now,
        kind=letter.kind,
        meeting=letter.meeting,
        invitation=letter.invitation,
    )
    tell(db, fact)


def error_of(fault: Border) -> dict[str, Any]:
    """Return a fault as it is kept."""
    return {"message": fault.message, "parameters": {name: str(value) for name, value in fault.parameters.items()}}
