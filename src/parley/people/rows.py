"""The tables of accounts, users and groups, and every question asked of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from parley.ground.db import Id, Instant, metadata
from parley.people.account import Account
from parley.people.fields import folded
from parley.people.group import Group
from parley.people.roles import Role
from parley.people.user import Status, User

accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the account"),
    Column("name", Text, nullable=False, comment="What the organization is called"),
    Column("created_at", Instant, nullable=False, comment="When the account was created (UTC)"),
    comment="Organizations on this server; they know nothing of each other",
)

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the user"),
    Column("account", Id, ForeignKey(accounts.c.id), nullable=False, comment="The account that they belong to"),
    Column("email", Text, nullable=False, comment="E-mail address, as it was written"),
    Column("email_folded", Text, nullable=False, unique=True, comment="E-mail address, as it is compared"),
    Column("name", Text, nullable=False, comment="What people call them"),
    Column("name_folded", Text, nullable=False, comment="Name, as it is sorted and searched"),
    Column("role", Text, nullable=False, comment="administrator, manager, organizer, agent or member"),
    Column("status", Text, nullable=False, comment="active or suspended"),
    Column("locale", Text, nullable=False, comment="Language that Parley speaks with them, for example de"),
    Column("time_zone", Text, nullable=False, comment="IANA time zone, for example Europe/Berlin"),
    Column("version", Integer, nullable=False, comment="Counts changes, from 1"),
    Column("created_at", Instant, nullable=False, comment="When they were added (UTC)"),
    Index("ix_users_account_name_folded_id", "account", "name_folded", "id"),
    comment="People with a user of their own; guests of a meeting are participants only",
)

groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the group"),
    Column("account", Id, ForeignKey(accounts.c.id), nullable=False, comment="The account that it belongs to"),
    Column("name", Text, nullable=False, comment="What the group is called"),
    Column("name_folded", Text, nullable=False, comment="Name, as it is compared and sorted"),
    Column("description", Text, nullable=False, comment="What the group is for; may be empty"),
    Column("version", Integer, nullable=False, comment="Counts changes, from 1"),
    Column("created_at", Instant, nullable=False, comment="When it was created (UTC)"),
    UniqueConstraint("account", "name_folded"),
    comment="People who belong together: a department, a shift, a class",
)

group_members = Table(
    "group_members",
    metadata,
    Column("member_of", Id, ForeignKey(groups.c.id, ondelete="CASCADE"), primary_key=True, comment="The group"),
    Column("person", Id, ForeignKey(users.c.id), primary_key=True, comment="The user who is in it"),
    Index("ix_group_members_person", "person"),
    comment="Who is in which group",
)

USER_COLUMNS: list[Column[Any]] = [
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
]
_GROUP_COLUMNS = [column for column in groups.c if column.name != "name_folded"]


def user_of(row: Row[Any]) -> User:
    """Return the user in a row of `USER_COLUMNS`."""
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
    )


def add_account(db: Connection, account: Account) -> None:
    """Store a new account."""
    db.execute(insert(accounts).values(id=account.id, name=account.name, created_at=account.created_at))


def save_account(db: Connection, account: Account) -> None:
    """Store what became of an account."""
    db.execute(update(accounts).where(accounts.c.id == account.id).values(name=account.name))


def account_with(db: Connection, account: int) -> Account | None:
    """Return the account of an id."""
    row = db.execute(select(accounts).where(accounts.c.id == account)).one_or_none()
    return None if row is None else Account(id=row.id, name=row.name, created_at=row.created_at)


def find_accounts(db: Connection) -> list[Account]:
    """Return all accounts of this server by name."""
    found = db.execute(select(accounts).order_by(accounts.c.name, accounts.c.id))
    return [Account(id=row.id, name=row.name, created_at=row.created_at) for row in found]


def any_account(db: Connection) -> bool:
    """Tell whether there is an account on this server yet."""
    return db.execute(select(accounts.c.id).limit(1)).first() is not None


def add_user(db: Connection, user: User) -> None:
    """Store a new user."""
    db.execute(insert(users).values(_user_values(user)))


def save_user(db: Connection, user: User) -> None:
    """Store what became of a user."""
    db.execute(update(users).where(users.c.id == user.id, users.c.account == user.account).values(_user_values(user)))


def _user_values(user: User) -> dict[str, Any]:
    values = {column.name: getattr(user, column.name) for column in USER_COLUMNS}
    return values | {"email_folded": folded(user.email), "name_folded": folded(user.name)}


_USER = select(*USER_COLUMNS)


def user_in(db: Connection, account: int, user: int) -> User | None:
    """Return a user of the account."""
    row = db.execute(_USER.where(users.c.id == user, users.c.account == account)).one_or_none()
    return None if row is None else user_of(row)


def user_anywhere(db: Connection, user: int) -> User | None:
    """Return a user of any account: for those who hold their credential, never for a question about others."""
    row = db.execute(_USER.where(users.c.id == user)).one_or_none()
    return None if row is None else user_of(row)


def user_by_email(db: Connection, email: str) -> User | None:
    """Return the user of an e-mail address, of any account: addresses are unique on the server."""
    row = db.execute(_USER.where(users.c.email_folded == folded(email))).one_or_none()
    return None if row is None else user_of(row)


def users_in(db: Connection, account: int, ids: Iterable[int]) -> list[User]:
    """Return those users of the account that have one of the ids."""
    return [user_of(row) for row in db.execute(_USER.where(users.c.account == account, users.c.id.in_(tuple(ids))))]


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
    if status is not None:
        statement = statement.where(users.c.status == status)
    if role is not None:
        statement = statement.where(users.c.role == role)
    if behind is not None:
        statement = statement.where(tuple_(users.c.name_folded, users.c.id) > behind)
    return [user_of(row) for row in db.execute(statement)]


def active_administrators(db: Connection, account: int) -> int:
    """Return how many people may administer the account."""
    statement = select(func.count()).where(
        users.c.account == account, users.c.role == Role.ADMINISTRATOR, users.c.status == Status.ACTIVE
    )
    return db.execute(statement).scalar_one()


def add_group(db: Connection, group: Group) -> None:
    """Store a new group, without members."""
    db.execute(insert(groups).values(_group_values(group)))


def save_group(db: Connection, group: Group) -> None:
    """Store what became of a group, but for its members."""
    values = _group_values(group)
    db.execute(update(groups).where(groups.c.id == group.id, groups.c.account == group.account).values(values))


def _group_values(group: Group) -> dict[str, Any]:
    return {column.name: getattr(group, column.name) for column in _GROUP_COLUMNS} | {"name_folded": folded(group.name)}


def delete_group(db: Connection, group: Group) -> None:
    """Remove a group; its members' rows go with it."""
    db.execute(delete(groups).where(groups.c.id == group.id, groups.c.account == group.account))


