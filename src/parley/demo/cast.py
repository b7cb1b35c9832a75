"""The people of the demonstration, made up, and how they come to meetings."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from parley.people import Role

ACCOUNT = "Larkspur Instruments"
"""What the account of the demonstration is called."""

HOST = "example.com"


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody comes to meetings. Shares are of all meetings that they are expected at."""

    late: float = 0.15
    """Share at which they come some minutes after the beginning."""

    absent: float = 0.08
    """Share at which they do not come."""

    leaves_early: float = 0.08
    drops_out: float = 0.05
    """Share at which their connection is lost in between."""

    talks: float = 0.3
    """Share at which they write in the chat."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the demonstration."""

    name: str
    group: str
    role: Role = Role.MEMBER
    locale: str = "en"
    time_zone: str = "Europe/Berlin"
    habits: Habits = Habits()

    @property
    def email(self) -> str:
        """Their address: first and last name, in plain letters."""
        return f"{_plain(self.name)}@{HOST}"


GROUPS: Mapping[str, tuple[str | None, str]] = MappingProxyType(
    {
        "Larkspur": (None, "Everybody"),
        "Engineering": ("Larkspur", "Those who build the instruments"),
        "Firmware": ("Engineering", "What runs in them"),
        "Optics": ("Engineering", "What light goes through"),
        "Customers": ("Larkspur", "Sales, trainings and support"),
        "Sales": ("Customers", "Before somebody buys"),
        "Support": ("Customers", "And after"),
        "House": ("Larkspur", "Finance, people, facilities"),
    }
)
"""Each group with the one that it is a part of, and what it is for."""

_PUNCTUAL = Habits(late=0.03, absent=0.03, leaves_early=0.02)
_BUSY = Habits(late=0.45, absent=0.2, leaves_early=0.25, talks=0.15)
_ON_THE_ROAD = Habits(late=0.25, absent=0.12, drops_out=0.35)
_QUIET = Habits(talks=0.05)
_CHATTY = Habits(talks=0.8)

MEMBERS = (
    Member(name="Iris Lindqvist", group="House", role=Role.ADMINISTRATOR, habits=_PUNCTUAL),
    Member(name="Matteo Ferrante", group="Customers", role=Role.MANAGER, locale="it", time_zone="Europe/Rome"),
    Member(name="Hanna Brandl", group="Engineering", role=Role.MANAGER, locale="de", habits=_BUSY),
    Member(name="Tomás Aguiar", group="Firmware", role=Role.ORGANIZER, time_zone="Europe/Lisbon", habits=_CHATTY),
    Member(name="Noor El Amrani", group="Optics", role=Role.ORGANIZER, locale="fr", time_zone="Europe/Paris"),
    Member(name="Greta Vollmer", group="Sales", role=Role.ORGANIZER, locale="de", habits=_ON_THE_ROAD),
    Member(name="Callum Reyes", group="Support", role=Role.AGENT, time_zone="Europe/London", habits=_CHATTY),
    Member(name="Yuki Tanabe", group="Firmware", time_zone="Asia/Tokyo", habits=_PUNCTUAL),
    Member(name="Pavel Horák", group="Firmware", time_zone="Europe/Prague", habits=_QUIET),
    Member(name="Amara Okoye", group="Firmware", time_zone="Europe/London"),
    Member(
        name="Lena Steiner",
        group="Firmware",
        role=Role.ORGANIZER,
        locale="de",
        time_zone="Europe/Zurich",
        habits=_CHATTY,
    ),
    Member(name="Jules Marchand", group="Optics", locale="fr", time_zone="Europe/Paris", habits=_BUSY),
    Member(name="Ines Caldeira", group="Optics", time_zone="Europe/Lisbon"),
    Member(name="Ravi Menon", group="Optics", time_zone="Asia/Kolkata", habits=_PUNCTUAL),
    Member(name="Freja Dahl", group="Sales", time_zone="Europe/Copenhagen", habits=_ON_THE_ROAD),
    Member(name="Luca Moretti", group="Sales", locale="it", time_zone="Europe/Rome", habits=_BUSY),
    Member(name="Odile Garnier", group="Sales", locale="fr", time_zone="Europe/Paris"),
    Member(name="Ben Whitlock", group="Support", role=Role.AGENT, time_zone="Europe/London", habits=_QUIET),
    Member(name="Selin Aydin", group="Support", role=Role.AGENT, locale="de", habits=_PUNCTUAL),
    Member(name="Chiara Bassi", group="Support", role=Role.AGENT, locale="it", time_zone="Europe/Rome"),
    Member(name="Viktor Nyman", group="House", time_zone="Europe/Stockholm", habits=_QUIET),
    Member(name="Maud Delacroix", group="House", locale="fr", time_zone="Europe/Paris"),
)

MANAGED: Mapping[str, str] = MappingProxyType({"Customers": "Matteo Ferrante", "Engineering": "Hanna Brandl"})
"""Who manages a group."""

SHOWN_AS = ("Iris Lindqvist", "Hanna Brandl", "Tomás Aguiar", "Yuki Tanabe")
"""Whom a newcomer may sign in as: an administrator, a manager, an organizer and a member."""

GUESTS = (
    "Dr. Kern, Observatory North",
    "Paula (Harbour Labs)",
    "S. Whitaker",
    "Marek, Optika Brno",
    "Giulia Sala",
    "J. Fontaine, Lycée Descartes",
    "Bo",
    "Reception, Hotel Alpenblick",
)
"""People without an account, as they call themselves."""


def _plain(name: str) -> str:
    letters = str.maketrans("áàäéèíóöúüç", "aaaeeioouuc")
    first, *rest = name.lower().translate(letters).split()
    return f"{first}.{''.join(rest)}"
