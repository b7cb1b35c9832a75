"""What a password must be: long, not a common one, not made of who you are. No rules about kinds of characters."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from parley.access.hasher import LONGEST
from parley.ground.faults import FieldError
from parley.ground.words import N_
from parley.people import blank_errors, folded

SHORTEST = 10
"""Characters of the shortest password."""

FEWEST_DIFFERENT = 4
"""How many different characters it has at least."""

_SHORTEST_WORD = 4
_LIST = Path(__file__).parent / "common_passwords.txt"
_WORD = re.compile(r"[^\W\d_]+")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def password_errors(password: str, *, about: Iterable[str] = (), field: str = "password") -> list[FieldError]:
    """Return what is wrong with a password; `about` are the names and addresses of whom it is for."""
    if not password:
        return blank_errors(**{field: password})
    if len(password) > LONGEST:
        return [FieldError(field, N_("This is too long: at most %(most)s characters."), most=LONGEST)]
    if len(password) < SHORTEST:
        return [FieldError(field, N_("This is too short: at least %(least)s characters."), least=SHORTEST)]
    plain = folded(password)
    if len(set(plain)) < FEWEST_DIFFERENT or _is_common(plain):
        return [FieldError(field, N_("Too many people have this password. Several words in a row are a good one."))]
    if _says_who(plain, about):
        return [FieldError(field, N_("This is too close to your name or your e-mail address."))]
    return []


def _is_common(plain: str) -> bool:
    """Common ones stay common with digits and signs around them, and written twice or more."""
    bare = _EDGES.sub("", plain)
    return bool({plain, bare, _repeated(plain), _repeated(bare)} & _common_passwords())


def _repeated(plain: str) -> str:
    """Return what the text is made of by writing it again and again; itself where it is not."""
    return plain[: (plain + plain).find(plain, 1)]


def _says_who(plain: str, about: Iterable[str]) -> bool:
    """Tell whether hardly anything is left of the password without the words of who somebody is."""
    told = [folded(text[:LONGEST]) for text in (*about, "parley")]
    words = {word for text in told for word in _WORD.findall(text) if len(word) >= _SHORTEST_WORD}
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != plain and len(_EDGES.sub("", rest)) < _SHORTEST_WORD


@cache
def _common_passwords() -> frozenset[str]:
    lines = _LIST.read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("# "))
