"""Hearing of other processes' commits on PostgreSQL, in a thread that waits and asks nothing."""

import logging
import selectors
import socket
import threading
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine

CHANNEL = "parley_facts"

_log = logging.getLogger("parley.store")


class Listener:
    """Calls `tell` in its thread with the types of facts that were announced, with None where some may be missed."""

    def __init__(self, engine: Engine, *, tell: Callable[[frozenset[str] | None], None]) -> None:
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._tell = tell
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen."""
        self._bell, self._door = socket.socketpair()
        self._thread = threading.Thread(target=self._listen, name="parley-listen", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Return when nothing more will be told. Also for one that was never started."""
        self._stop.set()
        if self._thread is not None:
            self._bell.close()
            self._thread.join()
            self._door.close()

    def _listen(self) -> None:
        """Listen until the end; a lost connection is made again, and counts as news."""
        while not self._stop.is_set():
            try:
                with psycopg.connect(self._address, autocommit=True, connect_timeout=5) as connection:
                    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    self._tell(None)
                    self._forward(connection)
            except psycopg.Error as fault:
                _log.warning("listening for facts was interrupted", extra={"reason": str(fault).strip()})
                self._stop.wait(1)

    def _forward(self, connection: "psycopg.Connection[Any]") -> None:
        with selectors.DefaultSelector() as something:
            something.register(connection, selectors.EVENT_READ)
            something.register(self._door, selectors.EVENT_READ)
            while not self._stop.is_set():
                heard: set[str] = set()
                for notification in connection.notifies(timeout=0):
                    heard.update(notification.payload.split())
                if heard:
                    self._tell(frozenset(heard))
                something.select()
