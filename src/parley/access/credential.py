"""What somebody shows to come in, and who they are by it."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from parley.people import Caller


class Kind(StrEnum):
    """What a credential is: a browser's cookie, or an API token."""

    BROWSER = "browser"
    TOKEN = "token"  # noqa: S105 (a kind, not a secret)


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """A browser session or token that was found good. `id` is that of the session or token."""

    kind: Kind
    id: int
    caller: Caller
    seen_at: datetime | None
    expires_at: datetime | None

    def lives(self, *, at: datetime, idle: timedelta) -> bool:
        """Whether it has neither expired nor, a browser's, lain unused for too long."""
        if self.expires_at is not None and at >= self.expires_at:
            return False
        return self.kind is Kind.TOKEN or (self.seen_at is not None and at - self.seen_at < idle)

    def seen(self, *, at: datetime) -> "Credential":
        """Return the credential, used at a moment."""
        return msgspec.structs.replace(self, seen_at=at)
