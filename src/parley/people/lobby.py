"""The lobby: who waits before a room until a host lets them in."""

from enum import StrEnum

from parley.ground.words import N_


class Lobby(StrEnum):
    """Who waits; hosts and co-hosts never do."""

    OFF = "off"
    GUESTS = "guests"
    """Those whom nobody knows for certain: neither users of the account nor invited by a link of their own."""

    EVERYONE = "everyone"


LOBBY_NAMES = {
    Lobby.OFF: N_("Nobody waits"),
    Lobby.GUESTS: N_("Guests wait"),
    Lobby.EVERYONE: N_("Everybody waits but hosts"),
}
