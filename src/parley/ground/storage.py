"""Files that belong to the record: a folder, S3, Azure or GCS behind one interface (obstore).

A local folder is made to last: a file is written beside its place, synced, narrowed to our eyes only and then put there
in one step, so that a name never stands for half a file.
"""

import asyncio
import errno
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Callable
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from parley.ground.faults import NotFound, StorageFull
from parley.ground.words import N_

_CHUNK = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_ROOM = N_("The server's disk is full. Nothing was lost; it is tried again.")
_NO_FILE = N_("This file does not exist.")


class Storage:
    """Named files under one URL. A name is a relative path of plain parts, for example `recordings/7/take-1.webm`."""

    def __init__(self, url: str) -> None:
        self._url = url
        local = urlsplit(url).scheme == "file"
        self._folder = Path(unquote(urlsplit(url).path)) if local else None

    @cached_property
    def _store(self) -> Any:  # noqa: ANN401 (obstore does not name its stores' type)
        from obstore.store import LocalStore, from_url  # noqa: PLC0415 (a native library, not needed to start)

        if self._folder is None:
            return from_url(self._url)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(self._folder)

    async def put(self, name: str, content: bytes) -> None:
        """Store the file, whole and durable, over what had the name. Raises `StorageFull`."""
        checked = _checked(name)
        if self._folder is None:
            await self._store.put_async(checked, content)
        else:
            await asyncio.to_thread(_write, self._folder, checked, lambda file: file.write_bytes(content))

    async def put_file(self, name: str, source: Path) -> None:
        """Store a copy of a file of this machine, whole and durable, however large. Raises `StorageFull`."""
        checked = _checked(name)
        if self._folder is None:
            await self._store.put_async(checked, source)
        else:
            await asyncio.to_thread(_write, self._folder, checked, lambda file: shutil.copyfile(source, file))

    async def get(self, name: str) -> bytes:
        """Return the whole file. Raises `NotFound`."""
        try:
            answer = await self._store.get_async(_checked(name))
        except FileNotFoundError as fault:
            raise NotFound(_NO_FILE) from fault
        return bytes(await answer.bytes_async())

    async def part(self, name: str, *, start: int, length: int) -> bytes:
        """Return a range of the file, shorter at its end. Raises `NotFound`."""
        try:
            return bytes(await self._store.get_range_async(_checked(name), start=start, length=length))
        except FileNotFoundError as fault:
            raise NotFound(_NO_FILE) from fault

    async def stream(self, name: str) -> AsyncIterator[bytes]:
        """Yield the file in pieces of about a megabyte. Raises `NotFound`."""
        try:
            answer = await self._store.get_async(_checked(name))
        except FileNotFoundError as fault:
            raise NotFound(_NO_FILE) from fault
        async for piece in answer.stream(min_chunk_size=_CHUNK):
            yield bytes(piece)

    async def parts(self, name: str, *, start: int, length: int) -> AsyncIterator[bytes]:
        """Yield a range of the file in pieces of at most a megabyte. Raises `NotFound`."""
        end = start + length
        while start < end:
            asked = min(_CHUNK, end - start)
            piece = await self.part(name, start=start, length=asked)
            yield piece
            start += asked
            if len(piece) < asked:
                return

    async def size(self, name: str) -> int:
        """Return the file's length in bytes. Raises `NotFound`."""
        try:
            head = await self._store.head_async(_checked(name))
        except FileNotFoundError as fault:
            raise NotFound(_NO_FILE) from fault
        return int(head["size"])

    async def delete(self, name: str) -> None:
        """Remove the file; one that is not there is already removed."""
        try:
            await self._store.delete_async(_checked(name))
        except FileNotFoundError:
            return


def _checked(name: str) -> str:
    """Refuse a name that could leave its folder or that means something else to another store."""
    parts = name.split("/")
    if not name.isprintable() or "\\" in name or any(part in {"", ".", ".."} for part in parts):
        message = f"not a name for a file: {name!r}"
        raise ValueError(message)
    return name


def _write(folder: Path, name: str, fill: Callable[[Path], object]) -> None:
    """Put a file in its place, whole and durable, or leave everything as it was."""
    file = folder / name
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.touch(mode=0o600)
        fill(beside)
        _sync(beside)
        beside.replace(file)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        if fault.errno in _FULL:
            raise StorageFull(_NO_ROOM) from fault
        raise
    for path in file.parents:
        _sync(path)
        if path == folder:
            return


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
