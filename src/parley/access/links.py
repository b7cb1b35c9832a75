"""Make and use links that let somebody in once."""

from datetime import datetime

from sqlalchemy import Connection

from parley.access.link import LIFETIME, Link, Purpose, dead_link
from parley.access.rows import links
from parley.ground.ids import new_id
from parley.ground.secrets import fresh_token, token_hash
from parley.people import User, folded


def make_link(db: Connection, purpose: Purpose, *, user: User | None, now: datetime) -> str:
    """Store a new link; return the secret that goes into it."""
    secret = fresh_token()
    link = Link(
        id=new_id(),
        purpose=purpose,
        person=None if user is None else user.id,
        email_folded=None if user is None else folded(user.email),
        created_at=now,
        expires_at=now + LIFETIME[purpose],
        used_at=None,
    )
    links.add_link(db, link, token_hash(secret))
    return secret


def find_link(db: Connection, secret: str, *, purposes: frozenset[Purpose], now: datetime) -> Link:
    """Return the link of a secret, unused; raises NotFound for one that does not work (any more)."""
    found = links.link_by_hash(db, token_hash(secret))
    if found is None or found.purpose not in purposes or not found.works(at=now):
        raise dead_link()
    return found


def use_link(db: Connection, secret: str, *, purposes: frozenset[Purpose], now: datetime) -> Link:
    """Return the link of a secret and use it up: it works once."""
    found = find_link(db, secret, purposes=purposes, now=now)
    links.use_link(db, found.id, now=now)
    return found
