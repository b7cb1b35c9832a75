"""The page on coming in says what the code does."""

from datetime import timedelta
from pathlib import Path

from parley.access import address_limit
from parley.access.hasher import LONGEST, MEMORY_KIB, ROUNDS
from parley.access.link import LIFETIME, Purpose
from parley.access.reset_password import MOST_MAILS, MOST_REQUESTS
from parley.access.strength import FEWEST_DIFFERENT, SHORTEST
from parley.access.throttle import email_limit
from parley.settings import Settings

PAGE = " ".join((Path(__file__).parents[2] / "docs" / "reference" / "access.md").read_text().split())


def test_the_page_says_how_long_a_password_is_and_how_it_is_kept() -> None:
    assert f"At least {SHORTEST} characters and at most {LONGEST}; at least {FEWEST_DIFFERENT} different ones" in PAGE
    assert (MEMORY_KIB, ROUNDS) == (19 * 1024, 2)
    assert "Argon2id (19 MiB, two rounds)" in PAGE


def test_the_page_says_how_often_one_may_guess() -> None:
    email, address = email_limit("ada@harbor.example"), address_limit("198.51.100.7")
    assert email.within == address.within == timedelta(minutes=15)
    for count in (
        f"whether or not somebody has it | {email.most} in 15 minutes",
        f"less those that were right | {address.most} in 15 minutes",
        f"links asked for | a network address | {MOST_REQUESTS} in 15 minutes",
        f"links mailed | a person | {MOST_MAILS} in an hour",
    ):
        assert count in PAGE


def test_the_page_says_how_long_links_and_browsers_last() -> None:
    assert LIFETIME[Purpose.SETUP] == timedelta(days=1)
    assert LIFETIME[Purpose.INVITATION] == timedelta(weeks=1)
    assert LIFETIME[Purpose.RESET] == timedelta(hours=1)
    settings = Settings()
    assert (settings.signin_idle, settings.signin_longest) == (timedelta(weeks=1), timedelta(days=30))
    assert "`PARLEY_SIGNIN_IDLE` (a week), or after `PARLEY_SIGNIN_LONGEST` (30 days)" in PAGE
