"""A mark: a place in a recording to which one may want to go."""

from enum import StrEnum

import msgspec


class MarkKind(StrEnum):
    """What happened there."""

    JOINED = "joined"
    LEFT = "left"
    SHARING = "sharing"
    SPEAKING = "speaking"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody came, went, shared a screen or began to speak."""

    number: int
    milliseconds: int
    kind: MarkKind
    participant: int
