"""From where a request comes: the peer of the connection, or whom a trusted proxy names."""

import ipaddress
from collections.abc import Sequence

from litestar.types import Scope

from parley.access.browser_session import LONGEST_AGENT, ClientInfo
from parley.settings import Settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_UNKNOWN = "unknown"


def client_info(scope: Scope, settings: Settings) -> ClientInfo:
    """Return from where a request comes and what its browser calls itself."""
    agent = _header(scope, b"user-agent")[:LONGEST_AGENT]
    printable = "".join(character for character in agent if character.isprintable())
    return ClientInfo(address=client_address(scope, settings.trusted_proxies), agent=printable)


def client_address(scope: Scope, trusted: Sequence[Network]) -> str:
    """Return the nearest address that is not a trusted proxy's.

    X-Forwarded-For is read from its end, where our own proxy wrote: what stands before the first stranger is the
    stranger's word. Where nothing believable stands, it is the peer of the connection.
    """
    peer = scope.get("client")
    nearest = _parsed(peer[0]) if peer else None
    if nearest is None:
        return str(peer[0]) if peer else _UNKNOWN
    if not _is_trusted(nearest, trusted):
        return str(nearest)
    for written in reversed(_header(scope, b"x-forwarded-for").split(",")):
        hop = _parsed(written.strip())
        if hop is None:
            break
        nearest = hop
        if not _is_trusted(hop, trusted):
            break
    return str(nearest)


def _header(scope: Scope, name: bytes) -> str:
    """Return all headers of a name as one, as if they had been written in one line."""
    return ",".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _parsed(written: str) -> Address | None:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return address if mapped is None else mapped


def _is_trusted(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)
