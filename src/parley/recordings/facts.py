"""What becomes true about recordings while they are made."""

from parley.ground.facts import Fact


class RecordingStarted(Fact, frozen=True, tag="recording.started"):
    """A session is being recorded; again when a recording goes on whose browser had fallen silent.

    The subject is the artefact; `participant` is who records.
    """

    session: int
    participant: int


class RecordingStopped(Fact, frozen=True, tag="recording.stopped"):
    """A session is not recorded any more: it was stopped, or the browser that recorded fell silent."""

    session: int


class RecordingAgreed(Fact, frozen=True, tag="recording.agreed"):
    """Somebody agreed to being recorded. The subject is the artefact."""

    session: int
    participant: int
    person: int | None
