"""Reading mail that comes in: an answer that a calendar sent, or a letter that could not be delivered.

What comes in was written by strangers: what is large is left alone, and what is wrong in any way says
nothing here.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr
from itertools import islice
from typing import Any

import msgspec

from parley.meetings import Reply

LARGEST = 1024 * 1024
"""Bytes that a message may have; a letter that comes back may bring ours along, and that is far smaller."""

_LARGEST_CALENDAR = 100_000
_MOST_PARTS = 30
_LONGEST = 500
_PARTSTATS = {
    "ACCEPTED": Reply.ACCEPTED,
    "DECLINED": Reply.DECLINED,
    "TENTATIVE": Reply.TENTATIVE,
}
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_NUMBER = re.compile(r"<?([0-9a-f]{32})@[^>\s]+>?")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a calendar answers in somebody's name (METHOD:REPLY of RFC 5546)."""

    uid: str
    attendee: str
    sender: str
    """The address that the message says it is from: anybody can write there what they want."""

    reply: Reply
    stamp: datetime
    sequence: int | None
    comment: str


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that came back for good (RFC 3464): its Message-ID without the domain, from where, and why."""

    message: str
    email: str
    says: str


def read_message(raw: bytes) -> Answer | Returned | None:
    """Return what a message says that counts here; None for all others, and for what cannot be read."""
    if len(raw) > LARGEST:
        return None
    try:
        message = message_from_bytes(raw, policy=compat32)
        if message.get_content_type() == "multipart/report":
            return _returned(message)
        return _answer(message)
    except Exception:  # noqa: BLE001 (strangers write this: libraries stumble in ways that nobody foresees)
        return None


def _parts(message: "Message[Any, Any]") -> "Iterator[Message[Any, Any]]":
    return islice(message.walk(), _MOST_PARTS)


def _returned(message: "Message[Any, Any]") -> Returned | None:
    """Return the first recipient that a report says a letter of ours failed for."""
    number, failed = None, None
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            failed = failed or next(_failed(part), None)
        elif kind == "text/rfc822-headers":
            written = part.get_payload(decode=True)
            headers = message_from_bytes(written if isinstance(written, bytes) else b"", policy=compat32)
            number = number or _number_of(headers)
        elif kind == "message/rfc822":
            inner: Any = part.get_payload()
            number = number or (_number_of(inner[0]) if isinstance(inner, list) and inner else None)
    return None if number is None or failed is None else Returned(message=number, email=failed[0], says=failed[1])


def _failed(report: "Message[Any, Any]") -> Iterator[tuple[str, str]]:
    """Yield each address for which delivery failed for good, and what the other server said."""
    blocks = report.get_payload()
    for block in islice(blocks if isinstance(blocks, list) else [], _MOST_PARTS):
        if str(block.get("Action", "")).strip().casefold() != "failed":
            continue
        address = str(block.get("Final-Recipient") or block.get("Original-Recipient") or "").rpartition(";")[2]
        said = str(block.get("Diagnostic-Code") or block.get("Status") or "").rpartition(";")[2]
        yield address.strip(), _line(said)


def _number_of(headers: "Message[Any, Any]") -> str | None:
    found = _NUMBER.fullmatch(str(headers.get("Message-ID", "")).strip())
    return None if found is None else found[1]


def _answer(message: "Message[Any, Any]") -> Answer | None:
    for part in _parts(message):
        if part.get_content_type() in {"text/calendar", "application/ics"}:
            written = part.get_payload(decode=True)
            if isinstance(written, bytes) and len(written) <= _LARGEST_CALENDAR:
                return _read_calendar(written, sender=parseaddr(str(message.get("From", "")))[1])
    return None


def _read_calendar(written: bytes, *, sender: str) -> Answer | None:
    from icalendar import Calendar  # noqa: PLC0415 (a tenth of a second that nobody else need pay)

    calendar = Calendar.from_ical(written)
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        return None
    events = calendar.walk("VEVENT")
    if len(events) != 1 or "RECURRENCE-ID" in events[0]:  # an answer to one occurrence is not one to the meeting
        return None
    event: Any = events[0]
    attendee = event["ATTENDEE"]
    if isinstance(attendee, list):
        return None
    reply = _PARTSTATS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    stamp = event.decoded("dtstamp")
    if reply is None or not isinstance(stamp, datetime):
        return None
    return Answer(
        uid=str(event["UID"]),
        attendee=_MAILTO.sub("", str(attendee).strip()),
        sender=sender,
        reply=reply,
        stamp=stamp.astimezone(UTC) if stamp.tzinfo is not None else stamp.replace(tzinfo=UTC),
        sequence=int(event["SEQUENCE"]) if "SEQUENCE" in event else None,
        comment=_comment(event),
    )


def _comment(event: Any) -> str:  # noqa: ANN401 (of a library whose types say too much)
    written = event.get("COMMENT", "")
    first = written[0] if isinstance(written, list) else written
    return _line(str(first))


def _line(written: str) -> str:
    """Return what strangers wrote as one line that can be stored and shown."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in written).split())[:_LONGEST]