def join_group(db: Connection, group: int, people: Sequence[int]) -> None:
    """Put people into a group."""
    if people:
        db.execute(insert(group_members), [{"member_of": group, "person": person} for person in people])


def leave_group(db: Connection, group: int, people: Sequence[int]) -> None:
    """Take people out of a group."""
    db.execute(delete(group_members).where(group_members.c.member_of == group, group_members.c.person.in_(people)))


def group_in(db: Connection, account: int, group: int) -> Group | None:
    """Return a group of the account."""
    rows = db.execute(select(*_GROUP_COLUMNS).where(groups.c.id == group, groups.c.account == account)).all()
    return next(iter(_with_members(db, rows)), None)


def find_groups(db: Connection, account: int, *, behind: tuple[str, int] | None, limit: int) -> list[Group]:
    """Return groups of the account by name, those behind a sort key of name and id."""
    statement = select(*_GROUP_COLUMNS).where(groups.c.account == account)
    if behind is not None:
        statement = statement.where(tuple_(groups.c.name_folded, groups.c.id) > behind)
    return _with_members(db, db.execute(statement.order_by(groups.c.name_folded, groups.c.id).limit(limit)).all())


def _with_members(db: Connection, rows: Sequence[Row[Any]]) -> list[Group]:
    members: dict[int, list[int]] = {row.id: [] for row in rows}
    statement = select(group_members).where(group_members.c.member_of.in_(tuple(members)))
    for row in db.execute(statement.order_by(group_members.c.person)):
        members[row.member_of].append(row.person)
    return [_group_of(row, tuple(members[row.id])) for row in rows]


def _group_of(row: Row[Any], members: tuple[int, ...]) -> Group:
    return Group(
        id=row.id,
        account=row.account,
        name=row.name,
        description=row.description,
        members=members,
        version=row.version,
        created_at=row.created_at,
    )
