"""Rules in words, in four languages."""

from datetime import datetime

import pytest

from parley.calendar import parsed, rule_words

MONDAY = datetime(2026, 3, 2, 14, 0)  # noqa: DTZ001 (the clock on the wall)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY", "every Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218", "every Monday and Wednesday until 18 December 2026"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday, Monday to Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=10", "every 2 weeks on Monday, 10 times in all"),
        ("FREQ=MONTHLY", "every month on day 2"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "every 3 months on the last Friday"),
        ("FREQ=YEARLY", "every year on 2 March"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=-1SU", "every year on the last Sunday of November"),
        ("FREQ=YEARLY;INTERVAL=4", "every 4 years on 2 March"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "by the rule FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"),
        ("FREQ=MONTHLY;BYDAY=-2MO", "by the rule FREQ=MONTHLY;BYDAY=-2MO"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "by the rule FREQ=MONTHLY;BYMONTHDAY=-2"),
        ("FREQ=YEARLY;BYMONTH=3,4", "by the rule FREQ=YEARLY;BYMONTH=3,4"),
        ("FREQ=DAILY;BYMONTH=3", "by the rule FREQ=DAILY;BYMONTH=3"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    assert rule_words(parsed(rule), first=MONDAY, language="en") == words


@pytest.mark.parametrize(
    ("language", "weekly", "monthly", "yearly"),
    [
        ("de", "jeden Montag und Mittwoch bis 18. Dezember 2026", "jeden Monat am letzten Sonntag", "2. März"),
        (
            "fr",
            "chaque lundi et mercredi jusqu\N{RIGHT SINGLE QUOTATION MARK}au 18 décembre 2026",
            "chaque mois le dernier dimanche",
            "2 mars",
        ),
        (
            "it",
            "ogni lunedì e mercoledì fino al 18 dicembre 2026",
            "ogni mese l\N{RIGHT SINGLE QUOTATION MARK}ultima domenica",
            "2 marzo",
        ),
    ],
)
def test_every_language_says_it_its_own_way(language: str, weekly: str, monthly: str, yearly: str) -> None:
    def words(rule: str) -> str:
        return rule_words(parsed(rule), first=MONDAY, language=language)

    assert words("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218") == weekly
    assert words("FREQ=MONTHLY;BYDAY=-1SU") == monthly
    assert yearly in words("FREQ=YEARLY")


def test_a_leap_day_has_words() -> None:
    assert rule_words(parsed("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), first=MONDAY, language="en") == (
        "every year on 29 February"
    )
