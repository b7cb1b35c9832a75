"""Why a client is refused something, and the codes with which a connection is closed."""

from enum import StrEnum

import msgspec


class Reason(StrEnum):
    """The words of the protocol for what went wrong, or for why a connection ends."""

    BAD_FRAME = "bad-frame"
    BAD_HELLO = "bad-hello"
    BAD_TEXT = "bad-text"
    ENDED = "ended"
    FULL = "full"
    GONE = "gone"
    LEFT = "left"
    NOT_ALLOWED = "not-allowed"
    REFUSED = "refused"
    REMOVED = "removed"
    RESTART = "restart"
    SEAT_TAKEN = "seat-taken"
    SEAT_UNKNOWN = "seat-unknown"
    SILENT = "silent"
    SLOW = "slow"
    SUSPENDED = "suspended"
    TOO_FAST = "too-fast"
    TOO_LONG = "too-long"
    TOO_OFTEN = "too-often"
    UNAVAILABLE = "unavailable"
    UNKNOWN_TYPE = "unknown-type"
    VERSION = "version"


CLOSE_CODES = {
    Reason.LEFT: 1000,
    Reason.RESTART: 1012,
    Reason.BAD_HELLO: 4001,
    Reason.VERSION: 4002,
    Reason.SEAT_UNKNOWN: 4004,
    Reason.UNAVAILABLE: 4005,
    Reason.TOO_LONG: 4006,
    Reason.TOO_FAST: 4008,
    Reason.SLOW: 4009,
    Reason.SEAT_TAKEN: 4010,
    Reason.ENDED: 4011,
    Reason.REMOVED: 4012,
    Reason.FULL: 4013,
    Reason.SUSPENDED: 4014,
    Reason.SILENT: 4015,
    Reason.REFUSED: 4016,
}
"""The close code of every reason for which a connection ends."""


class Error(msgspec.Struct, frozen=True, kw_only=True, tag="error", omit_defaults=True):
    """The event that tells a client what went wrong."""

    reason: Reason
    detail: str | None = None
    event: str | None = None
    key: str | None = None
    limit: int | None = None
    supported: list[int] | None = None
    to: str | None = None
    who: str | None = None


class Refused(Exception):
    """A connection is not taken, or not kept: `error` is the last that it hears."""

    def __init__(self, reason: Reason, **fields: object) -> None:
        super().__init__(reason.value)
        self.error = msgspec.convert({"type": "error", "reason": reason, **fields}, Error)
