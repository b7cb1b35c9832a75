"""What SQLite's own errors mean to a caller."""

import sqlite3

from parley.ground.faults import StorageFull, Unreachable
from parley.ground.words import N_


def is_sqlite(fault: BaseException, *names: str) -> bool:
    """Tell whether a fault is one of SQLite's own, by the beginning of its name."""
    original = getattr(fault, "orig", fault)
    return isinstance(original, sqlite3.OperationalError) and original.sqlite_errorname.startswith(names)


def refusal(cause: BaseException) -> BaseException:
    """Return the fault that an error of SQLite's own means; anything else is returned as it is."""
    if is_sqlite(cause, "SQLITE_FULL"):
        return StorageFull(N_("The disk of the server is full. Nothing was stored; please tell the administrator."))
    if is_sqlite(cause, "SQLITE_BUSY", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY"):
        return Unreachable(N_("The database cannot be reached just now. Please try again."))
    return cause
