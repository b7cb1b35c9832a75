"""What can go wrong, by what the reader can do about it.

In slices::

    Fault
      Invalid          the input is wrong: which fields, and why
      NotFound         there is nothing there, or nothing that you may know of
      Unauthenticated  nobody is signed in, or the token is not (or no longer) valid
      Forbidden        you may see it, but not do this
      Conflict         it is not in a state for this
        Stale          it changed since you looked; carries what is there now
      OverLimit        too much or too often; may say when to come back
      VersionRequired  the request must name the version that it was made from
      StorageFull      the server's disk is full: nothing was stored, nothing was lost

At borders, by what must be done next::

    Border
      Unreachable         try again
      CredentialsRefused  a person must act
      Rejected            never repeat

A fault carries a message id (an English sentence with named parameters) and its parameters; words in the
reader's language are made at the rim by `parley.ground.words.translate`.
"""


class FieldError:
    """One wrong field: where (a dotted path), why (a message id), and the parameters of the message."""

    __slots__ = ("field", "message", "parameters")

    def __init__(self, field: str, message: str, **parameters: object) -> None:
        self.field = field
        self.message = message
        self.parameters = parameters

    def __repr__(self) -> str:
        return f"FieldError({self.field!r}, {self.message!r})"


class Fault(Exception):
    """A refusal with a message id and its parameters."""

    def __init__(self, message: str, **parameters: object) -> None:
        super().__init__(message)
        self.message = message
        self.parameters = parameters

    def __str__(self) -> str:
        return self.message % self.parameters if self.parameters else self.message


class Invalid(Fault):
    """The input is wrong; names every wrong field at once."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message % error.parameters}" for error in errors))
        self.errors = errors


class NotFound(Fault):
    """There is nothing there, or nothing that the asker may know of."""


class Unauthenticated(Fault):
    """Nobody is signed in, or the token is not, or no longer, valid: signing in is the way on."""


class Forbidden(Fault):
    """The asker may know of it, but not do this."""


class Conflict(Fault):
    """The thing is not in a state for this."""


class Stale(Conflict):
    """The thing changed since the asker looked; `current` is what is there now."""

    def __init__(self, message: str, *, current: object, **parameters: object) -> None:
        super().__init__(message, **parameters)
        self.current = current


class VersionRequired(Fault):
    """A change must name the version that it was made from."""


class OverLimit(Fault):
    """Too much, or too often; `retry_after` (seconds) says when to come back, where that is known."""

    def __init__(self, message: str, *, retry_after: int | None = None, **parameters: object) -> None:
        super().__init__(message, **parameters)
        self.retry_after = retry_after


class StorageFull(Fault):
    """The disk of the server is full; nothing of the request was stored."""


class Border(Fault):
    """Something outside of Parley did not do what was asked."""


class Unreachable(Border):
    """No answer, or not now: trying again is right."""


class CredentialsRefused(Border):
    """The other side does not accept us: a person must act."""


class Rejected(Border):
    """The other side will never accept this: do not repeat."""
