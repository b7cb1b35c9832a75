"""Time zones by the city that people look for."""

from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import get_timezone_location


@cache
def places() -> dict[str, str]:
    """Return every zone of the IANA database that stands for a place, with the country it is in."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text().splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in rows} | {"UTC": ""}


@cache
def city(zone: str, *, language: str) -> str:
    """Return the city that names the zone, as the language writes it."""
    try:
        known = get_timezone_location(zone, return_city=True, locale=language)
    except LookupError:
        known = zone.replace("_", " ")
    return known.rpartition("/")[2]


@cache
def choices(language: str) -> tuple[tuple[str, str], ...]:
    """Return (zone, `city, country`) for every place, sorted by city."""
    countries = Locale.parse(language).territories
    named = (
        (zone, ", ".join(part for part in (city(zone, language=language), countries.get(country, "")) if part))
        for zone, country in places().items()
    )
    return tuple(sorted(named, key=lambda choice: choice[1].casefold()))


def zone_meant(written: str, *, language: str) -> str:
    """Return the zone that somebody meant who typed its name, its city, or its city and country.

    What matches nothing, or more than one place, is returned as it was typed, for the verb to refuse.
    """
    wanted = " ".join(written.split()).casefold()
    meant = {
        zone
        for zone, label in choices(language)
        if wanted in {zone.casefold(), label.casefold(), label.partition(",")[0].casefold()}
        or wanted.replace(" ", "_") == zone.rpartition("/")[2].casefold()
    }
    return meant.pop() if len(meant) == 1 else written.strip()
