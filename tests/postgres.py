"""A PostgreSQL server of our own: in memory where there is room, on a free port, gone when the tests are."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from tests.memory import folder_in_memory

PATIENCE = 30.0
"""How long a server may take until it answers, in seconds."""

_FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=128MB",
    "min_wal_size=32MB",
    "autovacuum=off",
    "shared_buffers=64MB",
    "max_connections=100",
)
_OWNER = "postgres"


class Cluster:
    """A running server, in which tests make the databases that they need."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._numbers = count(1)

    def url(self, database: str) -> str:
        return f"{self._address}/{database}"

    def create(self, name: str | None = None, *, template: str = "template1") -> str:
        """Create a database and return its name; a copy of the template, to which nobody may be connected."""
        name = name or f"parley_{next(self._numbers)}"
        # FILE_COPY is half as slow as the default here, where nothing is ever written to disk for good.
        order = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._order(order.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._order(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def _order(self, order: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as db:
            db.execute(order)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a server with nothing in it; at the end it is stopped and its folder removed."""
    with folder_in_memory() as folder:
        folder.chmod(0o711)  # pytest's own folders are closed to the server's user
        if os.geteuid() == 0:
            shutil.chown(folder, _OWNER)
        data = folder / "data"
        _run(
            "initdb", f"--pgdata={data}", f"--username={_OWNER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"
        )
        with _serving(data, port := free_port()):
            yield Cluster(f"postgresql://{_OWNER}@127.0.0.1:{port}")


def free_port() -> int:
    """Return a port on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _serving(data: Path, port: int) -> Iterator[None]:
    options = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={data.parent}", *_FAST]
    command = [*_as_owner(), _program("postgres"), "-D", str(data), *(f"--{option}" for option in options)]
    with (data.parent / "log").open("wb") as log, subprocess.Popen(command, cwd="/", stderr=log) as server:
        try:
            _wait_for_answer(server, port, log=data.parent / "log")
            yield
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown


def _wait_for_answer(server: subprocess.Popen[bytes], port: int, *, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(f"postgresql://{_OWNER}@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    message = f"PostgreSQL does not answer on port {port}:\n{log.read_text()}"
    raise RuntimeError(message)


def _run(program: str, *arguments: str) -> None:
    command = [*_as_owner(), _program(program), *arguments, "--no-sync", "--no-instructions"]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)


def _as_owner() -> list[str]:
    """Return how a server program is started: not by root, and ending with the tests even when these are killed."""
    identity = [f"--reuid={_OWNER}", f"--regid={_OWNER}", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", "--pdeathsig=QUIT", *identity]


def _program(name: str) -> str:
    """Return the path of a server program; Debian keeps these apart from the path, newest version last."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        message = f"PostgreSQL's {name} is not there; `make test` installs it or says how"
        raise RuntimeError(message)
    return found
