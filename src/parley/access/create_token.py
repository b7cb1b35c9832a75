"""Create an API token."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from parley.access.facts import TokenCreated
from parley.access.rows import tokens
from parley.access.token import LONGEST_NAME, MOST, PREFIX, Token
from parley.ground.facts import tell
from parley.ground.faults import Conflict, FieldError, Forbidden, Unauthenticated
from parley.ground.ids import new_id
from parley.ground.secrets import fresh_token, token_hash
from parley.ground.words import N_
from parley.people import RIGHTS, SCOPES, Caller, User, find_user, one_line, refuse

LONGEST = timedelta(days=3650)
"""How far away the end of a token may lie."""

_NAMED = 10
"""How many rights a refusal names."""


def create_token(
    db: Connection,
    *,
    by: Caller,
    person: int,
    name: str,
    scopes: Collection[str],
    expires_at: datetime | None,
    made_with: int | None = None,
    now: datetime,
) -> tuple[Token, str]:
    """Create a token of one's own; return it and its secret, which is shown this once.

    It carries no right that the caller or their role lacks. Made with another token, it ends no later than that, and is
    revoked with it. The operator creates tokens of anybody in the account.
    """
    owner = _owner(db, person, by=by, now=now)
    until = None if made_with is None else _end_of(db, made_with, by=by)
    errors: list[FieldError] = []
    token = Token(
        id=new_id(),
        account=owner.account,
        person=owner.id,
        name=one_line(name, field="name", errors=errors, most=LONGEST_NAME),
        scopes=_allowed(frozenset(scopes), rights=RIGHTS[owner.role] & by.scopes, errors=errors),
        created_at=now,
        expires_at=_timely(expires_at, until=until, now=now, errors=errors),
        used_at=None,
        made_with=made_with,
    )
    refuse(errors)
    secret = fresh_token(PREFIX)
    tokens.add_token(db, token, token_hash(secret))
    _tell_created(db, token, by=by)
    return token, secret


def check_token(written: Mapping[str, Any], *, by: Caller, now: datetime, errors: list[FieldError]) -> None:
    """Find out what is wrong with those fields of a token of the caller's own that are written."""
    if "name" in written:
        one_line(written["name"], field="name", errors=errors, most=LONGEST_NAME)
    if "scopes" in written:
        _allowed(frozenset(written["scopes"]), rights=by.scopes, errors=errors)
    _timely(written.get("expires_at"), until=None, now=now, errors=errors)


def _owner(db: Connection, person: int, *, by: Caller, now: datetime) -> User:
    """Return whose token it will be: the caller's own or, for the operator, anybody's who may have one more."""
    by.need("me")
    if by.person not in (None, person):
        raise Forbidden(N_("Everybody creates their own tokens."))
    owner = find_user(db, person, by=by)
    if not owner.active:
        raise Conflict(N_("This person is suspended."))
    if tokens.count_of(db, person, now=now) >= MOST:
        raise Conflict(N_("You have %(most)s tokens already; revoke one first."), most=MOST)
    return owner


def _end_of(db: Connection, token: int, *, by: Caller) -> datetime | None:
    """Return when the token ends with which another is made; it may have been revoked a moment ago."""
    found = tokens.token_in(db, by.account, token)
    if found is None:
        raise Unauthenticated(N_("This token is not valid, or not any more."))
    return found.expires_at


def _allowed(scopes: frozenset[str], *, rights: frozenset[str], errors: list[FieldError]) -> frozenset[str]:
    if not scopes:
        errors.append(FieldError("scopes", N_("Choose at least one right.")))
    unknown = scopes - frozenset(SCOPES)
    if unknown:
        written, known = ", ".join(sorted(unknown)[:_NAMED]), ", ".join(SCOPES)
        message = N_("There are no such rights: %(scopes)s. There are: %(known)s.")
        errors.append(FieldError("scopes", message, scopes=written, known=known))
    beyond = scopes - unknown - rights
    if beyond:
        written = ", ".join(sorted(beyond)[:_NAMED])
        errors.append(FieldError("scopes", N_("You cannot give these rights: %(scopes)s."), scopes=written))
    return scopes


def _timely(
    expires_at: datetime | None, *, until: datetime | None, now: datetime, errors: list[FieldError]
) -> datetime | None:
    if expires_at is not None and expires_at > now + LONGEST:
        message = N_("A token that ends does so within %(years)s years.")
        errors.append(FieldError("expires_at", message, years=LONGEST.days // 365))
    elif expires_at is not None and expires_at <= now:
        errors.append(FieldError("expires_at", N_("This lies in the past.")))
    elif until is not None and (expires_at is None or expires_at > until):
        errors.append(FieldError("expires_at", N_("A token made by a token ends no later than that one.")))
    return expires_at


def _tell_created(db: Connection, token: Token, *, by: Caller) -> None:
    fact = TokenCreated(
        account=token.account,
        subject=token.id,
        actor=by.person,
        at=token.created_at,
        person=token.person,
        name=token.name,
        scopes=tuple(sorted(token.scopes)),
        expires_at=token.expires_at,
    )
    tell(db, fact)
