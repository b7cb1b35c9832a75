"""What becomes true outside of rooms and concerns those in them: one reaction per fact, in a table."""

from collections.abc import Callable

from parley.ground.facts import StoredFact, type_of
from parley.ground.log import get_logger
from parley.live.facts import SeatChanged, SeatRevoked
from parley.live.room_runner import RoomRunner
from parley.people import RIGHTS, Role, UserChanged, UserDeleted, UserSuspended
from parley.sessions import SessionEnded

_log = get_logger("parley.live")

Runners = dict[int, RoomRunner]
"""The rooms of this server, by session."""


def _session_ended(runners: Runners, fact: StoredFact) -> None:
    if fact.subject in runners:
        runners[fact.subject].ended(by=fact.actor)


def _seat_revoked(runners: Runners, fact: StoredFact) -> None:
    if fact.data["session"] in runners:
        runners[fact.data["session"]].removed(fact.subject, by=fact.actor)


def _seat_changed(runners: Runners, fact: StoredFact) -> None:
    if fact.data["session"] in runners:
        runners[fact.data["session"]].change_role(fact.subject, role=fact.data["role"])


def _user_suspended(runners: Runners, fact: StoredFact) -> None:
    for runner in runners.values():
        runner.suspended(fact.subject)


def _user_changed(runners: Runners, fact: StoredFact) -> None:
    if "role" in fact.data["fields"] and "meetings:write" not in RIGHTS[Role(fact.data["role"])]:
        for runner in runners.values():
            runner.demoted(fact.subject)


def handle_fact(runners: Runners, fact: StoredFact) -> None:
    """Tell the rooms that it concerns of a fact; what goes wrong in one is no reason to miss the next."""
    if fact.type in FACT_HANDLERS:
        try:
            FACT_HANDLERS[fact.type](runners, fact)
        except Exception:  # noqa: BLE001 (whatever it is, the next fact counts)
            _log.exception("a room stumbled over a fact", type=fact.type, subject=fact.subject)


FACT_HANDLERS: dict[str, Callable[[Runners, StoredFact], None]] = {
    type_of(SessionEnded): _session_ended,
    type_of(SeatRevoked): _seat_revoked,
    type_of(SeatChanged): _seat_changed,
    type_of(UserChanged): _user_changed,
    type_of(UserDeleted): _user_suspended,
    type_of(UserSuspended): _user_suspended,
}
"""What a hub does about facts, by their type."""
