"""Putting a recording together: chunks in a row become a file that plays, and from which one can go anywhere.

ffmpeg, where it is there, writes the index that browsers leave out; nothing is encoded anew. Without it the file is
what the browser recorded, which plays, too.
"""

import asyncio
import hashlib
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import msgspec

from parley.ground.storage import Storage
from parley.recordings.recording import Chunk

_BEGINNINGS = {"webm": (0, b"\x1a\x45\xdf\xa3"), "mp4": (4, b"ftyp")}
"""Where in a file of each kind stands what."""

_PROGRAM_SECONDS = 3_600
_DEMUXERS = {"webm": "matroska", "mp4": "mov"}
_INDEXED = {"webm": ("-cues_to_front", "1"), "mp4": ("-movflags", "+faststart")}
_PIECE = 1024 * 1024


class Broken(Exception):
    """The recording cannot be put together; the message says why, for the log."""


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was put together and looked at."""

    file: Path
    bytes: int
    sha256: str
    milliseconds: int | None


def chunk_name(artefact: int, number: int) -> str:
    """Return under which name a chunk is in the storage."""
    return f"recordings/{artefact}/chunks/{number:06}"


async def assemble(storage: Storage, artefact: int, chunks: tuple[Chunk, ...], *, kind: str, folder: Path) -> Joined:
    """Put chunks together in a folder, verified one by one, and return the file. Raises Broken, or OSError."""
    raw = folder / f"raw.{kind}"
    await _join(storage, artefact, chunks, raw)
    _check_beginning(raw, kind)
    ffmpeg = shutil.which("ffmpeg")
    whole = raw if ffmpeg is None else await _indexed(ffmpeg, raw, kind)
    size, sha256 = await asyncio.to_thread(_measured, whole)
    return Joined(file=whole, bytes=size, sha256=sha256, milliseconds=await _length(whole, kind))


async def _join(storage: Storage, artefact: int, chunks: tuple[Chunk, ...], raw: Path) -> None:
    with raw.open("wb") as out:
        for chunk in chunks:
            content = await storage.get(chunk_name(artefact, chunk.number))
            if hashlib.sha256(content).hexdigest() != chunk.sha256:
                raise Broken(f"chunk {chunk.number} is not what came")
            await asyncio.to_thread(out.write, content)


def _check_beginning(raw: Path, kind: str) -> None:
    at, expected = _BEGINNINGS[kind]
    with raw.open("rb") as file:
        if file.read(at + len(expected))[at:] != expected:
            raise Broken(f"this does not begin as {kind}")


async def _indexed(ffmpeg: str, raw: Path, kind: str) -> Path:
    """Return a copy with an index, whose beginning was decoded to see that it plays."""
    whole = raw.with_name(f"whole.{kind}")
    quiet = (ffmpeg, "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file", "-f", _DEMUXERS[kind])
    await _run(*quiet, "-i", str(raw), "-map", "0", "-c", "copy", *_INDEXED[kind], str(whole))
    await _run(*quiet, "-t", "10", "-i", str(whole), "-f", "null", "-")
    return whole


async def _length(file: Path, kind: str) -> int | None:
    """Return how long a file plays; None where there is nobody who could tell."""
    ffprobe = shutil.which("ffprobe")
    if ffprobe is None:
        return None
    asked = ("-protocol_whitelist", "file", "-f", _DEMUXERS[kind], "-show_entries", "format=duration", "-of", "csv=p=0")
    written = await _run(ffprobe, "-v", "error", *asked, str(file))
    try:
        return round(float(written.decode().strip()) * 1000)
    except ValueError:
        return None


async def _run(*command: str) -> bytes:
    """Run a program to its end and return what it wrote. Raises Broken."""
    program = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE)
    try:
        async with asyncio.timeout(_PROGRAM_SECONDS):
            written, said = await program.communicate()
    except BaseException:
        if program.returncode is None:
            program.kill()
            await program.wait()
        raise
    if program.returncode:
        raise Broken(f"{Path(command[0]).name}: {said.decode(errors='replace').strip()[:500]}")
    return written


def _measured(file: Path) -> tuple[int, str]:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
    return file.stat().st_size, digest.hexdigest()
