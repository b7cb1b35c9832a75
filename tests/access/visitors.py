"""People who can sign in, and where they come from."""

from parley.access import ClientInfo, Context, set_password
from parley.people import Caller, find_user, operator
from tests.people.staff import found

PASSWORD = "seven gulls above"  # of everybody here
HOME = ClientInfo(address="198.51.100.7", agent="Firefox")
ELSEWHERE = ClientInfo(address="203.0.113.9", agent="Safari")


async def opened(context: Context) -> Caller:
    """Create an account whose administrator has a password; return them."""
    ada = await found(context.store)
    await give_password(context, ada)
    return ada


async def give_password(context: Context, caller: Caller, password: str = PASSWORD) -> None:
    """Set somebody's password."""
    by = operator(caller.account)
    user = await context.store.read(find_user, caller.person or 0, by=by)
    await set_password(context, user, password, by=by)
