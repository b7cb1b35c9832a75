"""What somebody typed into a form, kept as typed, with what is wrong beside each field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from litestar import Request
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY, HTTP_429_TOO_MANY_REQUESTS

from parley.ground.faults import Fault, FieldError, Invalid, OverLimit
from parley.ground.words import N_

PASSWORD_RULE = N_("At least 10 characters. Several words in a row are a good one.")
"""What is said beside every field in which somebody chooses a password."""

_MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; nothing typed is lost when something is wrong with it."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    too_often: OverLimit | None = None

    @classmethod
    async def sent(cls, request: Request[Any, Any, Any]) -> "Form":
        """Return the form that was posted."""
        data = await request.form()
        return cls({name: tuple(str(value) for value in data.getall(name)) for name in data})

    @classmethod
    def of(cls, **values: object) -> "Form":
        """Return a form that opens with these values; None leaves a field empty."""
        return cls({name: _listed(value) for name, value in values.items() if value is not None})

    def text(self, name: str) -> str:
        """Return what was typed, without the space around it."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """Return what was typed, to the letter (passwords)."""
        return self.values.get(name, ("",))[-1]

    def number(self, name: str) -> int:
        """Return the number in a hidden field; 0 when somebody meddled with it."""
        written = self.text(name)
        return int(written) if written.isascii() and written.isdigit() and len(written) < _MOST_DIGITS else 0

    def every(self, name: str) -> tuple[str, ...]:
        """Return everything that was chosen."""
        return self.values.get(name, ())

    def has(self, name: str) -> bool:
        """Tell whether something was typed or chosen."""
        return bool(self.text(name))

    def with_values(self, **values: object) -> "Form":
        """Return the form with other values in these fields."""
        return replace(self, values={**self.values, **{name: _listed(value) for name, value in values.items()}})

    def refused(self, fault: Invalid, *, fields: Mapping[str, str] | None = None) -> "Form":
        """Return the form with what the verb found wrong; `fields` names ours where the verb's are called otherwise."""
        ours = fields or {}
        found = (
            FieldError(ours.get(error.field, error.field), error.message, **error.parameters) for error in fault.errors
        )
        return self._with_errors(*found)

    def with_error(self, field: str, fault: Fault) -> "Form":
        """Return the form with a fault that is not the verb's word on a field: beside this field, or on top for ""."""
        form = self._with_errors(FieldError(field, fault.message, **fault.parameters))
        return replace(form, too_often=fault if isinstance(fault, OverLimit) else None)

    def _with_errors(self, *found: FieldError) -> "Form":
        """Return the form with these errors too, all in the order of the fields, as browsers send them."""
        places = {name: place for place, name in enumerate(self.values, start=1)} | {"": 0}
        last = len(places)
        errors = (*self.errors, *found)
        ordered = sorted(errors, key=lambda error: places.get(error.field.partition(".")[0], last))
        return replace(self, errors=tuple(ordered))

    @property
    def status(self) -> int:
        """The status of the page that shows the form: 422 when something in it has to be mended, 429 when time has."""
        if self.too_often is not None:
            return HTTP_429_TOO_MANY_REQUESTS
        return HTTP_422_UNPROCESSABLE_ENTITY if self.errors else HTTP_200_OK

    @property
    def headers(self) -> dict[str, str]:
        """What browsers are told beside it: when to come back, where that is known."""
        wait = None if self.too_often is None else self.too_often.retry_after
        return {} if wait is None else {"retry-after": str(wait)}

    def errors_at(self, name: str) -> tuple[FieldError, ...]:
        """Return what is wrong with the field."""
        return tuple(error for error in self.errors if error.field == name or error.field.startswith(f"{name}."))


def sought(written: str) -> str:
    """Return what somebody looks for, without the space around it and without what nobody can see."""
    return "".join(filter(str.isprintable, written)).strip()


def _listed(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return (str(value),)
    return tuple(str(one) for one in value)
