"""Sizes of files and places in recordings, as people read them."""

from datetime import timedelta

from babel.numbers import format_decimal

from parley.web.shell.times import babel

_UNITS = ("kB", "MB", "GB", "TB")
_STEP = 1000


def size_words(size: int, *, language: str) -> str:
    """Return `1.2 MB`, in the reader's way to write numbers."""
    if size < _STEP:
        return f"{size} B"
    amount, unit = float(size), "B"
    for unit in _UNITS:  # noqa: B007 (the last one that was needed)
        amount /= _STEP
        if amount < _STEP:
            break
    digits = "#,##0.0" if amount < 10 else "#,##0"  # noqa: PLR2004 (one digit before the point)
    return f"{format_decimal(amount, format=digits, locale=babel(language))}\N{NO-BREAK SPACE}{unit}"


def running(length: timedelta) -> str:
    """Return `1:05` or `1:02:03`."""
    minutes, seconds = divmod(max(0, int(length.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
