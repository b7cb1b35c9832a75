"""What becomes true outside of rooms and concerns those in them: one reaction per fact, in a table."""

from collections.abc import Callable

from parley.ground.facts import Told, type_of
from parley.ground.log import get_logger
from parley.live.facts import SeatChanged, SeatRevoked
from parley.live.house import House
from parley.people import UserSuspended
from parley.sessions import SessionEnded

_log = get_logger("parley.live")

Houses = dict[int, House]
"""The rooms of this server, by session."""


def _session_ended(houses: Houses, fact: Told) -> None:
    if fact.subject in houses:
        houses[fact.subject].ended(by=fact.actor)


def _seat_revoked(houses: Houses, fact: Told) -> None:
    if fact.data["session"] in houses:
        houses[fact.data["session"]].removed(fact.subject, by=fact.actor)


def _seat_changed(houses: Houses, fact: Told) -> None:
    if fact.data["session"] in houses:
        houses[fact.data["session"]].recast(fact.subject, role=fact.data["role"])


def _user_suspended(houses: Houses, fact: Told) -> None:
    for house in houses.values():
        house.suspended(fact.subject)


def hear_news(houses: Houses, fact: Told) -> None:
    """Let the rooms that it concerns hear a fact; what goes wrong in one is no reason to miss the next."""
    if fact.type in NEWS:
        try:
            NEWS[fact.type](houses, fact)
        except Exception:  # noqa: BLE001 (whatever it is, the next fact counts)
            _log.exception("a room stumbled over news", type=fact.type, subject=fact.subject)


NEWS: dict[str, Callable[[Houses, Told], None]] = {
    type_of(SessionEnded): _session_ended,
    type_of(SeatRevoked): _seat_revoked,
    type_of(SeatChanged): _seat_changed,
    type_of(UserSuspended): _user_suspended,
}
"""What a hub does about facts, by their type."""
