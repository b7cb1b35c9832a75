"""What becomes true about letters."""

from parley.ground.facts import Fact


class LetterFailed(Fact, frozen=True, tag="letter.failed"):
    """A letter could not be delivered, for good; `kind` says what it was for. Its meeting shows it."""

    kind: str
    meeting: int | None
    invitation: int | None
