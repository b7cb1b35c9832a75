"""Personal links: the key in each is worked out from the invitation and the server's own secret, and never stored."""

import base64
import hmac

from parley.ground.secrets import Keyring

_ID_BYTES = 8
_PROOF_BYTES = 16
_LENGTH = 4 * (_ID_BYTES + _PROOF_BYTES) // 3


def key_of(invitation: int, *, ring: Keyring) -> str:
    """Return the key of an invitation: 32 characters for URLs, the same whenever it is asked for."""
    number = invitation.to_bytes(_ID_BYTES, "big")
    return base64.urlsafe_b64encode(number + _proof(invitation, ring=ring)).decode()


def named_by(key: str, *, ring: Keyring) -> int | None:
    """Return the invitation that a key is of; None for what is no key of this server."""
    if len(key) != _LENGTH or not key.isascii():
        return None
    try:
        raw = base64.b64decode(key, altchars=b"-_", validate=True)
    except ValueError:
        return None
    number = int.from_bytes(raw[:_ID_BYTES], "big")
    return number if hmac.compare_digest(raw[_ID_BYTES:], _proof(number, ring=ring)) else None


def personal_link(invitation: int, *, number: int, url: str, ring: Keyring) -> str:
    """Return the address under which somebody answers and joins as who is invited."""
    return f"{url}/join/{number}/{key_of(invitation, ring=ring)}"


def _proof(invitation: int, *, ring: Keyring) -> bytes:
    return bytes.fromhex(ring.derived(f"invitation {invitation}"))[:_PROOF_BYTES]
