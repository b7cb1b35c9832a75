"""What people may write into a field."""

import pytest

from parley.ground.faults import FieldError
from parley.people import is_zone, one_line
from parley.people.fields import email_address, folded


@pytest.mark.parametrize(
    "address",
    ["ada@harbor.example", "a@localhost", "o'brien+list@sub.harbor.example", "jörg@bücher.example", f"{'x' * 64}@a.b"],
)
def test_addresses_that_mail_goes_to_are_taken(address: str) -> None:
    errors: list[FieldError] = []
    assert email_address(f" {address} ", field="email", errors=errors) == address
    assert not errors


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "@harbor.example",
        "ada@",
        "ada@harbor..example",
        "ada@-harbor.example",
        "a b@harbor.example",
        "ada@harbor.example\nBcc: eve@lighthouse.example",
        "Ada <ada@harbor.example>",
        "ada@harbor.example,eve@lighthouse.example",
        "ada\x00@harbor.example",
        "ada\u200b@harbor.example",
        f"{'x' * 65}@harbor.example",
        f"ada@{'x' * 260}.example",
        "x" * 10_000_000,
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    errors: list[FieldError] = []
    email_address(address, field="email", errors=errors)
    assert [error.field for error in errors] == ["email"]


@pytest.mark.parametrize("name", ["Ada", " Ada  Lovelace ", "🧑‍🚀 Bob", "李雷", "x" * 200])
def test_names_of_people_are_taken(name: str) -> None:
    errors: list[FieldError] = []
    assert one_line(name, field="name", errors=errors) == name.strip()
    assert not errors


@pytest.mark.parametrize(
    "name",
    [
        *("", "  ", "a\x00b", "a\nb", "a\u2028b", "a\u202eb", "\ud800", "x" * 201, "x" * 10_000_000),
        *("\u200b", "\ufeff", "\u00ad", "\u3164", "\u2800", "\u0301", "\u200d \ufe0f", "\U000e0041"),
    ],
)
def test_names_that_are_empty_long_or_hide_something_are_refused(name: str) -> None:
    errors: list[FieldError] = []
    one_line(name, field="name", errors=errors)
    assert [error.field for error in errors] == ["name"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"])
def test_zones_of_the_iana_database_are_taken(zone: str) -> None:
    assert is_zone(zone)


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "Europe",
        "Europe/Atlantis",
        "../../etc/passwd",
        "/etc/localtime",
        "localtime",
        "posixrules",
        "right/UTC",
        "a\x00b",
        "Europe/Berlin\n",
        "x" * 9999,
    ],
)
def test_what_is_no_zone_is_refused(zone: str) -> None:
    assert not is_zone(zone)


def test_words_are_compared_without_case_width_and_composition() -> None:
    assert folded("STRASSE") == folded("straße")
    assert folded("e\u0301") == folded("É")
    assert folded("\uff21") == folded("a")
