"""Saying who waits before the meetings of an account."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.facts import tell
from parley.people.account import Account
from parley.people.caller import Caller
from parley.people.facts import LobbyChanged
from parley.people.find_accounts import find_account
from parley.people.lobby import Lobby
from parley.people.roles import Role
from parley.people.rows import accounts


def set_lobby(db: Connection, lobby: Lobby, *, by: Caller, now: datetime) -> Account:
    """Say who waits before meetings without a password that say nothing else; `by` must be an administrator."""
    by.need_to_administer(Role.ADMINISTRATOR)
    before = find_account(db, by.account)
    after = replace(before, lobby=lobby)
    if after != before:
        accounts.save_account(db, after)
        tell(db, LobbyChanged(account=after.id, subject=after.id, actor=by.person, at=now, lobby=lobby.value))
    return after
