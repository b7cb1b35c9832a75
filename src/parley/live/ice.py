"""STUN and TURN servers for browsers, with credentials that run out."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from parley.live.events import IceServer
from parley.settings import Settings

LIFETIME = timedelta(hours=24)
"""A TURN server asks again while a connection lasts: longer than any session. The next welcome brings fresh ones."""

LIFETIME_OF_TEST = timedelta(minutes=5)
"""Whoever only tests their connection is done with it by then."""


def ice_servers(
    settings: Settings, *, who: str, now: datetime, lifetime: timedelta = LIFETIME
) -> tuple[IceServer, ...]:
    """Return the servers of the settings, in the form of RTCPeerConnection.

    For TURN this is coturn's `use-auth-secret`: the user name says when it runs out, the password is its HMAC under the
    shared secret. SHA-1 is what coturn and the draft (draft-uberti-behave-turn-rest) use.
    """
    servers = []
    if settings.stun:
        servers.append(IceServer(urls=settings.stun))
    if settings.turn and settings.turn_secret is not None:
        username = f"{int((now + lifetime).timestamp())}:{who}"
        digest = hmac.new(settings.turn_secret.encode(), username.encode(), hashlib.sha1).digest()
        servers.append(IceServer(urls=settings.turn, username=username, credential=base64.b64encode(digest).decode()))
    return tuple(servers)
