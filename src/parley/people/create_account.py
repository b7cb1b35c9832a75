"""Create an account with its first administrator."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.ground.faults import FieldError
from parley.ground.ids import new_id
from parley.people import fields
from parley.people.account import Account
from parley.people.add_user import store_user
from parley.people.facts import AccountCreated
from parley.people.roles import Role
from parley.people.rows import accounts
from parley.people.user import NewUser, User


def create_account(db: Connection, name: str, *, administrator: NewUser, now: datetime) -> tuple[Account, User]:
    """Create the account and, with the role of an administrator, its first user."""
    errors: list[FieldError] = []
    account = Account(id=new_id(), name=fields.one_line(name, field="account", errors=errors), created_at=now)
    first = msgspec.structs.replace(administrator, role=Role.ADMINISTRATOR)
    user = first.as_user(account.id, errors=errors, now=now)
    fields.refuse(errors)
    accounts.add_account(db, account)
    tell(db, AccountCreated(account=account.id, subject=account.id, actor=None, at=now, name=account.name))
    return account, store_user(db, user, actor=None)
