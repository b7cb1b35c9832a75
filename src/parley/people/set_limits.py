"""Set the limits of an account."""

from datetime import datetime

from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.ground.faults import FieldError
from parley.ground.words import N_
from parley.people import fields
from parley.people.assign_licence import assign_licence
from parley.people.caller import Caller
from parley.people.facts import LimitsChanged
from parley.people.find_accounts import find_account
from parley.people.find_limits import limits_of
from parley.people.licence import Limits, LimitsChange, Product, check_limits
from parley.people.roles import RIGHTS, Role
from parley.people.rows import accounts, licences, users
from parley.people.user import UserChange

_USED_WITH = "meetings:write"
"""The right without which a licence is of no use."""


def set_limits(db: Connection, change: LimitsChange, *, by: Caller, now: datetime) -> Limits:
    """Set limits of the caller's account; raises Invalid where more people hold a product than then may.

    Whoever could use a product while it had no limit goes on using it where there are licences for all of them: they
    are given one each. Where there are fewer, nobody is: who gets one is for the administrator to say.
    """
    by.need_to_administer(Role.ADMINISTRATOR)
    errors: list[FieldError] = []
    check_limits(change, errors=errors)
    before = limits_of(db, by.account)
    _check_used(before, change, errors=errors)
    fields.refuse(errors)
    for product, most in change.products.items():
        licences.save_most_licences(db, by.account, product, most)
    if change.sessions_at_once is not UNSET:
        account = find_account(db, by.account)
        accounts.save_account(db, replace(account, sessions_at_once=change.sessions_at_once))
    for limit in before.products:
        most = change.products.get(limit.product)
        if limit.most is None and most is not None:
            _give_to_all(db, limit.product, most=most, by=by, now=now)
    after = limits_of(db, by.account)
    if after != before:
        tell(db, _changed(after, by=by, now=now))
    return after


def _give_to_all(db: Connection, product: Product, *, most: int, by: Caller, now: datetime) -> None:
    """Give a licence to everybody whose role uses the product, if there are enough."""
    hosts = users.active_users(db, by.account, roles=[role for role in Role if _USED_WITH in RIGHTS[role]])
    without = [user for user in hosts if product not in user.products]
    if licences.used_licences(db, by.account).get(product, 0) + len(without) > most:
        return
    for user in without:
        after = user.changed(UserChange(products=(*user.products, product)))
        users.save_user(db, after)
        assign_licence(db, user, after, actor=by.person, now=now)


def _check_used(before: Limits, change: LimitsChange, *, errors: list[FieldError]) -> None:
    used = {limit.product: limit.used for limit in before.products}
    for product, most in change.products.items():
        if most is not None and 0 <= most < used[product]:
            errors.append(
                FieldError(
                    f"products.{product}",
                    N_("So many people have a licence: %(used)s. Take some back first, or write a larger number."),
                    used=used[product],
                )
            )


def _changed(limits: Limits, *, by: Caller, now: datetime) -> LimitsChanged:
    return LimitsChanged(
        account=limits.account,
        subject=limits.account,
        actor=by.person,
        at=now,
        products={one.product: one.most for one in limits.products if one.most is not None},
        sessions_at_once=limits.sessions_at_once,
    )
