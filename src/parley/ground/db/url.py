"""Which database: a URL, checked."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from parley.ground.db.store import Store

_POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")


class DatabaseUrl(msgspec.Struct, frozen=True):
    """Where the record is kept: `sqlite:///relative/file`, `sqlite:////absolute/file` or `postgresql://user@host/name`."""

    written: str

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`; raises ValueError for any other URL."""
        if self.written.startswith("sqlite:///") and self.written not in ("sqlite:///", "sqlite:///:memory:"):
            return "sqlite"
        if self.written.startswith(_POSTGRES):
            return "postgresql"
        message = "a database URL reads sqlite:///file or postgresql://user@host/name"
        raise ValueError(message)

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.written.removeprefix("sqlite:///"))

    def create_file(self) -> None:
        """Make the file of a SQLite database when it is missing, and its folder, for our eyes only.

        SQLite gives the files that it puts beside it (the write-ahead log) the same mode. A file that is there is not
        opened: closing it again would let go of every lock that this process holds on it (POSIX), and the next process
        to leave would take the log away with it.
        """
        if self.dialect == "sqlite":
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileExistsError):
                os.close(os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))

    @property
    def for_sqlalchemy(self) -> str:
        """The URL with the driver that Parley uses."""
        if self.dialect == "sqlite":
            return f"sqlite:///{self.file}"
        return "postgresql+psycopg://" + self.written.split("://", 1)[1]

    @property
    def without_password(self) -> str:
        """The URL as it may be shown and logged."""
        if self.dialect == "sqlite":
            return self.written
        from sqlalchemy import make_url  # noqa: PLC0415 (rare, and 100 ms)

        return make_url(self.written).render_as_string(hide_password=True)


def open_store(url: str) -> Store:
    """Return the store of a database URL, to be entered with `async with`. Raises ValueError for a URL that is none."""
    database = DatabaseUrl(url)
    database.create_file()
    if database.dialect == "sqlite":
        from parley.ground.db.sqlite import SqliteStore  # noqa: PLC0415 (one of the two is never needed)

        return SqliteStore(database.file)
    from parley.ground.db.postgres import PostgresStore  # noqa: PLC0415

    return PostgresStore(database.for_sqlalchemy)
