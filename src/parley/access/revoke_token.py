"""Revoke an API token."""

from datetime import datetime

from sqlalchemy import Connection

from parley.access.facts import TokenRevoked
from parley.access.rows import tokens
from parley.access.token import Token
from parley.ground.facts import tell
from parley.ground.faults import NotFound
from parley.ground.words import N_
from parley.people import Caller, find_user


def revoke_token(db: Connection, token: int, *, by: Caller, now: datetime) -> None:
    """Revoke a token of one's own, or of somebody whom one administers; it works no more."""
    found = tokens.token_in(db, by.account, token)
    if found is None or not _may_revoke(db, found, by=by):
        raise NotFound(N_("There is no such token."))
    tokens.delete_token(db, found.id)
    fact = TokenRevoked(
        account=found.account, subject=found.id, actor=by.person, at=now, person=found.person, name=found.name
    )
    tell(db, fact)


def _may_revoke(db: Connection, token: Token, *, by: Caller) -> bool:
    if token.person == by.person:
        return by.may("me")
    return by.may("people:write") and by.may_administer(find_user(db, token.person, by=by).role)
