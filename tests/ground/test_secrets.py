"""Sealed secrets: a wrong key is a clear error, never silent garbage."""

import base64
import os
import stat
from pathlib import Path

import pytest

from parley.ground.db import Store
from parley.ground.secrets import Keyring, WrongKey, check_key, fresh_token, keyring, token_hash


def test_what_was_sealed_opens_with_the_same_key_and_place() -> None:
    ring = Keyring(os.urandom(32))
    sealed = ring.seal(b"hunter2", context="mail")
    assert ring.unseal(sealed, context="mail") == b"hunter2"
    assert sealed != ring.seal(b"hunter2", context="mail")
    with pytest.raises(WrongKey):
        ring.unseal(sealed, context="elsewhere")


@pytest.mark.parametrize("sealed", ["", "v1.", "v1.AAAA", "garbage", "v1.Ä", "v1." + "A" * 60])
def test_what_nobody_sealed_does_not_open(sealed: str) -> None:
    with pytest.raises(WrongKey):
        Keyring(os.urandom(32)).unseal(sealed, context="mail")


def test_the_key_file_is_made_once_and_for_our_eyes_only(tmp_path: Path) -> None:
    first = keyring(tmp_path / "var", written=None)
    file = tmp_path / "var" / "secret.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = keyring(tmp_path / "var", written=None)
    assert again.unseal(first.seal(b"x", context="y"), context="y") == b"x"
    assert [path.name for path in file.parent.iterdir()] == ["secret.key"]


def test_a_key_from_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    keyring(tmp_path, written=base64.b64encode(bytes(32)).decode())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("written", ["short", "Zm9v", "ÄÖÜ", "!" * 44])
def test_what_is_no_key_says_how_to_make_one(written: str, tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="base64"):
        keyring(tmp_path, written=written)


async def test_another_key_is_noticed_at_the_start(store: Store) -> None:
    right = Keyring(os.urandom(32))
    await store.write(check_key, right)
    await store.write(check_key, right)
    with pytest.raises(WrongKey, match="PARLEY_SECRET_KEY"):
        await store.write(check_key, Keyring(os.urandom(32)))


def test_a_key_does_not_print() -> None:
    assert repr(Keyring(b"k" * 32)) == "Keyring(…)"


def test_derived_secrets_differ_by_purpose_and_stay_the_same() -> None:
    ring = Keyring(b"k" * 32)
    assert ring.derived("csrf") == Keyring(b"k" * 32).derived("csrf") != ring.derived("other")


def test_tokens_are_long_different_and_stored_hashed() -> None:
    one, other = fresh_token("parley_"), fresh_token("parley_")
    assert one != other
    assert one.startswith("parley_")
    assert len(one) >= 43
    assert token_hash(one) == token_hash(one) != token_hash(other)
    assert len(token_hash(one)) == 32
