"""The reference says what the source says: settings, facts, tables; and every right, command and route."""

from parley.ground.db import metadata
from parley.ground.facts import type_of
from scripts.reference import facts, import_declarations, pages
from tests.house.tree import name_of


def test_the_pages_made_from_the_source_are_up_to_date() -> None:
    """`make reference` writes them."""
    assert [name_of(page) for page, text in pages() if not page.exists() or page.read_text() != text] == []


def test_every_fact_says_what_became_true() -> None:
    assert [fact.__name__ for fact in facts() if not fact.__doc__] == []
    assert [kind for kind in map(type_of, facts()) if len(kind.split(".")) != 2] == []


def test_every_table_and_column_says_what_it_holds() -> None:
    import_declarations()
    assert [table.name for table in metadata.sorted_tables if not table.comment] == []
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    assert [str(column) for column in columns if not column.comment] == []
