"""What a password must be."""

import pytest

from parley.access import password_errors
from parley.access.strength import _common_passwords

ABOUT = ("ada.lovelace@harbor.example", "Ada Lovelace", "Harbor Pilots")


@pytest.mark.parametrize(
    "password",
    [
        "seven gulls above",
        "correct horse battery staple",
        "zu viele Köche am Hafen",
        "lovelace sails at dawn",
        "李雷和韩梅梅在海边散步吧",
        "xK4$nv0q!z",
        "        ! ~       a",
    ],
)
def test_long_passwords_are_taken_whatever_they_are_made_of(password: str) -> None:
    assert password_errors(password, about=ABOUT) == []


@pytest.mark.parametrize(
    "password",
    [
        "",
        "x" * 257,
        "short one",
        "aaaaaaaaaaaa",
        "abababababab",
        "1234567890",
        "Password123!",
        "passwordpassword",
        "hellohello!!",
        "password2026!!",
        "!!!Welcome2026",
        "qwertyuiop",
        "QWERTYUIOP",
        "ada.lovelace@harbor.example",
        "AdaLovelace1",
        "lovelace2026",
        "harbor-pilots-1",
        "parleyparley",
    ],
)
def test_short_common_and_personal_passwords_are_refused(password: str) -> None:
    assert [wrong.field for wrong in password_errors(password, about=ABOUT, field="new")] == ["new"]


def test_the_list_is_sorted_lower_case_and_without_its_notice() -> None:
    found = _common_passwords()
    assert len(found) > 5_000
    assert all(entry == entry.casefold() for entry in found)
    assert not any(entry.startswith("# ") for entry in found)


def test_a_long_name_takes_no_longer_than_a_short_one() -> None:
    marks = "a" + "\u0315\u0300" * 200_000
    assert password_errors("seven gulls above", about=[marks]) == []
