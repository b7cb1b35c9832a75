"""Sizes and lengths as people read them."""

from datetime import timedelta

import pytest

from parley.web.shell.sizes import running, size_words


@pytest.mark.parametrize(
    ("size", "language", "words"),
    [
        (0, "en", "0 B"),
        (999, "en", "999 B"),
        (1_000, "en", "1.0 kB"),
        (1_250_000, "de", "1,2 MB"),
        (25_000_000, "fr", "25 MB"),
        (700_000_000_000, "it", "700 GB"),
        (5_000_000_000_000_000, "en", "5,000 TB"),
    ],
)
def test_a_size_is_a_short_number_with_its_unit(size: int, language: str, words: str) -> None:
    assert size_words(size, language=language).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(("seconds", "words"), [(-1, "0:00"), (5.9, "0:05"), (65, "1:05"), (3_723, "1:02:03")])
def test_a_length_is_written_as_a_player_does(seconds: float, words: str) -> None:
    assert running(timedelta(seconds=seconds)) == words
