"""Find API tokens: one's own, and for administrators everybody's."""

from sqlalchemy import Connection

from parley.access.rows import tokens
from parley.access.token import Token
from parley.ground.faults import NotFound
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.ground.words import N_
from parley.people import Caller, find_user


def tokens_of(db: Connection, user: int | None = None, *, by: Caller) -> list[Token]:
    """Return the caller's own tokens, newest first; or a user's, for those who administer people."""
    if user is None or user == by.person:
        by.need("me")
        return [] if by.person is None else tokens.tokens_of(db, by.person)
    by.need("people:write")
    return tokens.tokens_of(db, find_user(db, user, by=by).id)


def find_token(db: Connection, token: int) -> Token:
    """Return a token of any account; for the operator."""
    found = tokens.token_anywhere(db, token)
    if found is None:
        raise NotFound(N_("There is no such token."))
    return found


def find_tokens(db: Connection, *, by: Caller, limit: int = USUAL, cursor: str | None = None) -> Page[Token]:
    """Return everybody's tokens in the caller's account, newest first, for those who administer people."""
    by.need("people:write")
    behind = None if cursor is None else key_behind(cursor, IdKey)
    limit = page_size(limit)
    found = tokens.tokens_in(db, by.account, behind=behind, limit=limit + 1)
    return page_of(found, limit=limit, key=lambda token: token.id)
