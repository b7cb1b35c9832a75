"""A room without a world around it: people enter, speak and leave, and the effects are read as JSON."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from parley.live.commands import Hello, Media, command
from parley.live.effects import Broadcast, Effect, Send
from parley.live.events import ChatMessage, RoomView
from parley.live.handle import handle
from parley.live.occupant import Occupant
from parley.live.reasons import Error
from parley.live.room import Room
from parley.live.rules import Rules
from parley.live.seat import Seat

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ABOUT = RoomView(session="7", title="Weekly review", started_at=NINE, host="Ada")
CAMERA = Media(microphone=True, camera=True)

ADA, BEN, CLEO, DAN = 11, 22, 33, 44
NAMES = {ADA: "Ada", BEN: "Ben", CLEO: "Cleo", DAN: "Dan"}


def seat(who: int, role: str = "attendee", *, person: int | None = None, publishes: bool = True) -> Seat:
    return Seat(
        id=who * 100,
        account=1,
        session=7,
        participant=who,
        person=person,
        name=NAMES.get(who, f"Guest {who}"),
        role=role,
        publishes=publishes,
        issued_at=NINE,
    )


class Stage:
    """A room, a clock, and what was heard."""

    def __init__(
        self,
        *,
        publishers: int = 6,
        messages: Iterable[ChatMessage] = (),
        remembered: Iterable[Occupant] = (),
        epoch: int = 3,
    ) -> None:
        rules = Rules(publishers=publishers)
        self.room = Room(ABOUT, epoch=epoch, rules=rules, messages=messages, remembered=remembered)
        self.now = NINE

    def later(self, seconds: float) -> "Stage":
        self.now += timedelta(seconds=seconds)
        return self

    def enter(
        self,
        who: int,
        role: str = "attendee",
        *,
        after: str | None = None,
        media: Media = CAMERA,
        instance: str | None = "page-1",
        person: int | None = None,
        publishes: bool = True,
    ) -> list[Effect]:
        ticket = self.room.reserve(seat(who, role, person=person, publishes=publishes))
        hello = Hello(version=1, seat="…", instance=instance, after=after, media=media)
        return self.room.enter(ticket, hello, at=self.now)

    def say(self, who: int, /, **event: Any) -> list[Effect]:  # noqa: ANN401 (fields of an event)
        heard = command(msgspec.Raw(msgspec.json.encode(event)))
        assert not isinstance(heard, Error), heard
        return handle(self.room, who, heard, at=self.now)

    def tick(self) -> list[Effect]:
        return self.room.tick(at=self.now)


def to(who: int, effects: Iterable[Effect]) -> list[dict[str, Any]]:
    """Return what one person hears of some effects."""
    return [
        msgspec.json.decode(effect.payload)
        for effect in effects
        if (isinstance(effect, Send) and effect.to == who) or (isinstance(effect, Broadcast) and effect.but != who)
    ]


def wanted(effects: Iterable[Effect]) -> list[Effect]:
    """Return what is to be done besides telling."""
    return [effect for effect in effects if not isinstance(effect, Send | Broadcast)]


def chat_message(number: int, text: str = "Hello!", *, who: int = ADA, to: int | None = None) -> ChatMessage:
    key, alone = f"k{number}", None if to is None else str(to)
    return ChatMessage(id=str(number), who=str(who), name=NAMES[who], text=text, sent_at=NINE, key=key, to=alone)
