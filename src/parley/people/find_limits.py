"""Find what limits there are: an account's, and one person's."""

from sqlalchemy import Connection

from parley.ground.faults import Forbidden
from parley.ground.words import N_
from parley.people.caller import Caller
from parley.people.find_accounts import find_account
from parley.people.find_users import users_named
from parley.people.licence import Limits, Product, ProductLimit
from parley.people.rows import licences


class Unlicensed(Forbidden):
    """They hold no licence of a product that takes one."""


def find_limits(db: Connection, *, by: Caller) -> Limits:
    """Return the limits of the caller's account, and how much of each is used."""
    by.need("people:read")
    return limits_of(db, by.account)


def limits_of(db: Connection, account: int) -> Limits:
    """Return the limits of an account, and how much of each is used."""
    most, used = licences.most_licences(db, account), licences.used_licences(db, account)
    return Limits(
        account=account,
        products=tuple(ProductLimit(product=one, most=most.get(one), used=used.get(one, 0)) for one in Product),
        sessions_at_once=find_account(db, account).sessions_at_once,
    )


def need_product(db: Connection, person: int, product: Product, *, by: Caller) -> int | None:
    """Return the most people at once in a session that somebody hosts; None when there is no limit.

    Raises Unlicensed when the product is limited and they hold no licence of it.
    """
    host = users_named(db, [person], account=by.account)[person]
    if product in host.products or product not in licences.most_licences(db, by.account):
        return host.most_attendees
    if person == by.person:
        raise Unlicensed(N_("You have no licence for this. An administrator can give you one."))
    raise Unlicensed(N_("%(name)s has no licence for this. An administrator can give them one."), name=host.name)
