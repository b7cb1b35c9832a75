"""Hashing passwords."""

import asyncio
from collections.abc import Iterator

import pytest

from parley.access import Hasher
from parley.access.hasher import LONGEST, MOST_WAITING
from parley.ground.faults import OverLimit


@pytest.fixture
def hasher() -> Iterator[Hasher]:
    hasher = Hasher(memory_kib=8, rounds=1)
    yield hasher
    hasher.close()


async def test_a_password_is_known_again(hasher: Hasher) -> None:
    stored = await hasher.hash("seven gulls above")
    assert stored.startswith("$argon2id$")
    assert await hasher.verify(stored, "seven gulls above")
    assert not await hasher.verify(stored, "seven gulls abov")


async def test_two_hashes_of_a_password_differ(hasher: Hasher) -> None:
    assert await hasher.hash("seven gulls above") != await hasher.hash("seven gulls above")


async def test_nobody_has_no_password(hasher: Hasher) -> None:
    assert not await hasher.verify(None, "seven gulls above")
    assert not await hasher.verify(None, "")


async def test_a_composed_letter_is_the_same_as_its_parts(hasher: Hasher) -> None:
    stored = await hasher.hash("f\u00fcnf M\u00f6wen oben")
    assert await hasher.verify(stored, "fu\u0308nf Mo\u0308wen oben")


@pytest.mark.parametrize("stored", ["", "plain text", "$argon2id$v=19$m=8,t=1,p=1$AAAA"])
async def test_what_is_no_hash_opens_nothing(hasher: Hasher, stored: str) -> None:
    assert not await hasher.verify(stored, "plain text")


async def test_characters_beyond_the_longest_are_not_ignored(hasher: Hasher) -> None:
    stored = await hasher.hash("x" * LONGEST)
    assert not await hasher.verify(stored, "x" * (LONGEST + 1))
    assert not await hasher.verify(stored, "x" * 1_000_000)


async def test_many_marks_take_no_longer_than_many_letters(hasher: Hasher) -> None:
    marks = "a" + "\u0315\u0300" * 200_000
    assert not await hasher.verify(await hasher.hash("seven gulls above"), marks)
    assert await hasher.hash(marks)


async def test_a_password_may_be_any_text(hasher: Hasher) -> None:
    for odd in ("\x00" * 12, "\ud800lonely surrogate", "🦭" * 12):
        assert await hasher.verify(await hasher.hash(odd), odd)


async def test_a_hash_of_other_parameters_is_outdated(hasher: Hasher) -> None:
    weaker = Hasher(memory_kib=16, rounds=1)
    assert hasher.is_outdated(await weaker.hash("seven gulls above"))
    assert not hasher.is_outdated(await hasher.hash("seven gulls above"))
    weaker.close()


async def test_more_than_can_wait_are_asked_to_come_back(hasher: Hasher) -> None:
    crowd = [hasher.verify(None, "seven gulls above") for _ in range(MOST_WAITING + 3)]
    results = await asyncio.gather(*crowd, return_exceptions=True)
    refused = [result for result in results if isinstance(result, OverLimit)]
    assert len(refused) == 3
    assert refused[0].retry_after == 5
    assert not await hasher.verify(None, "seven gulls above")
