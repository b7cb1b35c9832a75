"""Accounts, users and groups as the API shows them, and what it takes. Ids are strings."""

from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from parley.ground import ids
from parley.ground.faults import FieldError, Invalid, NotFound
from parley.ground.words import N_
from parley.people.account import Account
from parley.people.group import Described, Group, GroupChange
from parley.people.licence import Limits, Product
from parley.people.lobby import Lobby
from parley.people.roles import Role
from parley.people.user import Status, User, UserChange, Written


class UserView(msgspec.Struct, frozen=True, kw_only=True):
    """A user as the API shows one; without `most_attendees`, sessions that they host are as large as the room."""

    id: str
    email: str
    name: str
    role: Role
    status: Status
    locale: str
    time_zone: str
    products: tuple[Product, ...]
    most_attendees: int | None
    version: int
    created_at: datetime

    @classmethod
    def of(cls, user: User) -> "UserView":
        """Show a user."""
        return cls(
            id=ids.text(user.id),
            email=user.email,
            name=user.name,
            role=user.role,
            status=user.status,
            locale=user.locale,
            time_zone=user.time_zone,
            products=user.products,
            most_attendees=user.most_attendees,
            version=user.version,
            created_at=user.created_at,
        )


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """An account as the API shows one; `lobby` says who waits before meetings without a password that say nothing."""

    id: str
    name: str
    lobby: Lobby

    @classmethod
    def of(cls, account: Account) -> "AccountView":
        """Show an account."""
        return cls(id=ids.text(account.id), name=account.name, lobby=account.lobby)


class AccountChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about an account; what is not named stays."""

    name: str | UnsetType = UNSET
    lobby: Lobby | UnsetType = UNSET


class ProductView(msgspec.Struct, frozen=True, kw_only=True):
    """The most people who may hold a product (null: everybody may use it), and how many do."""

    most: int | None
    used: int


class LimitsView(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of an account as the API shows them; null is no limit."""

    products: dict[Product, ProductView]
    sessions_at_once: int | None

    @classmethod
    def of(cls, limits: Limits) -> "LimitsView":
        """Show the limits."""
        products = {one.product: ProductView(most=one.most, used=one.used) for one in limits.products}
        return cls(products=products, sessions_at_once=limits.sessions_at_once)


class MeView(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: the user, their account, and what this token may do."""

    user: UserView
    account: AccountView
    scopes: list[str]


class MeChange(Written, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What people change about themselves; what is not named stays."""

    name: str | UnsetType = UNSET
    locale: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET

    def as_user_change(self) -> UserChange:
        """Return the change as one of a user."""
        return UserChange(name=self.name, locale=self.locale, time_zone=self.time_zone)


class GroupView(msgspec.Struct, frozen=True, kw_only=True):
    """A group as the API shows one; `parent` is the group that it is a part of, the people are ids of users."""

    id: str
    name: str
    description: str
    parent: str | None
    members: list[str]
    managers: list[str]
    version: int
    created_at: datetime

    @classmethod
    def of(cls, group: Group) -> "GroupView":
        """Show a group."""
        return cls(
            id=ids.text(group.id),
            name=group.name,
            description=group.description,
            parent=None if group.parent is None else ids.text(group.parent),
            members=[ids.text(member) for member in group.members],
            managers=[ids.text(manager) for manager in group.managers],
            version=group.version,
            created_at=group.created_at,
        )


class NewGroup(Described, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group to be created; `members` are ids of users."""

    name: str
    description: str = ""
    parent: str | None = None
    members: list[str] = msgspec.field(default_factory=list)


class GroupEdit(Described, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about a group; what is not named stays. A `parent` of null takes it out of its group."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    parent: str | UnsetType | None = UNSET

    def as_change(self) -> GroupChange:
        """Return the change with the parent found; raises Invalid when that is no id."""
        parent = UNSET if self.parent is UNSET else parent_named(self.parent)
        return GroupChange(name=self.name, description=self.description, parent=parent)


def parent_named(written: str | None) -> int | None:
    """Return the id of a parent as it is written; raises Invalid when it is none."""
    try:
        return None if written is None else ids.parse(written)
    except NotFound as fault:
        raise Invalid(FieldError("parent", N_("There is no such group."))) from fault


class Members(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exactly who is in a group: ids of users."""

    members: list[str]


class Managers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exactly who manages a group: ids of users whose role is manager."""

    managers: list[str]
