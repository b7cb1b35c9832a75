"""People who can sign in, and where they come from."""

from parley.access import Desk, Visit, set_password
from parley.people import Caller, find_user, operator
from tests.people.staff import found

PASSWORD = "seven gulls above"  # of everybody here
HOME = Visit(address="198.51.100.7", agent="Firefox")
ELSEWHERE = Visit(address="203.0.113.9", agent="Safari")


async def opened(desk: Desk) -> Caller:
    """Create an account whose administrator has a password; return them."""
    ada = await found(desk.store)
    await give_password(desk, ada)
    return ada


async def give_password(desk: Desk, caller: Caller, password: str = PASSWORD) -> None:
    """Set somebody's password."""
    by = operator(caller.account)
    user = await desk.store.read(find_user, caller.person or 0, by=by)
    await set_password(desk, user, password, by=by)
