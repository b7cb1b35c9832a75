"""The seat that a request shows: what the socket's hello is for frames, the Authorization header is for HTTP."""

from typing import Any

from litestar import Request

from parley.access import bearer_of
from parley.ground.db import Connection
from parley.ground.faults import Forbidden, Unauthenticated
from parley.ground.words import N_
from parley.live.reasons import Refused
from parley.live.seat import Seat
from parley.live.write_records import seat_of_token


def seat_secret(request: Request[Any, Any, Any]) -> str:
    """Return the secret that came along. Raises Unauthenticated where none did."""
    secret = bearer_of(request.scope)
    if secret is None:
        raise Unauthenticated(N_("Send a seat: Authorization: Bearer …"))
    return secret


def seat_shown(db: Connection, secret: str) -> Seat:
    """Return the seat of a secret as it counts now.

    Raises Unauthenticated for one that is not valid, and Forbidden for somebody who has not been let in yet.
    """
    try:
        seat = seat_of_token(db, secret)
    except Refused as fault:
        raise Unauthenticated(N_("This seat is not valid, or not any more.")) from fault
    if seat.admitted_at is None:
        raise Forbidden(N_("A host has to let you in first."))
    return seat
