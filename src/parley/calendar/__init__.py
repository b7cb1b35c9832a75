"""The calendar: rules by which something repeats, when it takes place by them, and how that is said."""

from parley.calendar.expand import last_slot, on_or_after, slots
from parley.calendar.ical import Attendee, Correspondent, Entry, as_ical, cancellation, part_uid, parts_of, request
from parley.calendar.read_rule import MOST_COUNT, read_rule
from parley.calendar.rule import Frequency, Rule, Weekday, parsed
from parley.calendar.stretch import ENDLESS, Slot, Stretch, instant
from parley.calendar.words import rule_words

__all__ = [
    "ENDLESS",
    "MOST_COUNT",
    "Attendee",
    "Correspondent",
    "Entry",
    "Frequency",
    "Rule",
    "Slot",
    "Stretch",
    "Weekday",
    "as_ical",
    "cancellation",
    "instant",
    "last_slot",
    "on_or_after",
    "parsed",
    "part_uid",
    "parts_of",
    "read_rule",
    "request",
    "rule_words",
    "slots",
]
