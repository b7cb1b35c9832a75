"""Writing letters, in the transaction of what they tell of."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.secrets import Keyring
from parley.letters.envelope import seal_content
from parley.letters.letter import Letter, NewLetter, fresh
from parley.letters.rows import add_letters

_MESSAGE_BYTES = 16


def enveloped(new: NewLetter, *, ring: Keyring, now: datetime) -> Letter:
    """Return the letter as it is stored, with what stands in it sealed. This takes time, and no database."""
    letter = fresh(new, message=secrets.token_hex(_MESSAGE_BYTES), now=now)
    return replace(letter, sealed=seal_content(ring, new.content, letter=letter.id))


def write_letters(db: Connection, listed: Sequence[Letter]) -> int:
    """Store letters to be sent, and return how many; one that was written for the same already is left out."""
    return add_letters(db, listed)
