"""Set up a fresh server: a one-time link with which the first administrator names the account and themselves."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from parley.access.browser_session import ClientInfo
from parley.access.context import Context
from parley.access.link import Link, Purpose, dead_link
from parley.access.links import find_link, make_link, use_link
from parley.access.rows import links
from parley.access.set_password import store_password
from parley.access.sign_in import SignedIn, open_session
from parley.access.strength import password_errors
from parley.ground.faults import FieldError
from parley.people import NewUser, any_account, create_account, one_line, refuse

PURPOSES = frozenset({Purpose.SETUP})


def setup_link(db: Connection, *, url: str, now: datetime) -> str | None:
    """Return a fresh link for the first administrator, in place of the one before; None once there is an account."""
    if any_account(db):
        return None
    links.drop_setup_links(db)
    return f"{url}/welcome/{make_link(db, Purpose.SETUP, user=None, now=now)}"


def find_setup(db: Connection, secret: str, *, now: datetime) -> Link:
    """Return the link of a secret; raises NotFound when it does not work, or somebody has set up the server."""
    found = find_link(db, secret, purposes=PURPOSES, now=now)
    if any_account(db):
        raise dead_link()
    return found


async def redeem_setup(
    context: Context, secret: str, *, account: str, administrator: NewUser, password: str, client: ClientInfo
) -> SignedIn:
    """Create the account and its first administrator, and sign them in; names every wrong field at once."""
    now = context.clock()
    await context.store.read(find_setup, secret, now=now)
    errors: list[FieldError] = []
    one_line(account, field="account", errors=errors)
    user = administrator.as_user(0, errors=errors, now=now)
    refuse(errors + password_errors(password, about=(user.email, user.name, account)))
    hashed = await context.hasher.hash(password)
    return await context.store.write(
        _redeem,
        secret,
        account=account,
        administrator=administrator,
        hashed=hashed,
        client=client,
        lifetime=context.settings.signin_longest,
        now=now,
    )


def _redeem(
    db: Connection,
    secret: str,
    *,
    account: str,
    administrator: NewUser,
    hashed: str,
    client: ClientInfo,
    lifetime: timedelta,
    now: datetime,
) -> SignedIn:
    find_setup(db, secret, now=now)
    use_link(db, secret, purposes=PURPOSES, now=now)
    _, user = create_account(db, account, administrator=administrator, now=now)
    store_password(db, user, hashed, actor=user.id, now=now)
    return open_session(db, user.id, client=client, lifetime=lifetime, now=now)
