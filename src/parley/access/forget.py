"""Forget what has expired: browser sessions, links, counts of guesses."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from parley.access.rows import browser_sessions, guesses, links

_LINKS_KEPT = timedelta(days=30)


def forget_expired(db: Connection, *, idle: timedelta, now: datetime) -> None:
    """Remove what opens nothing any more; how a link was used stays for a month."""
    browser_sessions.forget_sessions(db, now=now, unused_since=now - idle)
    links.forget_links(db, ended_before=now - _LINKS_KEPT)
    guesses.forget_counts(db, now=now)
