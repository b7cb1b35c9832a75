"""Give an account another name."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.ground.faults import FieldError
from parley.people import fields
from parley.people.account import Account
from parley.people.caller import Caller
from parley.people.facts import AccountChanged
from parley.people.find_accounts import find_account
from parley.people.roles import Role
from parley.people.rows import accounts


def rename_account(db: Connection, name: str, *, by: Caller, now: datetime) -> Account:
    """Rename the caller's account, for which they must be its administrator."""
    by.need_to_administer(Role.ADMINISTRATOR)
    errors: list[FieldError] = []
    before = find_account(db, by.account)
    after = replace(before, name=fields.one_line(name, field="account", errors=errors))
    fields.refuse(errors)
    if after == before:
        return before
    accounts.save_account(db, after)
    tell(db, AccountChanged(account=after.id, subject=after.id, actor=by.person, at=now, name=after.name))
    return after
