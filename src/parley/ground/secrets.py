"""Secrets: tokens are stored hashed, what must be read again is sealed with AES-256-GCM."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Connection, Table, Text, insert, select

from parley.ground.db import metadata

KEY_BYTES = 32
_NONCE_BYTES = 12
_SEALED = "v1."
_KNOWN = b"parley"

keys = Table(
    "keys",
    metadata,
    Column("name", Text, primary_key=True, comment="Which key"),
    Column("sealed", Text, nullable=False, comment="A known text, sealed with it: a wrong key is noticed at start"),
    comment="Check values of the keys that seal secrets; never the keys",
)


class WrongKey(Exception):
    """The key is not the one with which the data was sealed, or is no key at all; the message says how to mend it."""


class Keyring:
    """Seals and unseals with one key. `context` binds a sealed text to its place: moved elsewhere, it does not open."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            message = f"The secret key must be {KEY_BYTES} bytes, written in base64; this one has {len(key)}."
            raise WrongKey(message)
        self._cipher = AESGCM(key)
        self._key = key

    def __repr__(self) -> str:
        return "Keyring(…)"

    def derived(self, purpose: str) -> str:
        """Return a secret of its own for a purpose, the same at every start."""
        return hmac.new(self._key, purpose.encode(), hashlib.sha256).hexdigest()

    def seal(self, plain: bytes, *, context: str) -> str:
        """Return the sealed text, different at each call."""
        nonce = os.urandom(_NONCE_BYTES)
        return _SEALED + base64.urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, plain, context.encode())).decode()

    def unseal(self, sealed: str, *, context: str) -> bytes:
        """Return what was sealed. Raises `WrongKey` for another key, another context or a changed text."""
        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_SEALED))
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError) as fault:
            message = (
                "A stored secret does not open with this key. Give back the key that it was sealed with "
                "(PARLEY_SECRET_KEY, or the file secret.key in PARLEY_DATA)."
            )
            raise WrongKey(message) from fault


def keyring(folder: Path, *, written: str | None) -> Keyring:
    """Return the keyring of a setting, or else of `secret.key` in the folder, which is made (mode 600) when missing."""
    if written is not None:
        return Keyring(_decoded(written, where="PARLEY_SECRET_KEY"))
    file = folder / "secret.key"
    if not file.exists():
        _make(file)
    return Keyring(_decoded(file.read_text(encoding="ascii"), where=str(file)))


def _make(file: Path) -> None:
    """Write a fresh key, whole or not at all, for our eyes only; of two processes at once, the first one wins."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(base64.b64encode(os.urandom(KEY_BYTES)).decode() + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(fresh, file)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _decoded(written: str, *, where: str) -> bytes:
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        message = (
            f"{where} is not a key: it must be {KEY_BYTES} random bytes in base64 (`openssl rand -base64 {KEY_BYTES}`)."
        )
        raise WrongKey(message)
    return key


def check_key(db: Connection, ring: Keyring) -> None:
    """Make sure that the data was sealed with this key; the first key is remembered. Raises `WrongKey`."""
    sealed = db.execute(select(keys.c.sealed).where(keys.c.name == "secret")).scalar()
    if sealed is None:
        db.execute(insert(keys).values(name="secret", sealed=ring.seal(_KNOWN, context="keys.secret")))
    else:
        ring.unseal(sealed, context="keys.secret")


def fresh_token(prefix: str = "") -> str:
    """Return a secret of 256 random bits that can stand in URLs and headers."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Return what is stored of a token: SHA-256, enough for 256 random bits (not for passwords)."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
