"""Whether a link that is passed on leads anybody here."""

import ipaddress
from urllib.parse import urlsplit

from parley.people import Caller, Role


def only_here(link: str, caller: Caller | None) -> bool:
    """Tell whether a link works on the server's own computer only, for those who can have that mended."""
    return caller is not None and caller.role is Role.ADMINISTRATOR and _is_this_machine(urlsplit(link).hostname or "")


def _is_this_machine(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
