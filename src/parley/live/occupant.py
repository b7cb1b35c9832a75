"""Somebody who has a place in a room."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from parley.live.commands import Hello, Media
from parley.live.events import OccupantView
from parley.live.house_rules import HouseRules
from parley.live.seat import Seat


class Occupant(msgspec.Struct, frozen=True, kw_only=True):
    """A participant with a place: connected, or away for a moment."""

    seat: Seat
    joined_at: datetime
    instance: str | None
    """The run of their client; None while it is not known (the server restarted, they are not back yet)."""

    media: Media = Media()
    hand: datetime | None = None
    may_unmute: bool = False
    """Whether a host let them speak where attendees may not."""

    away_since: datetime | None = None
    """When they were last certainly there, while their connection is lost."""

    @classmethod
    def coming(
        cls, seat: Seat, hello: Hello, *, known: "Occupant | None", house: HouseRules, at: datetime
    ) -> "Occupant":
        """Return who comes with this hello, or comes back; who may not speak comes in silence."""
        occupant = cls(
            seat=seat,
            joined_at=known.joined_at if known else at,
            hand=known.hand if known else None,
            instance=hello.instance,
            media=hello.media if seat.publishes else Media(),
            may_unmute=known is not None and (known.may_unmute or known.media.microphone),
        )
        if occupant.may_speak(house):
            return occupant
        return replace(occupant, media=replace(occupant.media, microphone=False))

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

    def may_speak(self, house: HouseRules) -> bool:
        """Tell whether they may switch their microphone on."""
        return house.may_unmute or self.seat.leads or self.may_unmute

    def view(self) -> OccupantView:
        """Return the occupant as others see them."""
        return OccupantView(
            id=self.text,
            name=self.seat.name,
            role=self.seat.role,
            user=self.seat.person is not None,
            invited=self.seat.invited_guest,
            link_of=self.seat.link_of,
            link_shared=self.seat.link_shared,
            publishes=self.seat.publishes,
            media=self.media,
            hand=self.hand,
            away=self.away,
            joined_at=self.joined_at,
            instance=self.instance,
        )
