"""Give somebody licences, and take them back."""

from datetime import datetime

from sqlalchemy import Connection

from parley.ground.facts import tell
from parley.ground.faults import FieldError
from parley.ground.words import N_
from parley.people import fields
from parley.people.facts import LicenceChanged
from parley.people.licence import Product
from parley.people.rows import licences
from parley.people.user import User


def assign_licence(db: Connection, before: User | None, after: User, *, actor: int | None, now: datetime) -> None:
    """Write down what somebody holds after a change, and tell it; raises Invalid where all licences are taken.

    `before` is None for somebody new.
    """
    held = set(before.products) if before is not None else set()
    gained = [product for product in after.products if product not in held]
    _check_licences(db, after, gained)
    licences.remove_products(db, after.id, sorted(held - set(after.products)))
    licences.add_products(db, after.account, after.id, gained)
    attendees = before.most_attendees if before is not None else None
    if held != set(after.products) or attendees != after.most_attendees:
        tell(
            db,
            LicenceChanged(
                account=after.account,
                subject=after.id,
                actor=actor,
                at=now,
                products=after.products,
                most_attendees=after.most_attendees,
            ),
        )


def _check_licences(db: Connection, user: User, gained: list[Product]) -> None:
    if not gained:
        return
    most, used = licences.most_licences(db, user.account), licences.used_licences(db, user.account)
    errors = [
        FieldError(
            f"products.{product}",
            N_("All licences are taken: %(most)s. Take one back from somebody else, or raise their number."),
            most=most[product],
        )
        for product in gained
        if product in most and used.get(product, 0) >= most[product]
    ]
    fields.refuse(errors)
