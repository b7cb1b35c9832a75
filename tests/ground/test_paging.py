"""Lists in pages."""

import pytest

from parley.ground.faults import Invalid
from parley.ground.paging import MOST, IdKey, key_behind, page_of, page_size


def test_a_cursor_leads_to_where_the_list_goes_on() -> None:
    page = page_of(["a", "b", "c"], limit=2, key=lambda letter: (letter, 7))
    assert page.items == ("a", "b")
    assert key_behind(page.next or "", tuple[str, IdKey]) == ("b", 7)


@pytest.mark.parametrize("found", [[], ["a"], ["a", "b"]])
def test_the_last_page_has_no_cursor(found: list[str]) -> None:
    page = page_of(found, limit=2, key=lambda letter: letter)
    assert (page.items, page.next) == (tuple(found), None)


@pytest.mark.parametrize("key", ["ü", "\U0001f9ad", "", "a/b+c?"])
def test_a_cursor_stands_in_an_address_as_it_is(key: str) -> None:
    cursor = page_of([key, key], limit=1, key=lambda one: one).next or ""
    assert all(character.isalnum() or character in "-_" for character in cursor)
    assert key_behind(cursor, str) == key


@pytest.mark.parametrize("cursor", ["", "=", "!", "W10", "Ü", "bm9uc2Vuc2U", "W" * 100_000])
def test_a_cursor_of_something_else_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        key_behind(cursor, tuple[str, IdKey])


@pytest.mark.parametrize("asked", [-1, 0, MOST + 1])
def test_a_page_is_neither_empty_nor_endless(asked: int) -> None:
    assert page_size(1) == 1
    assert page_size(MOST) == MOST
    with pytest.raises(Invalid):
        page_size(asked)
