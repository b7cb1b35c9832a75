"""Files of the record: whole, durable, ranged, and never outside of their folder."""

import resource
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from parley.ground.faults import NotFound, StorageFull
from parley.ground.storage import Storage


@pytest.fixture
def files(tmp_path: Path) -> Storage:
    return Storage(f"file://{tmp_path / 'my files'}".replace(" ", "%20"))


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file of this process becomes larger than 100 kB, as on a disk with no more room than that."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_file_reads_back_whole_in_parts_and_as_a_stream(files: Storage) -> None:
    content = bytes(range(256)) * 10_000
    await files.put("recordings/7/take-1.webm", content)
    assert await files.get("recordings/7/take-1.webm") == content
    assert await files.size("recordings/7/take-1.webm") == len(content)
    assert await files.part("recordings/7/take-1.webm", start=256, length=3) == b"\x00\x01\x02"
    assert await files.part("recordings/7/take-1.webm", start=len(content) - 2, length=100) == b"\xfe\xff"
    assert b"".join([piece async for piece in files.stream("recordings/7/take-1.webm")]) == content


async def test_a_file_is_for_our_eyes_only(files: Storage, tmp_path: Path) -> None:
    await files.put("a/b", b"x")
    assert stat.S_IMODE((tmp_path / "my files" / "a" / "b").stat().st_mode) == 0o600


async def test_a_file_that_is_not_there_is_not_found(files: Storage) -> None:
    for question in (files.get("a"), files.size("a"), files.part("a", start=0, length=1)):
        with pytest.raises(NotFound):
            await question
    await files.delete("a")


async def test_a_removed_file_is_gone(files: Storage) -> None:
    await files.put("a", b"x")
    await files.delete("a")
    with pytest.raises(NotFound):
        await files.get("a")


@pytest.mark.parametrize("name", ["../secret.key", "/etc/passwd", "a/../../b", "", "a//b", "a\\b", "a\x00b", "./a"])
async def test_a_name_cannot_leave_its_folder(files: Storage, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        await files.put(name, b"x")


async def test_a_file_of_this_machine_is_stored_however_large(files: Storage, tmp_path: Path) -> None:
    source = tmp_path / "film"
    source.write_bytes(b"x" * 3_000_000)
    await files.put_file("films/1", source)
    assert await files.size("films/1") == 3_000_000
    assert b"".join([piece async for piece in files.parts("films/1", start=2_999_998, length=9)]) == b"xx"


async def test_where_there_is_no_room_the_file_stays_as_it_was(
    files: Storage, tmp_path: Path, small_files: None
) -> None:
    await files.put("a", b"before")
    with pytest.raises(StorageFull):
        await files.put("a", b"x" * 200_000)
    assert await files.get("a") == b"before"
    assert [file.name for file in (tmp_path / "my files").iterdir()] == ["a"]
