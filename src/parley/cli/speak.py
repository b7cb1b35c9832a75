"""How commands answer: a sentence for people or JSON for programs, and what went wrong with the way out."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
from sqlalchemy import exc

from parley.ground.faults import Fault, Invalid
from parley.ground.locks import AlreadyLocked
from parley.ground.secrets import WrongKey
from parley.ground.words import translate
from parley.settings import SettingsError

_WRONG_SETTINGS = 2
"""The status of a command whose settings are wrong; that of a command that was typed wrongly is the same."""


def said(answer: Mapping[str, object], sentence: str, *, as_json: bool) -> None:
    """Answer on standard output."""
    sys.stdout.write((msgspec.json.encode(answer).decode() if as_json else sentence) + "\n")
    sys.stdout.flush()


def columns(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return lines under their heads, each column as wide as its widest cell; nothing where there are no lines."""
    if not lines:
        return ""
    widths = [max(map(len, column)) for column in zip(heads, *lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (heads, *lines)
    )


@contextmanager
def failing(*, as_json: bool) -> Iterator[None]:
    """End the command with a clear message on standard error when what it does is refused.

    Its status is then 1, and 2 when settings are wrong.
    """
    try:
        yield
    except Invalid as fault:
        errors = [
            {"field": error.field, "detail": translate("en", error.message, error.parameters)} for error in fault.errors
        ]
        _fail(" ".join(str(error["detail"]) for error in errors), as_json=as_json, errors=errors)
    except Fault as fault:
        _fail(translate("en", fault.message, fault.parameters), as_json=as_json)
    except (SettingsError, WrongKey) as fault:
        _fail(str(fault), as_json=as_json, status=_WRONG_SETTINGS)
    except AlreadyLocked as fault:
        _fail(str(fault), as_json=as_json)
    except (PermissionError, FileExistsError, NotADirectoryError) as fault:
        _fail(f"{fault.filename}: {fault.strerror}. `parley doctor` says more.", as_json=as_json)
    except exc.OperationalError as fault:
        reason = str(fault.orig).strip().splitlines()[0]
        _fail(f"The database does not answer: {reason}. `parley doctor` says more.", as_json=as_json)


def _fail(message: str, *, as_json: bool, errors: list[dict[str, str]] | None = None, status: int = 1) -> None:
    if as_json:
        sys.stderr.write(msgspec.json.encode({"error": message, "errors": errors or []}).decode() + "\n")
    else:
        sys.stderr.write(message + "\n")
    raise SystemExit(status)
