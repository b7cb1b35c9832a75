"""Forget what has expired: browser sessions, links, tokens, counts of guesses."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from parley.access.rows import browser_sessions, guesses, links, tokens

_KEPT = timedelta(days=30)


def forget_expired(db: Connection, *, idle: timedelta, now: datetime) -> None:
    """Remove what opens nothing any more; how a link or token was used stays for a month."""
    browser_sessions.forget_sessions(db, now=now, unused_since=now - idle)
    links.forget_links(db, ended_before=now - _KEPT)
    tokens.forget_tokens(db, expired_before=now - _KEPT)
    guesses.forget_counts(db, now=now)
