"""What the server tells clients. Each event is encoded once, however many hear it."""

from datetime import datetime

import msgspec

from parley.live.commands import Media, Reaction
from parley.live.house_rules import HouseRules
from parley.sessions import Departure


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """What the server tells, as the protocol documents it."""


class Numbered(Event, frozen=True, kw_only=True):
    """An event that everybody hears; it gets its id when it is told."""

    id: str = ""


class OccupantView(msgspec.Struct, frozen=True, kw_only=True):
    """A person as others see them."""

    id: str
    name: str
    role: str
    user: bool
    invited: bool
    link_of: str | None
    link_shared: bool
    publishes: bool
    media: Media
    hand: datetime | None
    away: bool
    joined_at: datetime
    instance: str | None


class ChatMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it stands in the record."""

    id: str
    who: str
    name: str
    text: str
    sent_at: datetime
    key: str
    to: str | None = None
    """To whom alone it was said; None is to everybody."""


class RecordingView(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that goes on: who makes it, and since when."""

    id: str
    who: str | None
    since: datetime


class FileView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that somebody shared."""

    id: str
    who: str | None
    name: str
    bytes: int
    at: datetime


class RoomView(msgspec.Struct, frozen=True, kw_only=True):
    """What the room is about."""

    session: str
    title: str
    started_at: datetime
    host: str
    recording: RecordingView | None = None
    files: tuple[FileView, ...] = ()


class IceServer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A STUN or TURN server, in the form of RTCPeerConnection."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


class WaitingView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who waits to be let in, as hosts see them."""

    id: str
    name: str
    user: bool
    since: datetime


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much fits, and how long things last."""

    publishers: int
    text: int
    signal: int
    beat_seconds: float
    seat_seconds: float


class Welcome(Numbered, frozen=True, kw_only=True, tag="welcome"):
    """Answers hello: all there is to know."""

    you: str
    resumed: bool
    room: RoomView
    people: list[OccupantView]
    messages: list[ChatMessage]
    ice_servers: tuple[IceServer, ...]
    limits: Limits
    spotlight: str | None = None
    house: HouseRules
    waiting: list[WaitingView]
    """Who waits to be let in; hosts and co-hosts only are told."""


class Waiting(Event, frozen=True, kw_only=True, tag="waiting"):
    """Answers hello where a host has to let somebody in; welcome follows when one did."""

    hosts: bool
    """Whether anybody is there who may do so."""

    locked: bool


class LobbyChanged(Event, frozen=True, kw_only=True, tag="lobby"):
    """Who waits now; hosts and co-hosts hear it."""

    people: list[WaitingView]


class HouseChanged(Numbered, frozen=True, kw_only=True, tag="house"):
    """What hosts decided about the room."""

    house: HouseRules
    by: str | None


class Joined(Numbered, frozen=True, kw_only=True, tag="joined"):
    person: OccupantView


class Away(Numbered, frozen=True, kw_only=True, tag="away"):
    who: str


class Back(Numbered, frozen=True, kw_only=True, tag="back"):
    who: str
    person: OccupantView


class Left(Numbered, frozen=True, kw_only=True, tag="left"):
    who: str
    reason: Departure


class RoleChanged(Numbered, frozen=True, kw_only=True, tag="role"):
    who: str
    role: str


class Published(Numbered, frozen=True, kw_only=True, tag="media"):
    who: str
    microphone: bool
    camera: bool
    screen: bool

    @classmethod
    def of(cls, who: str, media: Media) -> "Published":
        """Return what is told of somebody who publishes this."""
        return cls(who=who, microphone=media.microphone, camera=media.camera, screen=media.screen)


class HandRaised(Numbered, frozen=True, kw_only=True, tag="hand"):
    who: str
    raised_at: datetime | None


class Said(Numbered, frozen=True, kw_only=True, tag="said", omit_defaults=True):
    """Is in the record. Without id when it was said to one alone, or when it answers a repetition."""

    message: ChatMessage


class Spotlit(Numbered, frozen=True, kw_only=True, tag="spotlight"):
    """Whom everybody sees large; None is nobody in particular."""

    who: str | None
    by: str


class Reacted(Event, frozen=True, kw_only=True, tag="reaction"):
    """For a moment; it has no id and is not told again."""

    who: str
    reaction: Reaction


class RecordingChanged(Numbered, frozen=True, kw_only=True, tag="recording"):
    """The session is recorded, or, with null, not any more."""

    recording: RecordingView | None


class FileAdded(Numbered, frozen=True, kw_only=True, tag="file"):
    file: FileView


class FileDeleted(Numbered, frozen=True, kw_only=True, tag="file-deleted"):
    file: str


class Ended(Numbered, frozen=True, kw_only=True, tag="ended"):
    by: str | None


class Signaled(Event, frozen=True, kw_only=True, tag="signal"):
    from_: str = msgspec.field(name="from")
    instance: str | None
    data: msgspec.Raw


class Muted(Event, frozen=True, kw_only=True, tag="muted"):
    by: str | None


class AskedToUnmute(Event, frozen=True, kw_only=True, tag="ask-unmute"):
    """A host would like to hear somebody."""

    by: str


class Removed(Event, frozen=True, kw_only=True, tag="removed"):
    by: str | None


class HeartbeatSent(Event, frozen=True, kw_only=True, tag="beat"):
    """The server's heartbeat, which clients answer."""

    at: datetime


encode = msgspec.json.Encoder().encode
