"""From where a browser comes: a page of ours, or somebody else's."""

from collections.abc import Mapping
from urllib.parse import urlsplit

_OWN_SITES = (b"same-origin", b"none")
"""What Sec-Fetch-Site says of a page of ours, and of what somebody typed or chose themselves."""


def is_our_own(headers: Mapping[bytes, bytes], *, url: str) -> bool:
    """Tell whether a request comes from a page of ours, or from a program, which names no origin."""
    origin = headers.get(b"origin")
    if origin is None:
        return True
    written = origin.decode("latin-1")
    try:
        return written == url or urlsplit(written).netloc == headers.get(b"host", b"").decode("latin-1")
    except ValueError:
        return False


def is_foreign(headers: Mapping[bytes, bytes], *, url: str) -> bool:
    """Tell whether a browser says that somebody else's page sends this.

    Sec-Fetch-Site (Fetch Metadata, W3C) comes with https and on this very machine, from every browser. Elsewhere there
    is Origin, which is null on a page of ours that sends no referrer.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in _OWN_SITES
    return headers.get(b"origin") != b"null" and not is_our_own(headers, url=url)
