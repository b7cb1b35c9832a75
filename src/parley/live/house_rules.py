"""House rules: what hosts decide about a room while it runs."""

import msgspec

from parley.people import Lobby


class HouseRules(msgspec.Struct, frozen=True, kw_only=True):
    """Who waits, whether the room is locked, and whether attendees may unmute themselves."""

    lobby: Lobby = Lobby.OFF
    locked: bool = False
    may_unmute: bool = True

    def admit(self, *, leads: bool, known: bool) -> bool:
        """Tell whether somebody new comes in by themselves; `known` is who is no guest."""
        if leads:
            return True
        return not self.locked and (self.lobby is Lobby.OFF or (known and self.lobby is Lobby.GUESTS))


class HouseChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be different about the house rules; None stays as it is."""

    lobby: Lobby | None = None
    locked: bool | None = None
    may_unmute: bool | None = None

    def of(self, before: HouseRules) -> HouseRules:
        """Return the rules after the change."""
        return HouseRules(
            lobby=before.lobby if self.lobby is None else self.lobby,
            locked=before.locked if self.locked is None else self.locked,
            may_unmute=before.may_unmute if self.may_unmute is None else self.may_unmute,
        )
