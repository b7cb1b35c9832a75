"""What people call the kinds of things in the record."""

from collections.abc import Mapping
from types import MappingProxyType

from parley.ground.words import N_
from parley.sessions import Confidence, Departure, Kind, RoomRole, Source

KIND_WORDS: Mapping[Kind, str] = MappingProxyType({Kind.MEETING: N_("Meeting")})

ROLE_WORDS: Mapping[RoomRole, str] = MappingProxyType(
    {RoomRole.HOST: N_("host"), RoomRole.COHOST: N_("co-host"), RoomRole.ATTENDEE: N_("participant")}
)

DEPARTURE_WORDS: Mapping[Departure, str] = MappingProxyType(
    {
        Departure.LEFT: N_("left"),
        Departure.LOST: N_("connection lost"),
        Departure.REMOVED: N_("removed by a host"),
        Departure.ENDED: N_("the session ended"),
        Departure.RECONCILED: N_("the server stopped"),
    }
)

SOURCE_WORDS: Mapping[Source, str] = MappingProxyType({Source.HEARTBEAT: N_("measured in the room")})

CONFIDENCE_WORDS: Mapping[Confidence, str] = MappingProxyType(
    {Confidence.EXACT: N_("certain"), Confidence.ESTIMATED: N_("estimated")}
)
