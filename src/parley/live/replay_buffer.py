"""The newest numbered events of a room, for those who come back."""

from collections import deque
from itertools import islice

from msgspec.structs import replace

from parley.live.events import Numbered, encode

KEPT = 1000
"""How many events are kept; who missed more gets a full welcome."""


class ReplayBuffer:
    """Numbers events within an epoch and keeps the newest of them, encoded."""

    def __init__(self, epoch: int, *, kept: int = KEPT) -> None:
        self.epoch = epoch
        self._count = 0
        self._events: deque[bytes] = deque(maxlen=kept)

    @property
    def last(self) -> str:
        """The id of the newest event."""
        return f"{self.epoch}.{self._count}"

    def add(self, event: Numbered) -> bytes:
        """Return the event, numbered and encoded."""
        self._count += 1
        payload = encode(replace(event, id=self.last))
        self._events.append(payload)
        return payload

    def since(self, last_heard: str | None) -> list[bytes] | None:
        """Return what came after the event with this id; None when that is not known any more, or never was."""
        epoch, _, number = (last_heard or "").partition(".")
        if epoch != str(self.epoch) or not (number.isascii() and number.isdigit() and len(number) < 16):  # noqa: PLR2004
            return None
        missed = self._count - int(number)
        if not 0 <= missed <= len(self._events):
            return None
        return list(islice(self._events, len(self._events) - missed, None))
