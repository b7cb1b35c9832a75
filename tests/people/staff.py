"""People to test with: an account with its administrator, and whoever else is needed."""

from datetime import UTC, datetime

from parley.ground.db import Store
from parley.people import Caller, NewUser, Role, User, add_user, caller_of, create_account, operator

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def found(store: Store, name: str = "Harbor", *, email: str = "ada@harbor.example") -> Caller:
    """Create an account; return its administrator."""
    _, user = await store.write(create_account, name, administrator=NewUser(email=email, name="Ada"), now=NOW)
    return await store.read(caller_of, user.id)


async def hire(store: Store, account: int, email: str, *, role: Role = Role.MEMBER, name: str | None = None) -> User:
    """Add somebody to the account."""
    return await store.write(add_user, NewUser(email=email, name=name, role=role), by=operator(account), now=NOW)


async def hired(store: Store, account: int, email: str, *, role: Role = Role.MEMBER) -> Caller:
    """Add somebody to the account; return them as somebody who asks."""
    user = await hire(store, account, email, role=role)
    return await store.read(caller_of, user.id)
