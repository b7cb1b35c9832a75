"""Times and zones as people read and write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from parley.ground.faults import FieldError, Invalid
from parley.web.me.browser_name import browser_name
from parley.web.meetings.plan_form import likely_end
from parley.web.shell.forms import Form
from parley.web.shell.times import clock, day, day_ahead, day_of, lasting, zone_words
from parley.web.shell.zones import choices, city, zone_meant

TODAY = date(2026, 11, 21)
MOMENT = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Saturday, 21 November"),
        ("de", "Samstag, 21. November"),
        ("fr", "samedi 21 novembre"),
        ("it", "sabato 21 novembre"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    assert day(TODAY, today=TODAY, language=language) == written
    assert day(TODAY, today=date(2024, 1, 1), language=language) == f"{written} 2026"


def test_near_days_have_names() -> None:
    names = [day_ahead(TODAY + timedelta(days=ahead), today=TODAY, language="en") for ahead in (-1, 0, 1, 2)]
    assert names == ["Yesterday", "Today", "Tomorrow", "Monday, 23 November"]


def test_a_moment_lies_on_the_day_of_the_zone() -> None:
    assert day_of(MOMENT, "Europe/Berlin") == TODAY
    assert day_of(MOMENT, "Asia/Tokyo") == date(2026, 11, 22)
    assert clock(MOMENT, zone_name="Asia/Tokyo", language="en") == "07:30"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0.2, "< 1 min"), (1, "1 min"), (60, "1 h"), (75, "1 h 15 min"), (1440, "24 h")]
)
def test_lengths_are_said_in_hours_and_minutes(minutes: float, words: str) -> None:
    assert lasting(timedelta(minutes=minutes), language="en").replace("\N{NO-BREAK SPACE}", " ") == words


def test_zones_are_called_by_their_city() -> None:
    assert zone_words("America/New_York", language="en") == "New York time"
    assert zone_words("UTC", language="en") == "UTC"
    french = [zone_words(zone, language="fr") for zone in ("Europe/Paris", "Europe/Oslo", "Africa/Cairo")]
    assert [words.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for words in french] == [
        "heure de Paris",
        "heure d'Oslo",
        "heure du Caire",
    ]
    assert city("Europe/Rome", language="de") == "Rom"
    assert city("America/Argentina/Buenos_Aires", language="en") == "Buenos Aires"


@pytest.mark.parametrize(
    ("written", "language", "meant"),
    [
        ("Europe/Berlin", "en", "Europe/Berlin"),
        ("  new   york ", "en", "America/New_York"),
        ("new_york", "en", "America/New_York"),
        ("Mailand", "de", "Mailand"),
        ("Rom", "de", "Europe/Rome"),
        ("Rome", "de", "Europe/Rome"),
        ("Berlin, Deutschland", "de", "Europe/Berlin"),
        ("utc", "en", "UTC"),
        ("Atlantis", "en", "Atlantis"),
    ],
)
def test_a_zone_is_found_by_name_or_city(written: str, language: str, meant: str) -> None:
    assert zone_meant(written, language=language) == meant


def test_every_place_can_be_chosen_by_its_city() -> None:
    offered = dict(choices("fr"))
    assert len(offered) > 400
    assert offered["Europe/Zurich"] == "Zurich, Suisse"


@pytest.mark.parametrize(
    ("start", "end", "meant"),
    [
        ("10:00", "09:30", "10:30"),
        ("10:00", "01:30", "13:30"),
        ("10:15", "10:15", "11:15"),
        ("10:15", "10:00", "11:00"),
        ("23:30", "00:15", "00:15"),
    ],
)
def test_the_end_that_was_meant_is_guessed(start: str, end: str, meant: str) -> None:
    assert likely_end(start, end) == meant


def test_a_form_keeps_what_was_typed_and_finds_wrongs_under_their_field() -> None:
    form = Form.of(title="", end="9:00", co_organizers=[1, 2], note=None).refused(
        Invalid(
            FieldError("title", "Missing."), FieldError("ends_at", "Early."), FieldError("co_organizers.0", "Nobody.")
        ),
        fields={"ends_at": "end"},
    )
    assert form.every("co_organizers") == ("1", "2")
    assert "note" not in form.values
    assert [error.field for error in form.errors] == ["title", "end", "co_organizers.0"]
    assert [error.message for error in form.errors_at("co_organizers")] == ["Nobody."]


@pytest.mark.parametrize("written", ["", "x", "-1", "99999999999999999999", "٣"])
def test_a_number_that_was_meddled_with_is_none(written: str) -> None:
    assert Form.of(version=written).number("version") == 0


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/19 Safari/605", "Safari, macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Version/19.1 Mobile Safari/604", "Safari, iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "?"),
    ],
)
def test_browsers_are_called_as_people_call_them(agent: str, name: str) -> None:
    assert browser_name(agent) == name
