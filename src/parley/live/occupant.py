"""Somebody who has a place in a room."""

from datetime import datetime

import msgspec

from parley.live.commands import Media
from parley.live.events import OccupantView
from parley.live.seat import Seat


class Occupant(msgspec.Struct, frozen=True, kw_only=True):
    """A participant with a place: connected, or away for a moment."""

    seat: Seat
    joined_at: datetime
    instance: str | None
    """The run of their client; None while it is not known (the server restarted, they are not back yet)."""

    media: Media = Media()
    hand: datetime | None = None
    away_since: datetime | None = None
    """When they were last certainly there, while their connection is lost."""

    @property
    def away(self) -> bool:
        return self.away_since is not None

    @property
    def id(self) -> int:
        return self.seat.participant

    @property
    def text(self) -> str:
        """The id as the protocol writes it."""
        return str(self.seat.participant)

    def view(self) -> OccupantView:
        """Return the occupant as others see them."""
        return OccupantView(
            id=self.text,
            name=self.seat.name,
            role=self.seat.role,
            user=self.seat.person is not None,
            publishes=self.seat.publishes,
            media=self.media,
            hand=self.hand,
            away=self.away,
            joined_at=self.joined_at,
            instance=self.instance,
        )
