"""The envelope: what stands in a letter is sealed until it is sent, and bound to that letter."""

import msgspec

from parley.ground.secrets import Keyring
from parley.letters.letter import Content


def seal_content(ring: Keyring, content: Content, *, letter: int) -> str:
    """Return the content as it is kept."""
    return ring.seal(msgspec.json.encode(content), context=_place(letter))


def read_content(ring: Keyring, sealed: str, *, letter: int) -> Content:
    """Return what was sealed. Raises `WrongKey` for another key or another letter."""
    return msgspec.json.decode(ring.unseal(sealed, context=_place(letter)), type=Content)


def _place(letter: int) -> str:
    return f"letters.sealed.{letter}"
