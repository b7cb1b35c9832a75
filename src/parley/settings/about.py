"""What is known about a setting besides its value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class About:
    """What a setting is called, what it does, how it is read, and how its default is described."""

    variable: str
    does: str
    read: Callable[[str], Any]
    default: str
    secret: bool = False
