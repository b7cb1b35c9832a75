"""Letters: mail that is sent for certain or shown to have failed; written with what it tells of, sent when it can."""

from parley.letters.delivery import Delivery
from parley.letters.facts import LetterFailed
from parley.letters.letter import Content, Kind, Letter, NewLetter, State
from parley.letters.rows import (
    failed_letters,
    forget_letters_to,
    letter_states,
    undelivered,
    why_waiting,
    withhold_threads,
    written,
)
from parley.letters.settle import error_of, return_letter
from parley.letters.withhold import withhold_reminders
from parley.letters.write import enveloped, write_letters

__all__ = [
    "Content",
    "Delivery",
    "Kind",
    "Letter",
    "LetterFailed",
    "NewLetter",
    "State",
    "enveloped",
    "error_of",
    "failed_letters",
    "forget_letters_to",
    "letter_states",
    "return_letter",
    "undelivered",
    "why_waiting",
    "withhold_reminders",
    "withhold_threads",
    "write_letters",
    "written",
]
