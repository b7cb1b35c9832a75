"""Slowing down who guesses: attempts are counted before they are judged, so that many at once are not more."""

import hashlib
import ipaddress
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from parley.access.rows import guesses
from parley.ground.faults import OverLimit
from parley.ground.words import N_
from parley.people import folded

_IPV6_SITE = 64
"""Bits of an IPv6 address that a site is given; all of the rest is one guesser's own."""

_TOLD_APART = 1_000
"""Characters by which addresses are told apart: far longer ones are nobody's, and would take long to fold."""

Running = dict[bytes, tuple[int, datetime]]
"""Attempts and end of each count, by the subject of its limit."""


class AttemptLimit(msgspec.Struct, frozen=True, kw_only=True):
    """What guesses are counted for: at most so many attempts within a time."""

    kind: str
    key: str
    most: int
    within: timedelta

    @property
    def subject(self) -> bytes:
        """Under what it is stored: a hash, because people type passwords into the wrong field."""
        return hashlib.sha256(f"{self.kind}\0{self.key}".encode("utf-8", "surrogatepass")).digest()


def address_limit(address: str, *, kind: str = "address", most: int = 60) -> AttemptLimit:
    """Return the limit of a network address; many people may sit behind one."""
    return AttemptLimit(kind=kind, key=_site(address), most=most, within=timedelta(minutes=15))


def email_limit(email: str) -> AttemptLimit:
    """Return the limit of an e-mail address, whether or not somebody has it."""
    return AttemptLimit(kind="email", key=folded(email.strip()[:_TOLD_APART]), most=10, within=timedelta(minutes=15))


def count_guess(db: Connection, *limits: AttemptLimit, now: datetime) -> None:
    """Count an attempt against each limit; raises OverLimit, and counts nothing, when one of them is reached."""
    running = check_limits(db, *limits, now=now)
    for limit in limits:
        if limit.subject in running:
            guesses.add_to_count(db, limit.subject, 1)
        else:
            guesses.begin_count(db, limit.subject, ends_at=now + limit.within)


def check_limits(db: Connection, *limits: AttemptLimit, now: datetime) -> Running:
    """Return the counts that run; raises OverLimit when one of them is reached.

    It counts nothing: for what is judged in the same transaction, in which only what was wrong need be counted.
    """
    running = guesses.running_counts(db, [limit.subject for limit in limits], now=now)
    full = [ends_at for limit in limits for ends_at in _end_when_full(limit, running)]
    if full:
        wait = max(full) - now
        minutes = max(1, round(wait.total_seconds() / 60))
        raise OverLimit(
            N_("Too many attempts. Please try again in %(minutes)s minutes."),
            retry_after=max(1, int(wait.total_seconds())),
            minutes=minutes,
        )
    return running


def forgive(db: Connection, limit: AttemptLimit) -> None:
    """Forget the attempts that a limit counted: one of them was right."""
    guesses.drop_count(db, limit.subject)


def take_back(db: Connection, limit: AttemptLimit) -> None:
    """Count one attempt less: it was right, but others behind the same address may not have been."""
    guesses.add_to_count(db, limit.subject, -1)


def _end_when_full(limit: AttemptLimit, running: Running) -> list[datetime]:
    attempts, ends_at = running.get(limit.subject, (0, None))
    return [ends_at] if ends_at is not None and attempts >= limit.most else []


def _site(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 (the Internet Protocol's)
        return str(parsed)
    return str(ipaddress.ip_network((parsed, _IPV6_SITE), strict=False))
