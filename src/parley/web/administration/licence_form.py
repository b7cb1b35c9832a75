"""Licences in forms: what somebody holds, and limits, where an empty field is no limit."""

from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.people import Product
from parley.web.shell import Form

_MOST_DIGITS = 12


def limit_in(form: Form, field: str) -> int | None:
    """Return the limit that was typed; None for none. Raises Invalid for what is no number."""
    written = form.text(field)
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < _MOST_DIGITS):
        raise Invalid(FieldError(field, N_("Write a number, or nothing where there is no limit.")))
    return int(written)


def products_in(form: Form) -> tuple[Product, ...]:
    """Return the products that were ticked."""
    return tuple(product for product in Product if product in form.every("products"))
