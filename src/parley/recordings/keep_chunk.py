"""Keeping a chunk: its bytes first, then the word that they are there."""

from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.storage import Storage
from parley.recordings.assemble import chunk_name
from parley.recordings.recording import Chunk
from parley.recordings.take_chunk import knows_chunk, take_chunk


async def keep_chunk(
    store: Store, storage: Storage, artefact: int, chunk: Chunk, *, content: bytes, key: str, clock: Clock
) -> None:
    """Keep the bytes of a chunk, and return when they are durable; one that is here already is not stored again.

    Raises what `knows_chunk` raises, and StorageFull.
    """
    if not await store.read(knows_chunk, artefact, chunk, key=key):
        await storage.put(chunk_name(artefact, chunk.number), content)
        await store.write(take_chunk, artefact, chunk, key=key, now=clock())
