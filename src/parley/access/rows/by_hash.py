"""What the tables of secrets have in common: the secret itself is nowhere, and its row is found by its hash."""

from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Row, Table, insert, select


def shown(table: Table) -> list[Column[Any]]:
    """Return the columns that are read: all but the hash."""
    return [column for column in table.c if column.name != "token_hash"]


def add_hashed(db: Connection, table: Table, thing: msgspec.Struct, token_hash: bytes, **stored: object) -> None:
    """Store a new row of the thing's fields; `stored` are those that are written otherwise."""
    values = {column.name: getattr(thing, column.name) for column in shown(table)}
    db.execute(insert(table).values(values | stored | {"token_hash": token_hash}))


def row_by_hash(db: Connection, table: Table, token_hash: bytes) -> Row[Any] | None:
    """Return the row whose secret this is the hash of."""
    return db.execute(select(*shown(table)).where(table.c.token_hash == token_hash)).one_or_none()
