"""The word about what was just done: only Parley's own is said."""

from base64 import urlsafe_b64encode

import msgspec
import pytest

from parley.ground.secrets import Keyring
from parley.web.shell.flash import COOKIE, Note, Undo, cookie, read
from tests.doors import Doors
from tests.web.browser import browser_of

RING = Keyring(b"k" * 32)
FORGED = Note(
    message="%(width)9999999999s",
    parameters={"width": "x"},
    undo=Undo(words="Unlock", action="/me/tokens", fields={"scopes": "people:write"}),
)


def test_a_note_is_read_as_it_was_written() -> None:
    note = Note(message="%(name)s is suspended.", parameters={"name": "Ada"}, undo=FORGED.undo)
    left = cookie(note, ring=RING, secure=True)
    assert read(left.value, ring=RING) == note
    assert left.secure
    assert "Ada" not in str(left.value)


@pytest.mark.parametrize(
    "written",
    [
        urlsafe_b64encode(msgspec.json.encode(FORGED)).decode(),
        cookie(FORGED, ring=Keyring(b"x" * 32), secure=False).value,
        RING.seal(msgspec.json.encode(FORGED), context="elsewhere"),
        RING.seal(b"not a note", context=COOKIE),
        "v1.",
        "v1.AAAA",
        "\u00e9",
        "",
        None,
    ],
    ids=range(9),  # sealed values differ from run to run, and the names of tests must not
)
def test_a_note_of_somebody_else_says_nothing(written: str | None) -> None:
    assert read(written, ring=RING) is None


async def test_a_forged_note_is_neither_said_nor_worth_anything(doors: Doors) -> None:
    browser = await browser_of(doors)
    browser.client.cookies.set(COOKIE, urlsafe_b64encode(msgspec.json.encode(FORGED)).decode())
    seen = await browser.see("/signin")
    assert "/me/tokens" not in seen.actions
    assert "Unlock" not in seen.words


async def test_a_word_is_said_once(doors: Doors) -> None:
    browser = await browser_of(doors, doors.cast.olga)
    gone = await browser.send("/me", name="Olga", locale="en", time_zone="UTC", version="1")
    assert "Secure" not in gone.answer.headers["set-cookie"]  # this server's address is not https
    assert (await browser.see("/me")).shows("Saved.")
    assert "Saved." not in (await browser.see("/me")).words
