"""The lobby of a meeting: who waits when it starts."""

from parley.ground.db import Connection
from parley.meetings.meeting import Meeting
from parley.people import Lobby, find_account


def lobby_of(db: Connection, meeting: Meeting) -> Lobby:
    """Return who waits: what the meeting says, or else what the account says; with a password nobody need wait."""
    if meeting.lobby is not None:
        return meeting.lobby
    return Lobby.OFF if meeting.has_password else find_account(db, meeting.account).lobby
