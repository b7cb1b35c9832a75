"""Remove every way in of somebody who is deleted."""

from sqlalchemy import Connection

from parley.access.rows import browser_sessions, links, passwords, tokens


def remove_access(db: Connection, person: int) -> None:
    """Remove somebody's password, browser sessions, links and tokens; that they are gone is told by the deletion."""
    passwords.delete_password(db, person)
    browser_sessions.end_sessions(db, person)
    links.drop_links_of(db, person)
    for token in tokens.tokens_of(db, person):
        tokens.delete_token(db, token.id)
