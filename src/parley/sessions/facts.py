"""What becomes true about sessions."""

from parley.ground.facts import Fact
from parley.sessions.attendance import Departure
from parley.sessions.session import Ending


class SessionStarted(Fact, frozen=True, tag="session.started"):
    """A session began: its room is open. `meeting` is what it is a run of."""

    meeting: int | None


class SessionEnded(Fact, frozen=True, tag="session.ended"):
    """A session is over, and nobody is in it any more. `how` says what ended it: `host` or `reconciled`."""

    meeting: int | None
    how: Ending


class ParticipantJoined(Fact, frozen=True, tag="participant.joined"):
    """Somebody came into a session; again after every absence. The subject is the participant."""

    session: int
    person: int | None
    name: str


class ParticipantLeft(Fact, frozen=True, tag="participant.left"):
    """Somebody is no longer in a session: `how` is `left`, `lost`, `removed`, `ended` or `reconciled`.

    The subject is the participant.
    """

    session: int
    person: int | None
    name: str
    how: Departure


class MessageSent(Fact, frozen=True, tag="message.sent"):
    """Somebody said something in a session. The subject is the message; its text is in the record, not in the fact."""

    session: int
    participant: int
