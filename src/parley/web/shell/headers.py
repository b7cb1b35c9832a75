"""What browsers are told about every answer: load nothing from elsewhere, run nothing inline, frame nothing."""

from collections.abc import Callable, Iterable

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

NO_REFERRER = {"referrer-policy": "no-referrer"}
"""For pages whose address is a secret."""

_ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

_OF_ANSWERS = {"cache-control": "no-store"}
"""What a page or document says is its reader's business, and may be another a moment later."""

_OF_PAGES = {
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=(), usb=()",
    "x-frame-options": "DENY",
}

_HALF_A_YEAR = "max-age=15552000"

Headers = list[tuple[bytes, bytes]]
WithHeaders = Callable[[Iterable[tuple[bytes, bytes]]], Headers]


def security_headers(*, secure: bool) -> WithHeaders:
    """Return what adds the headers to those of an answer; `secure` when people come by https."""
    always = _written(_ALWAYS | ({"strict-transport-security": _HALF_A_YEAR} if secure else {}))
    of_answers = always + _written(_OF_ANSWERS)
    of_pages = of_answers + _written(_OF_PAGES)

    def added(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
        there = dict(headers)
        kind = there.get(b"content-type", b"")
        ours = of_pages if kind.startswith(b"text/html") else of_answers if b"json" in kind else always
        return [*headers, *(pair for pair in ours if pair[0] not in there)]

    return added


def _written(headers: dict[str, str]) -> Headers:
    return [(name.encode(), value.encode()) for name, value in headers.items()]
