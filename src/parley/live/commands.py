"""What a client may say, and reading it from a frame: everything that arrives is checked here."""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from parley.live.house_rules import HouseChange
from parley.live.reasons import Error, Reason, Refused
from parley.sessions import KEY

VERSION = 1

FRAME_BYTES = 262_144
FRAME_EVENTS = 64
SIGNAL_BYTES = 65_536

Who = Annotated[str, Meta(pattern=r"\A[1-9][0-9]{0,18}\Z")]
Key = Annotated[str, Meta(pattern=rf"\A{KEY}\Z")]
Instance = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,64}\Z")]
Reaction = Literal["like", "applause", "love", "laugh", "surprise", "celebrate"]


class Media(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody publishes."""

    microphone: bool = False
    camera: bool = False
    screen: bool = False

    @property
    def any(self) -> bool:
        return self.microphone or self.camera or self.screen


class Hello(msgspec.Struct, frozen=True, kw_only=True, tag="hello"):
    """Takes the seat; the first of all."""

    version: int
    seat: str
    instance: Instance | None = None
    after: str | None = None
    media: Media = Media()


class Heartbeat(msgspec.Struct, frozen=True, tag="beat"):
    """Says that the client is there."""


class Publish(msgspec.Struct, frozen=True, kw_only=True, tag="media"):
    """Says what is published from now on."""

    microphone: bool
    camera: bool
    screen: bool


class RaiseHand(msgspec.Struct, frozen=True, kw_only=True, tag="hand"):
    """Raises or lowers the own hand."""

    raised: bool


class Signal(msgspec.Struct, frozen=True, kw_only=True, tag="signal"):
    """Hands data to one other person, unread."""

    to: Who
    data: msgspec.Raw
    instance: Instance | None = None


class Say(msgspec.Struct, frozen=True, kw_only=True, tag="say"):
    """Says something to all, or to one."""

    text: str
    key: Key
    to: Who | None = None


class React(msgspec.Struct, frozen=True, kw_only=True, tag="react"):
    """Shows all for a moment how somebody feels about it."""

    reaction: Reaction


class Spotlight(msgspec.Struct, frozen=True, kw_only=True, tag="spotlight"):
    """Shows somebody large to everybody; None ends that."""

    who: Who | None


class Mute(msgspec.Struct, frozen=True, kw_only=True, tag="mute"):
    """Asks somebody to be silent."""

    who: Who


class Remove(msgspec.Struct, frozen=True, kw_only=True, tag="remove"):
    """Takes somebody's seat away."""

    who: Who


class Admit(msgspec.Struct, frozen=True, kw_only=True, tag="admit"):
    """Lets in who waits; everybody when nobody is named."""

    who: Who | None = None


class Refuse(msgspec.Struct, frozen=True, kw_only=True, tag="refuse"):
    """Sends somebody away who waits."""

    who: Who


class ChangeHouse(HouseChange, frozen=True, kw_only=True, tag="house"):
    """Changes the house rules."""


class MuteAll(msgspec.Struct, frozen=True, tag="mute-all"):
    """Mutes everybody but hosts and co-hosts."""


class AskToUnmute(msgspec.Struct, frozen=True, kw_only=True, tag="ask-unmute"):
    """Asks somebody to speak, and lets them."""

    who: Who


class GiveRole(msgspec.Struct, frozen=True, kw_only=True, tag="role"):
    """Makes somebody host, co-host or attendee."""

    who: Who
    role: Literal["host", "cohost", "attendee"]


class End(msgspec.Struct, frozen=True, tag="end"):
    """Ends the session for all."""


class Leave(msgspec.Struct, frozen=True, tag="leave"):
    """Gives up the place."""


Command = (
    Heartbeat
    | Publish
    | RaiseHand
    | React
    | Signal
    | Say
    | Spotlight
    | Mute
    | MuteAll
    | AskToUnmute
    | Remove
    | Admit
    | Refuse
    | ChangeHouse
    | GiveRole
    | End
    | Leave
)


class _Kind(msgspec.Struct):
    type: str
    version: int | None = None


_FRAME = msgspec.json.Decoder(list[msgspec.Raw])
_KIND = msgspec.json.Decoder(_Kind)
_HELLO = msgspec.json.Decoder(Hello)
_COMMANDS: dict[str, msgspec.json.Decoder[Command]] = {
    str(kind.__struct_config__.tag): msgspec.json.Decoder(kind) for kind in get_args(Command)
}


def opening(frame: str) -> tuple[Hello, list[msgspec.Raw]]:
    """Return the hello with which a connection begins, and the events that follow it. Raises Refused."""
    events = _events(frame)
    if isinstance(events, Error):
        raise Refused(Reason.BAD_HELLO, detail=events.detail)
    if not events:
        raise Refused(Reason.BAD_HELLO, detail="the first event is hello")
    try:
        kind = _KIND.decode(events[0])
        if kind.type != "hello":
            raise Refused(Reason.BAD_HELLO, detail="the first event is hello")
        if kind.version not in (None, VERSION):
            raise Refused(Reason.VERSION, supported=[VERSION])
        return _HELLO.decode(events[0]), events[1:]
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Refused(Reason.BAD_HELLO, detail=str(fault)) from fault


def commands(frame: str) -> Iterator[Command | Error]:
    """Yield each event of a frame as a command, or as the error with which it is answered. Raises Refused."""
    events = _events(frame)
    if isinstance(events, Error):
        yield events
    elif not events:
        yield Error(reason=Reason.BAD_FRAME, detail="an empty frame")
    else:
        yield from map(command, events)


def command(event: msgspec.Raw) -> Command | Error:
    """Return one event as a command, or the error with which it is answered."""
    try:
        kind = _KIND.decode(event)
        decoder = _COMMANDS.get(kind.type)
        if decoder is None:
            return Error(reason=Reason.UNKNOWN_TYPE, event=kind.type[:64])
        heard = decoder.decode(event)
    except (msgspec.DecodeError, RecursionError) as fault:
        return Error(reason=Reason.BAD_FRAME, detail=str(fault))
    if isinstance(heard, Signal) and len(bytes(heard.data)) > SIGNAL_BYTES:
        return Error(reason=Reason.TOO_LONG, event="signal", limit=SIGNAL_BYTES)
    return heard


def _events(frame: str) -> list[msgspec.Raw] | Error:
    if _is_too_long(frame):
        raise Refused(Reason.TOO_LONG, limit=FRAME_BYTES)
    try:
        events = _FRAME.decode(frame)
    except (msgspec.DecodeError, RecursionError) as fault:
        return Error(reason=Reason.BAD_FRAME, detail=str(fault))
    if len(events) > FRAME_EVENTS:
        raise Refused(Reason.TOO_LONG, limit=FRAME_EVENTS)
    return events


def _is_too_long(frame: str) -> bool:
    """Tell whether a frame had too many bytes; a character had up to four, so that most need not be encoded for it."""
    return len(frame) * 4 > FRAME_BYTES and len(frame.encode()) > FRAME_BYTES
