"""Licences: how many an account has of each product, and what else is limited."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from parley.ground.faults import FieldError
from parley.ground.words import N_
from parley.people.caller import Caller

MOST = 1_000_000
"""The largest number that a limit may be; who needs more needs none."""


class Product(StrEnum):
    """What people hold licences of."""

    MEETING = "meeting"
    WEBINAR = "webinar"
    TRAINING = "training"
    SUPPORT = "support"


PRODUCT_NAMES: Mapping[Product, str] = MappingProxyType(
    {
        Product.MEETING: N_("Meetings"),
        Product.WEBINAR: N_("Webinars"),
        Product.TRAINING: N_("Trainings"),
        Product.SUPPORT: N_("Support"),
    }
)
"""What people call each product."""


class ProductLimit(msgspec.Struct, frozen=True, kw_only=True):
    """At most how many people may hold a product (None: everybody may use it), and how many do."""

    product: Product
    most: int | None
    used: int


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What an account may do at most. Nothing is limited that was not."""

    account: int
    products: tuple[ProductLimit, ...]
    sessions_at_once: int | None


class LimitsChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about the limits of an account; what is not named stays, and null is no limit."""

    products: dict[Product, int | None] = msgspec.field(default_factory=dict)
    sessions_at_once: int | UnsetType | None = UNSET

    @staticmethod
    def check_readable(readable: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:  # noqa: ARG004
        """Find out what is wrong with those fields that could be read."""
        check_limits(LimitsChange(**readable), errors=errors)


def check_limits(change: LimitsChange, *, errors: list[FieldError]) -> None:
    """Find numbers wrong that are no limits."""
    for product, most in change.products.items():
        check_limit(most, field=f"products.{product}", least=0, errors=errors)
    if change.sessions_at_once is not UNSET:
        check_limit(change.sessions_at_once, field="sessions_at_once", least=1, errors=errors)


def check_limit(written: int | None, *, field: str, least: int, errors: list[FieldError]) -> None:
    """Find a number wrong that is too small or too large to be a limit; None is no limit."""
    if written is not None and not least <= written <= MOST:
        errors.append(
            FieldError(field, N_("Write a number from %(least)s to %(most)s, or nothing."), least=least, most=MOST)
        )
