"""How mail goes out of an account and comes in again, for its administrators."""

from collections.abc import Mapping
from typing import Any

import msgspec

from parley import letters
from parley.ground.db import Connection
from parley.notices.mailbox import Mailbox
from parley.notices.rows.mailboxes import mailbox_error
from parley.people import Caller, Role


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """How many letters wait and why; why the mailbox cannot be read (a message id and its parameters, each)."""

    waiting: int
    kept_back: Mapping[str, Any] | None
    unread: Mapping[str, Any] | None


def find_exchange(db: Connection, *, mailbox: str | None, by: Caller) -> Exchange:
    """Return how mail fares in the caller's account; `mailbox` is the setting."""
    by.need_to_administer(Role.ADMINISTRATOR)
    waiting, kept_back = letters.why_waiting(db, by.account)
    unread = None if mailbox is None else mailbox_error(db, Mailbox(mailbox).name)
    return Exchange(waiting=waiting, kept_back=kept_back, unread=unread)
