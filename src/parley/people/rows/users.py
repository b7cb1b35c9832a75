"""The table of users, and every question asked of it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from parley.ground.db import Id, Instant, metadata
from parley.people.fields import folded
from parley.people.roles import Role
from parley.people.rows.licences import products_of, read_products
from parley.people.user import Status, User

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the user"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account that they belong to"),
    Column("email", Text, nullable=False, comment="E-mail address, as it was written; empty for who is deleted"),
    Column("email_folded", Text, nullable=False, unique=True, comment="E-mail address, as it is compared"),
    Column("name", Text, nullable=False, comment="What people call them"),
    Column("name_folded", Text, nullable=False, comment="Name, as it is sorted and searched"),
    Column("role", Text, nullable=False, comment="administrator, manager, organizer, agent or member"),
    Column("status", Text, nullable=False, comment="active, suspended or deleted"),
    Column("locale", Text, nullable=False, comment="Language that Parley speaks with them, for example de"),
    Column("time_zone", Text, nullable=False, comment="IANA time zone, for example Europe/Berlin"),
    Column("version", Integer, nullable=False, comment="Counts changes, from 1"),
    Column("created_at", Instant, nullable=False, comment="When they were added (UTC)"),
    Column(
        "most_attendees",
        Integer,
        comment="The most people at once in a session that they host, themselves included; empty without a limit",
    ),
    Index("ix_users_account_name_folded_id", "account", "name_folded", "id"),
    comment="People with a user of their own; guests of a meeting are participants only",
)

_COLUMNS: list[Column[Any]] = [
    users.c.id,
    users.c.account,
    users.c.email,
    users.c.name,
    users.c.role,
    users.c.status,
    users.c.locale,
    users.c.time_zone,
    users.c.version,
    users.c.created_at,
    users.c.most_attendees,
]
_PRODUCTS = products_of(users.c.id).label("products")


def _user(row: Row[Any]) -> User:
    """Return the user in a row of `_USER`."""
    return User(
        id=row.id,
        account=row.account,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        status=Status(row.status),
        locale=row.locale,
        time_zone=row.time_zone,
        version=row.version,
        created_at=row.created_at,
        most_attendees=row.most_attendees,
        products=read_products(row.products),
    )


def add_user(db: Connection, user: User) -> None:
    """Store a new user."""
    db.execute(insert(users).values(_user_values(user)))


def save_user(db: Connection, user: User) -> None:
    """Store what became of a user."""
    db.execute(update(users).where(users.c.id == user.id, users.c.account == user.account).values(_user_values(user)))


def _user_values(user: User) -> dict[str, Any]:
    values = {column.name: getattr(user, column.name) for column in _COLUMNS}
    return values | {"email_folded": folded(user.email) or f"deleted {user.id}", "name_folded": folded(user.name)}


_USER: Select[Any] = select(*_COLUMNS, _PRODUCTS)


def user_in(db: Connection, account: int, user: int) -> User | None:
    """Return a user of the account."""
    row = db.execute(_USER.where(users.c.id == user, users.c.account == account)).one_or_none()
    return None if row is None else _user(row)


def user_anywhere(db: Connection, user: int) -> User | None:
    """Return a user of any account: for those who hold their credential, never for a question about others."""
    row = db.execute(_USER.where(users.c.id == user)).one_or_none()
    return None if row is None else _user(row)


def user_by_email(db: Connection, email: str) -> User | None:
    """Return the user of an e-mail address, of any account: addresses are unique on the server."""
    row = db.execute(_USER.where(users.c.email_folded == folded(email))).one_or_none()
    return None if row is None else _user(row)


def users_in(db: Connection, account: int, ids: Iterable[int]) -> list[User]:
    """Return those users of the account that have one of the ids."""
    return [_user(row) for row in db.execute(_USER.where(users.c.account == account, users.c.id.in_(tuple(ids))))]


def users_with(db: Connection, account: int, emails: Iterable[str]) -> list[User]:
    """Return those users of the account that have one of the e-mail addresses."""
    wanted = [folded(email) for email in emails]
    return [_user(row) for row in db.execute(_USER.where(users.c.account == account, users.c.email_folded.in_(wanted)))]


def find_users(
    db: Connection,
    account: int,
    *,
    query: str | None,
    status: Status | None,
    role: Role | None,
    behind: tuple[str, int] | None,
    limit: int,
) -> list[User]:
    """Return users of the account by name, those behind a sort key of name and id."""
    statement = _USER.where(users.c.account == account).order_by(users.c.name_folded, users.c.id).limit(limit)
    if query:
        part = folded(query)
        statement = statement.where(
            or_(
                users.c.name_folded.contains(part, autoescape=True),
                users.c.email_folded.contains(part, autoescape=True),
            )
        )
    if status is None:
        statement = statement.where(users.c.status != Status.DELETED)
    else:
        statement = statement.where(users.c.status == status)
    if role is not None:
        statement = statement.where(users.c.role == role)
    if behind is not None:
        statement = statement.where(tuple_(users.c.name_folded, users.c.id) > behind)
    return [_user(row) for row in db.execute(statement)]


def active_users(db: Connection, account: int, *, roles: Iterable[Role]) -> list[User]:
    """Return everybody of these roles who is active, in the order in which they were added."""
    wanted = users.c.account == account, users.c.status == Status.ACTIVE, users.c.role.in_(tuple(roles))
    return [_user(row) for row in db.execute(_USER.where(*wanted).order_by(users.c.id))]


def active_administrators(db: Connection, account: int) -> int:
    """Return how many people may administer the account."""
    statement = select(func.count()).where(
        users.c.account == account, users.c.role == Role.ADMINISTRATOR, users.c.status == Status.ACTIVE
    )
    return db.execute(statement).scalar_one()
