"""What becomes true about who can come in."""

from datetime import datetime

from parley.ground.facts import Fact


class UserSignedIn(Fact, frozen=True, tag="user.signed_in"):
    """Somebody signed in; the subject is the user, `browser` the new browser session."""

    browser: int


class UserSignedOut(Fact, frozen=True, tag="user.signed_out"):
    """Browser sessions of a user ended, by themselves or an administrator; the subject is the user."""

    browsers: tuple[int, ...]


class PasswordSet(Fact, frozen=True, tag="user.password_set"):
    """A user has a new password; the subject is the user. Other browsers of theirs are signed out."""


class ResetOffered(Fact, frozen=True, tag="user.reset_offered"):
    """An administrator made a link with which a user sets a new password; the subject is the user."""


class TokenCreated(Fact, frozen=True, tag="token.created"):
    """Somebody created an API token; the subject is the token."""

    person: int
    name: str
    scopes: tuple[str, ...]
    expires_at: datetime | None


class TokenRevoked(Fact, frozen=True, tag="token.revoked"):
    """An API token was revoked and works no more; the subject is the token."""

    person: int
    name: str
