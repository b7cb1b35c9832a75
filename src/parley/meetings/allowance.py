"""What licences and the room allow: whether a meeting may start now, and how many people come in."""

from datetime import datetime

import msgspec

from parley.ground.db import Connection
from parley.ground.faults import Fault, OverLimit
from parley.ground.words import N_
from parley.live import room_size, smaller
from parley.people import Caller, Product, Unlicensed, find_account, need_product
from parley.sessions import live_sessions

_NO_MORE_SESSIONS = N_(
    "As many sessions are live as your organization may have at once: %(limit)s. Wait until one ends, or end one."
)


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody may expect of a meeting before it starts."""

    most: int | None
    """The most people at once: the smaller number of licence and room. None where neither is known."""

    licensed: bool
    """Whether it is the licence that limits it, and not the room."""

    refusal: Fault | None
    """Why it could not be started now."""


def allowance(db: Connection, organizer: int, *, by: Caller, now: datetime) -> Allowance:
    """Return what the licence of an organizer and the room allow at this moment; `by` is of the same account."""
    size, licensed, refusal = room_size(db, now=now), None, None
    try:
        licensed = need_product(db, organizer, Product.MEETING, by=by)
        _need_room_for_one_more(db, by.account)
    except (Unlicensed, OverLimit) as fault:
        refusal = fault
    most = smaller(size, licensed)
    return Allowance(most=most, licensed=licensed is not None and most != size, refusal=refusal)


def need_licence(db: Connection, organizer: int, *, by: Caller) -> int | None:
    """Return the most people at once that the organizer's licence allows; None when there is no limit.

    Raises Unlicensed without a licence for meetings, and OverLimit when as many sessions run as the account may have.
    """
    most = need_product(db, organizer, Product.MEETING, by=by)
    _need_room_for_one_more(db, by.account)
    return most


def _need_room_for_one_more(db: Connection, account: int) -> None:
    most = find_account(db, account).sessions_at_once
    if most is not None and live_sessions(db, account) >= most:
        raise OverLimit(_NO_MORE_SESSIONS, limit=most)
