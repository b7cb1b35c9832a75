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
    """Revoke a token of one's own, or of somebody whom one administers, and every token that was made with it."""
    found = tokens.token_in(db, by.account, token)
    if found is None or not _may_revoke(db, found, by=by):
        raise NotFound(N_("There is no such token."))
    family = [found]
    for member in family:
        family += tokens.made_with(db, member.id)
    for member in reversed(family):
        tokens.delete_token(db, member.id)
        tell(db, _revoked(member, by=by, now=now))


def _revoked(token: Token, *, by: Caller, now: datetime) -> TokenRevoked:
    return TokenRevoked(
        account=token.account, subject=token.id, actor=by.person, at=now, person=token.person, name=token.name
    )


def _may_revoke(db: Connection, token: Token, *, by: Caller) -> bool:
    if token.person == by.person:
        return by.may("me")
    return by.may("people:write") and by.may_administer(find_user(db, token.person, by=by).role)
