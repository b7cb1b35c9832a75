"""Find accounts: one, all of them, or the one that the operator of the server means."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection

from parley.ground.faults import Conflict, NotFound
from parley.ground.words import N_
from parley.people.account import Account
from parley.people.rows import accounts

_NAMED = 20
"""How many accounts a refusal names."""


def find_account(db: Connection, account: int) -> Account:
    """Return the account of an id."""
    found = accounts.account_with(db, account)
    if found is None:
        raise NotFound(N_("There is no such account."))
    return found


def find_accounts(db: Connection) -> list[Account]:
    """Return all accounts of this server by name; for the operator, for accounts know nothing of each other."""
    return accounts.find_accounts(db)


def account_named(db: Connection, name: str | None) -> Account:
    """Return the account of a name or id or, without one, the only account that there is; for the operator.

    A refusal names the accounts that there are.
    """
    known = accounts.find_accounts(db)
    if not known:
        raise NotFound(N_("There is no account yet: make one with `parley account create`."))
    found = [account for account in known if name is None or name in (account.name, str(account.id))]
    if not found:
        raise NotFound(N_("There is no account %(name)s. There are: %(accounts)s."), name=name, accounts=_listed(known))
    if len(found) > 1:
        raise Conflict(
            N_("There are several accounts: choose one with --account: %(accounts)s."), accounts=_listed(found)
        )
    return found[0]


def _listed(accounts: Sequence[Account]) -> str:
    """Return the names of accounts, with the ids of those whose name is not theirs alone."""
    named = Counter(account.name for account in accounts)
    words = [f"{one.name} ({one.id})" if named[one.name] > 1 else one.name for one in accounts[:_NAMED]]
    return ", ".join([*words, "…"] if len(accounts) > _NAMED else words)


def any_account(db: Connection) -> bool:
    """Tell whether this server has an account yet; without one, the first administrator is awaited."""
    return accounts.any_account(db)
