"""What is planned in the demonstration: meetings that repeat, and kinds of single ones."""

from datetime import time

import msgspec


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that repeats, through the whole year and on."""

    title: str
    organizer: str
    co_organizers: tuple[str, ...] = ()
    group: str | None = None
    """Whose members are invited, with those of the groups in it."""

    people: tuple[str, ...] = ()
    """Who is invited besides."""

    required: tuple[str, ...] = ()
    rule: str
    at: time
    minutes: int
    topics: tuple[str, ...] = ()
    """What is written in its chat, now and then."""


class Calls(msgspec.Struct, frozen=True, kw_only=True):
    """Single meetings of a kind, some in every month, with guests from outside."""

    titles: tuple[str, ...]
    organizer: str
    people: tuple[str, ...]
    each_month: int
    guests: int
    minutes: int
    topics: tuple[str, ...] = ()


TOUR = "A first look at Parley"
"""The title of a meeting that begins in a moment."""

SERIES = (
    Series(
        title="Support hand-over",
        organizer="Callum Reyes",
        group="Support",
        required=("Selin Aydin",),
        rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        at=time(8, 45),
        minutes=15,
        topics=("Two open from the night shift, both with photos.", "The Lyon spectrometer is back on line.", "👍"),
    ),
    Series(
        title="Firmware stand-up",
        organizer="Tomás Aguiar",
        co_organizers=("Lena Steiner",),
        group="Firmware",
        rule="FREQ=WEEKLY;BYDAY=MO,WE,FR",
        at=time(9, 30),
        minutes=15,
        topics=("Bootloader is through review.", "I am blocked by the test bench until noon.", "Pairing after this?"),
    ),
    Series(
        title="Optics review",
        organizer="Noor El Amrani",
        co_organizers=("Hanna Brandl",),
        group="Optics",
        people=("Hanna Brandl", "Yuki Tanabe"),
        required=("Ravi Menon", "Hanna Brandl"),
        rule="FREQ=WEEKLY;BYDAY=WE",
        at=time(14, 0),
        minutes=60,
        topics=("Slide 7 has the new coating.", "Can we see the MTF curve again?", "Measured: 0.4 nm at 20 °C."),
    ),
    Series(
        title="Sales pipeline",
        organizer="Greta Vollmer",
        group="Sales",
        people=("Matteo Ferrante",),
        required=("Matteo Ferrante",),
        rule="FREQ=WEEKLY;BYDAY=TU",
        at=time(10, 0),
        minutes=45,
        topics=(
            "Harbour Labs wants the offer by Friday.",
            "I am on a train, sorry for the gaps.",
            "Moved to next quarter.",
        ),
    ),
    Series(
        title="Sprint planning",
        organizer="Tomás Aguiar",
        group="Engineering",
        required=("Tomás Aguiar", "Noor El Amrani", "Hanna Brandl"),
        rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        at=time(13, 0),
        minutes=90,
        topics=("Estimates are in the sheet.", "Three points, not five.", "Who takes the calibration ticket?"),
    ),
    Series(
        title="All hands",
        organizer="Iris Lindqvist",
        co_organizers=("Matteo Ferrante", "Hanna Brandl"),
        group="Larkspur",
        rule="FREQ=MONTHLY;BYDAY=1TH",
        at=time(16, 0),
        minutes=60,
        topics=("Welcome, Odile!", "Great quarter, everybody.", "When does the new canteen open?", "Thank you all."),
    ),
    Series(
        title="Hanna and Tomás",
        organizer="Hanna Brandl",
        people=("Tomás Aguiar",),
        required=("Tomás Aguiar",),
        rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
        at=time(11, 0),
        minutes=30,
    ),
    Series(
        title="Budget check",
        organizer="Iris Lindqvist",
        group="House",
        people=("Hanna Brandl", "Matteo Ferrante"),
        required=("Viktor Nyman",),
        rule="FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU",
        at=time(10, 15),
        minutes=60,
        topics=("Numbers on page 4.", "Travel is under plan."),
    ),
)

CALLS = (
    Calls(
        titles=("Demo for Harbour Labs", "Observatory North: questions", "Offer for Optika Brno", "First call"),
        organizer="Greta Vollmer",
        people=("Freja Dahl", "Luca Moretti"),
        each_month=4,
        guests=2,
        minutes=45,
        topics=("Here is the data sheet.", "What is the delivery time?", "Thank you, very clear."),
    ),
    Calls(
        titles=("Spectrometer does not start", "Calibration, step by step", "Remote look at the LX-2"),
        organizer="Callum Reyes",
        people=("Ben Whitlock", "Chiara Bassi"),
        each_month=5,
        guests=1,
        minutes=30,
        topics=("Please press reset for five seconds.", "The light is green now.", "Firmware 4.2, I think."),
    ),
    Calls(
        titles=("Interview: optical engineer", "Interview: support agent"),
        organizer="Iris Lindqvist",
        people=("Hanna Brandl", "Maud Delacroix"),
        each_month=1,
        guests=1,
        minutes=60,
    ),
)

TEMPLATES = ("Optics review", "Budget check")
"""Series that are kept as templates, shared with everybody who plans meetings."""
