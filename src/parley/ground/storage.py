"""Files that belong to the record: a folder, S3, Azure or GCS behind one interface (obstore).

A local folder is made to last: obstore's own LocalStore neither syncs nor narrows the file's mode, so that Parley does
both before it says that a file is stored.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from parley.ground.faults import NotFound
from parley.ground.words import N_

_CHUNK = 1024 * 1024


class Storage:
    """Named files under one URL. A name is a relative path of plain parts, for example `recordings/7/take-1.webm`."""

    def __init__(self, url: str) -> None:
        from obstore.store import LocalStore, from_url  # noqa: PLC0415 (a native library, not needed to start)

        self._folder: Path | None = None
        if urlsplit(url).scheme == "file":
            self._folder = Path(unquote(urlsplit(url).path))
            self._folder.mkdir(parents=True, exist_ok=True)
            self._store: Any = LocalStore(self._folder)
        else:
            self._store = from_url(url)

    async def put(self, name: str, content: bytes) -> None:
        """Store the file, whole and durable, over what had the name."""
        await self._store.put_async(_checked(name), content)
        if self._folder is not None:
            _make_last(self._folder, self._folder / name)

    async def get(self, name: str) -> bytes:
        """Return the whole file. Raises `NotFound`."""
        try:
            answer = await self._store.get_async(_checked(name))
        except FileNotFoundError as fault:
            raise NotFound(N_("This file does not exist.")) from fault
        return bytes(await answer.bytes_async())

    async def part(self, name: str, *, start: int, length: int) -> bytes:
        """Return a range of the file, shorter at its end. Raises `NotFound`."""
        try:
            return bytes(await self._store.get_range_async(_checked(name), start=start, length=length))
        except FileNotFoundError as fault:
            raise NotFound(N_("This file does not exist.")) from fault

    async def stream(self, name: str) -> AsyncIterator[bytes]:
        """Yield the file in pieces of about a megabyte. Raises `NotFound`."""
        try:
            answer = await self._store.get_async(_checked(name))
        except FileNotFoundError as fault:
            raise NotFound(N_("This file does not exist.")) from fault
        async for piece in answer.stream(min_chunk_size=_CHUNK):
            yield bytes(piece)

    async def size(self, name: str) -> int:
        """Return the file's length in bytes. Raises `NotFound`."""
        try:
            head = await self._store.head_async(_checked(name))
        except FileNotFoundError as fault:
            raise NotFound(N_("This file does not exist.")) from fault
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


def _make_last(folder: Path, file: Path) -> None:
    file.chmod(0o600)
    for path in (file, *file.parents):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if path == folder:
            return
