"""A lock on a folder: one server at a time."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class AlreadyLocked(Exception):
    """Another process holds the lock; the message names it."""


class FolderLock:
    """Holds `serve.lock` in a folder for as long as the process lives, however it ends. Raises `AlreadyLocked`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "serve.lock"
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            os.close(descriptor)
            message = (
                f"Another server (process {holder}) already uses {self._file.parent}. "
                "Stop it, or set PARLEY_DATA to another folder."
            )
            raise AlreadyLocked(message) from fault
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
