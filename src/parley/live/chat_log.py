"""The newest messages of a room, for those who come: what was said to all, and to each of them alone."""

from collections import deque
from collections.abc import Iterable

from parley.live.events import ChatMessage
from parley.live.rules import MESSAGES_SHOWN


class ChatLog:
    """What was said lately. What was said to one is kept apart, so that it takes nobody's place who may not read it."""

    def __init__(self, messages: Iterable[ChatMessage] = ()) -> None:
        self._public: deque[ChatMessage] = deque(maxlen=MESSAGES_SHOWN)
        self._private: deque[ChatMessage] = deque(maxlen=MESSAGES_SHOWN)
        for message in messages:
            self.add(message)

    def add(self, message: ChatMessage) -> bool:
        """Keep a message; False when it was there before."""
        kept = self._public if message.to is None else self._private
        if any(message.id == known.id for known in kept):
            return False
        kept.append(message)
        return True

    def all_for(self, who: str) -> list[ChatMessage]:
        """Return everything that somebody may read, oldest first."""
        return sorted([*self._public, *self.private_for(who)], key=lambda message: int(message.id))

    def private_for(self, who: str) -> list[ChatMessage]:
        """Return what was said to somebody alone, or by them to another alone."""
        return [message for message in self._private if who in (message.who, message.to)]
