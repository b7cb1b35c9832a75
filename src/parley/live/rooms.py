"""Who keeps rooms, as a socket sees it: the one interface through which commands reach a room."""

from typing import Protocol

from parley.live.client_connection import ClientConnection
from parley.live.commands import Command, Hello


class Rooms(Protocol):
    """Keeps rooms: on this server (`Hub`), and some day on others behind the same three calls."""

    async def enter(self, hello: Hello, connection: ClientConnection) -> None:
        """Take the place of hello's seat on this connection, and welcome it. Raises Refused."""

    def handle(self, connection: ClientConnection, command: Command) -> None:
        """Take what was said on a connection that has a place."""

    def lost(self, connection: ClientConnection, *, certain: bool) -> None:
        """Take note that a connection is gone; `certain` when that was seen as it happened."""
