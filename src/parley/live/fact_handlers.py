"""What becomes true outside of rooms and concerns those in them: one reaction per fact, in a table."""

from collections.abc import Callable

import msgspec

from parley.artefacts import ArtefactDeleted, FileShared
from parley.ground.facts import StoredFact, type_of
from parley.ground.log import get_logger
from parley.live.facts import RoomChanged, SeatAdmitted, SeatChanged, SeatRefused, SeatRevoked
from parley.live.house_rules import HouseRules
from parley.live.room_files import add_file, delete_file, file_view
from parley.live.room_recording import change_recording, recording_view
from parley.live.room_runner import RoomRunner
from parley.people import RIGHTS, Role, UserChanged, UserDeleted, UserSuspended
from parley.recordings import RecordingStarted, RecordingStopped
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


def _seat_admitted(runners: Runners, fact: StoredFact) -> None:
    if fact.data["session"] in runners:
        runners[fact.data["session"]].let_in(fact.subject)


def _seat_refused(runners: Runners, fact: StoredFact) -> None:
    if fact.data["session"] in runners:
        runners[fact.data["session"]].turn_away(fact.subject)


def _room_changed(runners: Runners, fact: StoredFact) -> None:
    if fact.subject in runners:
        rules = {"lobby": fact.data["lobby"], "locked": fact.data["locked"], "may_unmute": fact.data["may_unmute"]}
        runners[fact.subject].change_house(msgspec.convert(rules, HouseRules), by=fact.data["by"])


def _recording_started(runners: Runners, fact: StoredFact) -> None:
    if fact.data["session"] in runners:
        runner = runners[fact.data["session"]]
        view = recording_view(fact.subject, who=fact.data["participant"], since=fact.at)
        runner.perform(change_recording(runner.room, view))


def _recording_stopped(runners: Runners, fact: StoredFact) -> None:
    runner = runners.get(fact.data["session"])
    if runner is not None and runner.room.about.recording and runner.room.about.recording.id == str(fact.subject):
        runner.perform(change_recording(runner.room, None))


def _file_shared(runners: Runners, fact: StoredFact) -> None:
    runner = runners.get(fact.data["session"])
    if runner is not None:
        shared = file_view(fact.subject, fact.data["participant"], fact.data["name"], fact.data["bytes"], at=fact.at)
        runner.perform(add_file(runner.room, shared))


def _artefact_deleted(runners: Runners, fact: StoredFact) -> None:
    runner = runners.get(fact.data["session"])
    if runner is not None:
        runner.perform(delete_file(runner.room, str(fact.subject)))


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
    type_of(SeatAdmitted): _seat_admitted,
    type_of(SeatRefused): _seat_refused,
    type_of(RoomChanged): _room_changed,
    type_of(FileShared): _file_shared,
    type_of(ArtefactDeleted): _artefact_deleted,
    type_of(RecordingStarted): _recording_started,
    type_of(RecordingStopped): _recording_stopped,
    type_of(UserChanged): _user_changed,
    type_of(UserDeleted): _user_suspended,
    type_of(UserSuspended): _user_suspended,
}
"""What a hub does about facts, by their type."""
