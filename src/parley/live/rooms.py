"""Who keeps rooms, as a socket sees it: the one interface through which commands reach a room."""

from typing import Protocol

from parley.live.commands import Command, Hello
from parley.live.line import Line


class Rooms(Protocol):
    """Keeps rooms: on this server (`Hub`), and some day on others behind the same three calls."""

    async def enter(self, hello: Hello, line: Line) -> None:
        """Take the place of hello's seat on this line, and welcome it. Raises Refused."""

    def hear(self, line: Line, command: Command) -> None:
        """Take what was said on a line that has a place."""

    def lost(self, line: Line, *, certain: bool) -> None:
        """Take note that a line is gone; `certain` when that was seen as it happened."""
