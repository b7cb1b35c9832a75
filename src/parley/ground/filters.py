"""Filters of lists, as a query names them; what is none is Invalid under the filter's own name."""

from contextlib import suppress
from datetime import UTC, datetime

import msgspec

from parley.ground import ids
from parley.ground.faults import FieldError, Invalid, NotFound
from parley.ground.words import N_

MOMENT = {"format": "date-time"}
"""What the API's description says of a parameter that `moment_written` reads."""


def id_named(written: str | None, *, filter_: str) -> int | None:
    """Return the id that a filter names, if it names one."""
    try:
        return None if written is None else ids.parse(written)
    except NotFound as fault:
        raise Invalid(FieldError(filter_, N_("This is not an id."))) from fault


def moment_written(written: str | None, *, filter_: str) -> datetime | None:
    """Return the moment that a query writes (RFC 3339), if any."""
    try:
        given = None if written is None else msgspec.convert(written, datetime)
    except (msgspec.ValidationError, ValueError) as fault:
        raise _no_moment(filter_) from fault
    return moment_named(given, filter_=filter_)


def moment_named(given: datetime | None, *, filter_: str) -> datetime | None:
    """Return the moment that a filter names, if any; a time without an offset is another moment in every zone."""
    if given is None:
        return None
    if given.tzinfo is not None:
        with suppress(OverflowError):
            return given.astimezone(UTC)
    raise _no_moment(filter_)


def _no_moment(filter_: str) -> Invalid:
    return Invalid(FieldError(filter_, N_("Write a time with its offset, like 2026-03-02T09:30:00Z.")))
