"""The finisher: puts recordings together while the app runs, and clears away what is not needed any more."""

import asyncio
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from parley.artefacts import delete_expired, deleted_with_bytes, forget_bytes
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.faults import Fault, NotFound, StorageFull
from parley.ground.log import get_logger
from parley.ground.storage import Storage
from parley.ground.words import N_
from parley.recordings.assemble import Broken, Joined, assemble, chunk_name
from parley.recordings.finish import (
    Whole,
    Work,
    anything_to_do,
    claim_work,
    close_silent,
    forget_chunks,
    give_up,
    renew_claim,
    settle,
    spent_chunks,
)
from parley.recordings.recording import FORMATS
from parley.settings import Settings

LOOK_EVERY = 2.0
CLEAR_EVERY = timedelta(minutes=5)
AT_ONCE = 100
_RENEW_SECONDS = 10
_NO_ROOM = N_("The server's disk is full. Make room, then try again: nothing of the recording is lost.")
_BROKEN = N_("What was recorded cannot be played.")
_MISSING = N_("Parts of the recording are missing in the storage.")
_log = get_logger("parley.recordings")


class Finisher:
    """`async with finisher` while the app runs; any number of processes may have one."""

    def __init__(self, store: Store, storage: Storage, settings: Settings, *, clock: Clock) -> None:
        self._store = store
        self._storage = storage
        self._folder = settings.data
        self._keep = settings.files_keep
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin."""
        self._task = asyncio.create_task(self._go_on(), name="parley-finisher")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def finish(self) -> int:
        """Put together every recording that waits for it, and return how many were worked on."""
        if not await self._store.read(anything_to_do, now=self._clock()):
            return 0
        await self._store.write(close_silent, now=self._clock())
        done = 0
        while work := await self._store.write(claim_work, now=self._clock()):
            await self._finish(work)
            done += 1
        return done

    async def clear(self) -> None:
        """Delete what is over its time, the bytes of what was deleted, and chunks that are not needed any more."""
        while await self._store.write(delete_expired, now=self._clock(), limit=AT_ONCE) == AT_ONCE:
            pass
        for artefact, highest in await self._store.read_long(spent_chunks, now=self._clock()):
            for number in range(1, highest + 1):
                await self._storage.delete(chunk_name(artefact, number))
            await self._store.write(forget_chunks, artefact)
        for deleted in await self._store.read(deleted_with_bytes, limit=AT_ONCE):
            await self._storage.delete(str(deleted.storage_key))
            await self._store.write(forget_bytes, deleted.id)

    async def _finish(self, work: Work) -> None:
        renewing = asyncio.create_task(self._renew(work.artefact.id))
        try:
            await self._put_together(work)
        except Broken as fault:
            _log.warning("a recording cannot be put together", artefact=work.artefact.id, reason=str(fault))
            await self._give_up(work, _BROKEN)
        except NotFound:
            await self._give_up(work, _MISSING)
        except (StorageFull, OSError) as fault:
            _log.warning("there is no room for a recording", artefact=work.artefact.id, reason=str(fault))
            await self._give_up(work, _NO_ROOM)
        finally:
            renewing.cancel()

    async def _put_together(self, work: Work) -> None:
        kind = FORMATS[work.artefact.format]
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="recording-", dir=self._folder) as folder:
            joined = await assemble(self._storage, work.artefact.id, work.chunks, kind=kind, folder=Path(folder))
            name = f"recordings/{work.artefact.id}/{joined.sha256[:16]}.{kind}"
            await self._storage.put_file(name, joined.file)
        await self._settle(work, joined, name)

    async def _settle(self, work: Work, joined: Joined, name: str) -> None:
        """Say that it is ready, when what is stored is what was verified; what it was before then goes."""
        if await self._storage.size(name) != joined.bytes:
            raise Broken("the storage has another size")
        whole = Whole(storage_key=name, bytes=joined.bytes, sha256=joined.sha256, milliseconds=joined.milliseconds)
        now = self._clock()
        kept = await self._store.write(settle, work, whole, keep=self._keep, now=now)
        gone = work.artefact.storage_key if kept else name
        if gone is not None and (not kept or gone != name):
            await self._storage.delete(gone)
        if kept:
            _log.info("a recording is ready", artefact=work.artefact.id, bytes=joined.bytes)
            await self.clear()

    async def _give_up(self, work: Work, why: str) -> None:
        await self._store.write(give_up, work, why=why, now=self._clock())

    async def _renew(self, artefact: int) -> None:
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            with suppress(Fault, SQLAlchemyError):
                await self._store.write(renew_claim, artefact, now=self._clock())

    async def _go_on(self) -> None:
        cleared = None
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.finish()
                if cleared is None or self._clock() - cleared >= CLEAR_EVERY:
                    await self.clear()
                    cleared = self._clock()
            except (Fault, SQLAlchemyError) as fault:
                _log.debug("recordings have to wait", reason=str(fault))
            except Exception:  # noqa: BLE001 (whatever it is, the next time may go well)
                _log.exception("recordings have to wait")
