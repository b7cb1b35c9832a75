"""Naming every wrong field of a request, where the decoder stops at the first."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, ValidationException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

from parley.app.queries import parameter_names
from parley.ground.faults import FieldError
from parley.ground.words import N_

_MISSING = N_("This is missing.")
_UNKNOWN = N_("There is no such field.")
_UNFIT = N_("This does not fit: %(why)s.")
_NOT_AN_OBJECT = N_("A JSON object is needed here.")

BODY = "body"
"""The key of the request's state under which `KeepingRequest` leaves the bytes of the body."""

LARGEST_FORM = 256 * 1024
"""Bytes that a form of a page may have."""

MOST_FIELDS = 6_000
"""How many fields; the largest form says who is in a group."""


class KeepingRequest(Request[Any, Any, Any]):
    """A request that keeps its body's bytes, so that what was wrong with them can be said in full."""

    async def form(self) -> FormMultiDict:
        """Return the form that one of our pages sent; a form of another kind, with files, counts as empty.

        Forms are read before anybody knows who sends them, so that a large one is refused before it is taken apart.
        """
        kind, _ = self.content_type
        if kind != RequestEncodingType.URL_ENCODED:
            return FormMultiDict([])
        written = await self.body()
        if len(written) > LARGEST_FORM or written.count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        with _readable():
            return await super().form()

    async def json(self) -> Any:  # noqa: ANN401 (as the framework declares it)
        """Return the decoded body."""
        self.scope["state"][BODY] = await self.body()
        with _readable():
            return await super().json()


@contextmanager
def _readable() -> Iterator[None]:
    """Call what the decoders raise for bytes that are no text, or nested without end, a mistake of the sender."""
    try:
        yield
    except (UnicodeDecodeError, RecursionError) as fault:
        raise ClientException from fault


CheckReadable = Callable[..., None]
"""What the shape of a body may have as `check_readable(readable, *, by, now, errors)`.

It adds to `errors`, which name the fields that could not be read, what is wrong with those that could: nobody mends
one field only to hear of the next.
"""


def field_errors(request: Request[Any, Any, Any], fault: ValidationException) -> list[FieldError]:
    """Return every wrong field of the body; for parameters in path and query, what the framework found.

    What only the database knows (a name that is taken) is looked at when the rest is right.
    """
    raw = request.scope.get("state", {}).get(BODY)
    shape = request.route_handler.parsed_data_field
    if raw is not None and shape is not None:
        try:
            found = errors_in(raw, shape.annotation)
            if found:
                _check_readable(request, raw, shape.annotation, found)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            found = []
        if found:
            return found
    extra = fault.extra if isinstance(fault.extra, list) else []
    written = parameter_names(request.route_handler)
    return [
        FieldError(
            written.get(key := str(item.get("key", "")), key), _UNFIT, why=str(item.get("message", "")).rstrip(".")
        )
        for item in extra
    ] or [FieldError("", _UNFIT, why=fault.detail)]


def _check_readable(request: Request[Any, Any, Any], raw: bytes, shape: Any, errors: list[FieldError]) -> None:  # noqa: ANN401
    check: CheckReadable | None = getattr(shape, "check_readable", None)
    if check is not None:
        now: datetime = request.app.state.clock()
        check(readable_in(raw, shape), by=request.scope.get("user"), now=now, errors=errors)


def readable_in(raw: bytes, shape: type[msgspec.Struct]) -> Mapping[str, Any]:
    """Return those fields of a JSON object that are what the shape says."""
    try:
        given = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        return {}
    return {
        field.name: msgspec.json.decode(given[field.encode_name], type=field.type)
        for field in msgspec.structs.fields(shape)
        if field.encode_name in given and not errors_in(given[field.encode_name], field.type)
    }


def errors_in(raw: bytes | msgspec.Raw, shape: Any, path: str = "") -> list[FieldError]:  # noqa: ANN401 (any type that msgspec knows)
    """Return what is wrong with JSON that should have a shape, each object's fields one by one."""
    info = msgspec.inspect.type_info(shape)
    if not isinstance(info, msgspec.inspect.StructType):
        return _whole(raw, shape, path)
    try:
        given = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        return [FieldError(path, _NOT_AN_OBJECT)]
    found: list[FieldError] = []
    fields = {field.encode_name: field for field in info.fields}
    for name, field in fields.items():
        where = f"{path}.{name}" if path else name
        if name in given:
            found += errors_in(given[name], _annotation(info.cls, field.name), where)
        elif field.required:
            found.append(FieldError(where, _MISSING))
    if info.forbid_unknown_fields:
        found += [FieldError(f"{path}.{name}" if path else name, _UNKNOWN) for name in given if name not in fields]
    return found


def _annotation(struct: type, field: str) -> Any:  # noqa: ANN401
    return next(item.type for item in msgspec.structs.fields(struct) if item.name == field)


def _whole(raw: bytes | msgspec.Raw, shape: Any, path: str) -> list[FieldError]:  # noqa: ANN401
    try:
        msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as fault:
        why, _, inner = str(fault).partition(" - at `$")
        inner = inner.rstrip("`")
        return [FieldError(path + inner if path else inner.lstrip("."), _UNFIT, why=why.rstrip("."))]
    except RecursionError:
        return [FieldError(path, _UNFIT, why="nested too deeply")]
    return []
