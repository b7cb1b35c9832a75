"""Folders in memory: nothing there waits for a disk."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder in it is made as anywhere)
_ROOM = 1 << 30
_PREFIX = "parley-tests-"
_YOUNG = 60.0
"""For how long a folder may be nobody's, in seconds, because it was only just made."""


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """Make a folder, in memory when there is room, and remove it at the end.

    Every commit of SQLite waits for the disk, and a database of PostgreSQL is 450 files, which a disk takes ten times
    as long to make and remove.
    """
    _remove_what_was_left()
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=_MEMORY if roomy else None) as name, _held(Path(name)):
        yield Path(name)


def _remove_what_was_left() -> None:
    """Give back the memory that tests took which were killed."""
    for folder in _MEMORY.glob(f"{_PREFIX}*"):
        with _held(folder) as left:
            if left and _age(folder) > _YOUNG:
                shutil.rmtree(folder, ignore_errors=True)


def _age(folder: Path) -> float:
    """Return the seconds since something was made or removed in it; none for one that is gone."""
    try:
        return time.time() - folder.stat().st_mtime
    except FileNotFoundError:
        return 0


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold a folder, until the end of the block or of this process; False when it is another's."""
    try:
        file = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        yield _locks(file)
    finally:
        os.close(file)


def _locks(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
