"""Ids: positive, below 2**63, in time order, and never twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.ground import ids
from parley.ground.faults import NotFound


def test_ids_rise_and_are_never_given_twice_by_many_threads() -> None:
    together = threading.Barrier(4)

    def many() -> list[int]:
        together.wait()
        return [ids.new_id() for _ in range(5_000)]

    with ThreadPoolExecutor(4) as pool:
        given_out = [job.result() for job in [pool.submit(many) for _ in range(4)]]
    for mine in given_out:
        assert mine == sorted(mine)
    everything = [number for mine in given_out for number in mine]
    assert len(set(everything)) == len(everything)
    assert all(0 < number <= ids.LARGEST for number in everything)


def test_a_clock_set_back_does_not_bring_ids_back() -> None:
    before = ids.new_id()
    with patch("parley.ground.ids.time.time_ns", return_value=1_800_000_000_000_000_000 - 10**18):
        assert ids.new_id() > before


def test_ids_fit_into_63_bits_until_2150() -> None:
    with (
        patch("parley.ground.ids.time.time_ns", return_value=5_680_281_600 * 10**9),
        patch("parley.ground.ids._last", 0),
    ):
        assert 0 < ids.new_id() <= ids.LARGEST


@given(st.integers(min_value=1, max_value=ids.LARGEST))
def test_an_id_reads_back_as_it_was_written(number: int) -> None:
    assert ids.parse(ids.text(number)) == number


@pytest.mark.parametrize(
    "written", ["", "0", "-5", "1.0", "\uff11\uff12", "9" * 19, str(2**63), "9" * 400, "abc", "\x00", " 7"]
)
def test_what_cannot_be_an_id_is_an_id_of_nothing(written: str) -> None:
    with pytest.raises(NotFound):
        ids.parse(written)
