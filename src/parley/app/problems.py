"""Every fault as an answer: the one table of HTTP statuses, and RFC 9457 problem documents in the reader's language."""

import re
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from parley.app.bodies import field_errors
from parley.app.request_log import request_id, shown_path
from parley.ground import faults
from parley.ground.log import get_logger
from parley.ground.words import N_, preferred_language, translate

STATUS: dict[type[Exception], HTTPStatus] = {
    faults.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    faults.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    faults.Forbidden: HTTPStatus.FORBIDDEN,
    faults.NotFound: HTTPStatus.NOT_FOUND,
    faults.Stale: HTTPStatus.PRECONDITION_FAILED,
    faults.Conflict: HTTPStatus.CONFLICT,
    faults.VersionRequired: HTTPStatus.PRECONDITION_REQUIRED,
    faults.OverLimit: HTTPStatus.TOO_MANY_REQUESTS,
    faults.StorageFull: HTTPStatus.INSUFFICIENT_STORAGE,
    faults.Unreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    faults.CredentialsRefused: HTTPStatus.BAD_GATEWAY,
    faults.Rejected: HTTPStatus.BAD_GATEWAY,
}
"""What each fault is in HTTP; the nearest class in its ancestry decides."""

TITLES = {
    HTTPStatus.BAD_REQUEST: N_("This request cannot be read"),
    HTTPStatus.UNAUTHORIZED: N_("Please sign in"),
    HTTPStatus.FORBIDDEN: N_("Not allowed"),
    HTTPStatus.NOT_FOUND: N_("Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: N_("Not possible here"),
    HTTPStatus.CONFLICT: N_("Not possible now"),
    HTTPStatus.PRECONDITION_FAILED: N_("Changed in the meantime"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: N_("Too large"),
    HTTPStatus.UNPROCESSABLE_ENTITY: N_("Something needs mending"),
    HTTPStatus.PRECONDITION_REQUIRED: N_("The version is missing"),
    HTTPStatus.TOO_MANY_REQUESTS: N_("Too much, or too often"),
    HTTPStatus.INTERNAL_SERVER_ERROR: N_("Something went wrong here"),
    HTTPStatus.BAD_GATEWAY: N_("Another server did not do what was asked"),
    HTTPStatus.SERVICE_UNAVAILABLE: N_("Not reachable just now"),
    HTTPStatus.INSUFFICIENT_STORAGE: N_("The disk is full"),
}
_UNEXPECTED = N_("Something went wrong here. It was logged under the id %(id)s.")
_UNREADABLE = N_("The body is not JSON in UTF-8.")
_FRAMEWORKS_WORDS = {
    "Not Found": N_("There is nothing at this address."),
    "Method Not Allowed": N_("That cannot be done at this address."),
    "Request Entity Too Large": N_("The body is too large."),
}
"""What the framework says in English only, and what the API says. Pages have words of their own."""

_GONE = "client disconnected prematurely"
"""How the framework says that nobody waits for the answer any more."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_log = get_logger("parley.app")


class InvalidField(msgspec.Struct, frozen=True, kw_only=True):
    """One field that is wrong: a dotted path, and why."""

    field: str
    detail: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A problem document (RFC 9457). `errors` names every wrong field, `current` is what is there now (412)."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: tuple[InvalidField, ...] = ()
    current: Any = None
    retry_after: int | None = None


def problem_of(request: Request[Any, Any, Any], fault: Exception, language: str) -> Problem:
    """Describe what went wrong for the reader; what nobody expected is logged and described by its request id."""
    fault = _as_fault(request, fault)
    status = _status(fault)
    kind = "unexpected"
    detail = ""
    if isinstance(fault, faults.Invalid):
        kind, detail = "invalid", _what_is_wrong(fault, language)
    elif isinstance(fault, faults.Fault):
        kind, detail = slug_of(type(fault)), translate(language, fault.message, fault.parameters)
    elif isinstance(fault, HTTPException) and status < HTTPStatus.INTERNAL_SERVER_ERROR:
        kind, detail = status.phrase.lower().replace(" ", "-"), fault.detail
    else:
        _log.error("unexpected fault", exc_info=fault, path=shown_path(request.scope))
        detail = translate(language, _UNEXPECTED, {"id": request_id(request.scope)})
    errors = fault.errors if isinstance(fault, faults.Invalid) else ()
    return Problem(
        type=f"urn:parley:problem:{kind}",
        title=translate(language, TITLES.get(status, status.phrase)),
        status=status,
        detail=detail,
        request_id=request_id(request.scope),
        errors=tuple(
            InvalidField(field=error.field, detail=translate(language, error.message, error.parameters))
            for error in errors
        ),
        current=getattr(fault, "current", None),
        retry_after=getattr(fault, "retry_after", None),
    )


def _what_is_wrong(fault: faults.Invalid, language: str) -> str:
    """Say it in one line; where more than one field is wrong, each sentence says whose it is."""
    told = [(error.field, translate(language, error.message, error.parameters)) for error in fault.errors]
    return told[0][1] if len(told) == 1 else " ".join(f"{field}: {words}" if field else words for field, words in told)


def slug_of(kind: type[faults.Fault]) -> str:
    """Return what programs know a fault by: `AlreadyLive` is `already-live`. docs/reference/problems.md lists them."""
    return _HUMP.sub("-", kind.__name__).lower()


def answer(problem: Problem) -> Response[bytes]:
    """Return the problem document as a response."""
    headers = {"Cache-Control": "no-store"}
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type="application/problem+json",
        headers=headers,
    )


def _status(fault: Exception) -> HTTPStatus:
    for ancestor in type(fault).__mro__:
        if ancestor in STATUS:
            return STATUS[ancestor]
    if isinstance(fault, HTTPException):
        return HTTPStatus(fault.status_code)
    return HTTPStatus.INTERNAL_SERVER_ERROR


def _as_fault(request: Request[Any, Any, Any], fault: Exception) -> Exception:
    """Turn what the framework raised about the input into our own faults, with every wrong field named."""
    if isinstance(fault, ValidationException):
        return faults.Invalid(*field_errors(request, fault))
    if isinstance(fault, HTTPException) and (fault.status_code == HTTPStatus.BAD_REQUEST or fault.detail == _GONE):
        return HTTPException(detail=_UNREADABLE, status_code=HTTPStatus.BAD_REQUEST)
    return fault


def api_fault(request: Request[Any, Any, Any], fault: Exception) -> Response[bytes]:
    """Answer any exception of an API route with a problem document."""
    language = preferred_language(request.headers.get("accept-language", ""))
    problem = problem_of(request, fault, language)
    detail = translate(language, _FRAMEWORKS_WORDS.get(problem.detail, problem.detail))
    told = answer(msgspec.structs.replace(problem, detail=detail))
    if problem.status == HTTPStatus.METHOD_NOT_ALLOWED and isinstance(fault, HTTPException):
        told.headers.update(fault.headers or {})  # Allow: what can be done there
    return told
