"""The tables of how many licences an account has of each product, and of who holds one."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    delete,
    func,
    insert,
    literal_column,
    select,
)

from parley.ground.db import Id, metadata
from parley.people.licence import Product

product_limits = Table(
    "product_limits",
    metadata,
    Column("account", Id, ForeignKey("accounts.id"), primary_key=True, autoincrement=False, comment="The account"),
    Column("product", Text, primary_key=True, comment="meeting, webinar, training or support"),
    Column("most", Integer, nullable=False, comment="The most people who may hold the product"),
    comment="How many people of an account may hold a product; without a row, everybody may use it",
)

licences = Table(
    "licences",
    metadata,
    Column("person", Id, ForeignKey("users.id"), primary_key=True, autoincrement=False, comment="The user"),
    Column("product", Text, primary_key=True, comment="meeting, webinar, training or support"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account of the user"),
    Index("ix_licences_account_product", "account", "product"),
    comment="Who holds which product: each row is one of the licences that the account has",
)

_COMMA: Any = literal_column("','")


def products_of(person: Column[int]) -> Any:  # noqa: ANN401 (a part of others' SQL)
    """Return what the user of each row of the enclosing statement holds, with commas between."""
    held = select(func.aggregate_strings(licences.c.product, _COMMA)).where(licences.c.person == person)
    return held.correlate(person.table).scalar_subquery()


def read_products(written: str | None) -> tuple[Product, ...]:
    """Return what `products_of` found, in the order of the products."""
    held = set(written.split(",")) if written else set()
    return tuple(product for product in Product if product in held)


def most_licences(db: Connection, account: int) -> dict[Product, int]:
    """Return how many licences the account has of those products that are limited."""
    rows = db.execute(
        select(product_limits.c.product, product_limits.c.most).where(product_limits.c.account == account)
    )
    return {Product(row.product): row.most for row in rows}


def used_licences(db: Connection, account: int) -> dict[Product, int]:
    """Return how many people of the account hold each product."""
    counted = select(licences.c.product, func.count().label("people")).where(licences.c.account == account)
    return {Product(row.product): row.people for row in db.execute(counted.group_by(licences.c.product))}


def save_most_licences(db: Connection, account: int, product: Product, most: int | None) -> None:
    """Write down how many licences the account has of the product; None takes the limit away."""
    db.execute(delete(product_limits).where(product_limits.c.account == account, product_limits.c.product == product))
    if most is not None:
        db.execute(insert(product_limits).values(account=account, product=product, most=most))


def add_products(db: Connection, account: int, person: int, products: Iterable[Product]) -> None:
    """Write down that somebody holds these products."""
    for product in products:
        db.execute(insert(licences).values(account=account, person=person, product=product))


def remove_products(db: Connection, person: int, products: Iterable[Product]) -> None:
    """Write down that somebody does not hold these products any more."""
    for product in products:
        db.execute(delete(licences).where(licences.c.person == person, licences.c.product == product))
