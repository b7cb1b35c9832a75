"""A link by which an artefact is shared: it opens one thing, until it expires or is withdrawn."""

from datetime import datetime

import msgspec


class SharedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link to one artefact. Its secret is shown once and kept as a hash."""

    id: int
    artefact: int
    label: str
    downloads: bool
    created_by: int | None
    created_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None = None
    opened: int = 0

    def works(self, now: datetime) -> bool:
        """Whether it still opens what it is for."""
        return self.withdrawn_at is None and now < self.expires_at
