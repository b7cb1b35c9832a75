"""Find API tokens: one's own, and for administrators everybody's."""

from sqlalchemy import Connection

from parley.access.rows import tokens
from parley.access.token import Token
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.people import Caller


def tokens_of(db: Connection, *, by: Caller) -> list[Token]:
    """Return the caller's own tokens, newest first."""
    by.need("me")
    return [] if by.person is None else tokens.tokens_of(db, by.person)


def find_tokens(db: Connection, *, by: Caller, limit: int = USUAL, cursor: str | None = None) -> Page[Token]:
    """Return everybody's tokens in the caller's account, newest first, for those who administer people."""
    by.need("people:write")
    behind = None if cursor is None else key_behind(cursor, IdKey)
    limit = page_size(limit)
    found = tokens.tokens_in(db, by.account, behind=behind, limit=limit + 1)
    return page_of(found, limit=limit, key=lambda token: token.id)
