"""A user, what may be changed about one, and how."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from parley.ground.faults import FieldError
from parley.ground.ids import new_id
from parley.people import fields
from parley.people.caller import Caller
from parley.people.licence import Product, check_limit
from parley.people.roles import RIGHTS, Role


class Status(StrEnum):
    """Whether somebody may use Parley."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DELETED = "deleted"
    """Their name stays in the record, and nothing else of them is found."""


def _products(written: Iterable[Product], **_: object) -> tuple[Product, ...]:
    held = set(written)
    return tuple(product for product in Product if product in held)


def _most_attendees(written: int | None, *, field: str, errors: list[FieldError]) -> int | None:
    check_limit(written, field=field, least=1, errors=errors)
    return written


_CHECKS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "email": fields.email_address,
        "name": fields.one_line,
        "locale": fields.language,
        "time_zone": fields.zone,
        "products": _products,
        "most_attendees": _most_attendees,
    }
)


def _tidied(written: Mapping[str, Any], *, errors: list[FieldError]) -> dict[str, Any]:
    """Return these fields of a user as they are stored."""
    return {
        field: _CHECKS[field](value, field=field, errors=errors) if field in _CHECKS else value
        for field, value in written.items()
    }


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """Some fields of a user, as somebody writes them."""

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:  # noqa: ARG004
        """Find out what is wrong with those fields that could be read."""
        _tidied({field: value for field, value in readable.items() if value is not None}, errors=errors)


class NewUser(Written, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to be added. Without a name they are called by what stands before the @ of their address."""

    email: str
    name: str | None = None
    role: Role = Role.MEMBER
    locale: str = "en"
    time_zone: str = "UTC"
    products: tuple[Product, ...] = ()
    most_attendees: int | None = None

    def as_user(self, account: int, *, errors: list[FieldError], now: datetime) -> "User":
        """Return the user that this will be, once `errors` is found to be empty."""
        written = msgspec.structs.asdict(self) | {
            "name": self.email.partition("@")[0] if self.name is None else self.name
        }
        tidy = _tidied(written, errors=errors)
        return User(id=new_id(), account=account, status=Status.ACTIVE, version=1, created_at=now, **tidy)


class UserChange(Written, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about a user; what is not named stays."""

    email: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    locale: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    products: tuple[Product, ...] | UnsetType = UNSET
    most_attendees: int | UnsetType | None = UNSET


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with an account of their own in an organization."""

    id: int
    account: int
    email: str
    name: str
    role: Role
    status: Status
    locale: str
    time_zone: str
    version: int
    created_at: datetime
    products: tuple[Product, ...] = ()
    """What they hold licences of."""

    most_attendees: int | None = None
    """The most people at once in a session that they host, themselves included; None when there is no limit."""

    @property
    def active(self) -> bool:
        """Whether they may use Parley."""
        return self.status is Status.ACTIVE

    def changed(self, change: UserChange) -> "User":
        """Return the user after the change, of the next version; the same user when it changes nothing."""
        wanted = {name: value for name in change.__struct_fields__ if (value := getattr(change, name)) is not UNSET}
        errors: list[FieldError] = []
        after = msgspec.structs.replace(self, **_tidied(wanted, errors=errors))
        fields.refuse(errors)
        return self if after == self else msgspec.structs.replace(after, version=self.version + 1)

    def with_status(self, status: Status) -> "User":
        """Return the user with this status, of the next version; the same user when they have it already."""
        if status is self.status:
            return self
        return msgspec.structs.replace(self, status=status, version=self.version + 1)

    def deleted(self) -> "User":
        """Return what stays of the user: their name, under which the record is kept."""
        return msgspec.structs.replace(
            self, status=Status.DELETED, email="", products=(), most_attendees=None, version=self.version + 1
        )

    def as_caller(self) -> Caller:
        """Return the user as somebody who asks, with every right of their role."""
        return Caller(
            person=self.id,
            account=self.account,
            name=self.name,
            role=self.role,
            scopes=RIGHTS[self.role],
            locale=self.locale,
            time_zone=self.time_zone,
        )
