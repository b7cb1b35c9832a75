"""What people may write into a field. Each check collects what is wrong, so that all of it is said in one go."""

import re
import unicodedata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from parley.ground.faults import FieldError, Invalid
from parley.ground.words import LANGUAGES, N_

LONGEST_NAME = 200
LONGEST_EMAIL = 254

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(rf"[^\s@\"(),:;<>\[\]\\]{{1,64}}@{_LABEL}(?:\.{_LABEL})*")
_ZONE = re.compile(r"(?!posix|right/|local)[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")
_BLANK = N_("Please fill this in.")
_BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def refuse(errors: list[FieldError]) -> None:
    """Raise Invalid with everything that was found wrong, if anything was."""
    if errors:
        raise Invalid(*errors)


def blank_errors(**typed: str) -> list[FieldError]:
    """Return which of these fields nothing was typed into."""
    return [FieldError(field, _BLANK) for field, written in typed.items() if not written]


def folded(written: str) -> str:
    """Return the text as it is compared: without differences of case, width and composition."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", written).casefold())


def pattern_of(query: str | None, *, most: int) -> str | None:
    """Return what a folded text that contains the query is LIKE, with a backslash before what is special there.

    None where nothing is looked for; raises Invalid for a query that is longer than `most` or hides something.
    """
    if not query or not query.strip():
        return None
    errors: list[FieldError] = []
    part = folded(one_line(query, field="query", most=most, errors=errors))
    refuse(errors)
    for special in "\\%_":
        part = part.replace(special, "\\" + special)
    return f"%{part}%"


def one_line(written: str, *, field: str, errors: list[FieldError], most: int = LONGEST_NAME) -> str:
    """Return the line without spaces around it; wrong when it shows nothing, is too long or hides something."""
    line = unicodedata.normalize("NFC", written.strip()) if len(written) <= 4 * most else written
    if any(unicodedata.category(character) in _UNSHOWN or character in _BIDIRECTIONAL for character in line[:most]):
        errors.append(FieldError(field, N_("This has characters in it that cannot be shown.")))
    elif not any(map(_is_seen, line[:most])):
        errors.append(FieldError(field, _BLANK))
    elif len(line) > most:
        errors.append(FieldError(field, N_("This is too long: at most %(most)s characters."), most=most))
    return line


def _is_seen(character: str) -> bool:
    """Tell whether a character leaves something to be seen where it stands alone."""
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK_LETTERS


def email_address(written: str, *, field: str, errors: list[FieldError]) -> str:
    """Return the address as it was written; wrong when mail cannot be sent there."""
    address = unicodedata.normalize("NFC", written.strip()) if len(written) <= 4 * LONGEST_EMAIL else written
    if not address:
        errors.append(FieldError(field, _BLANK))
    elif len(address) > LONGEST_EMAIL or not _EMAIL.fullmatch(address) or not address.isprintable():
        errors.append(FieldError(field, N_("This is not an e-mail address.")))
    return address


def language(written: str, *, field: str, errors: list[FieldError]) -> str:
    """Return the language; wrong when Parley does not speak it."""
    if written not in LANGUAGES:
        spoken = ", ".join(LANGUAGES)
        errors.append(
            FieldError(field, N_("Parley does not speak this language; it speaks %(spoken)s."), spoken=spoken)
        )
    return written


def zone(written: str, *, field: str, errors: list[FieldError]) -> str:
    """Return the time zone; wrong when it is not one of the IANA database."""
    if not is_zone(written):
        errors.append(FieldError(field, N_("This is not a time zone; write one like Europe/Berlin.")))
    return written


def is_zone(written: str) -> bool:
    """Tell whether this names a time zone of the IANA database."""
    if not _ZONE.fullmatch(written):
        return False
    try:
        ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
