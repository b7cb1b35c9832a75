"""The page on which people test, before a meeting, whether they will be heard and seen."""

from typing import Any

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from parley.access import Context
from parley.ground.words import translate
from parley.live import LIFETIME_OF_TEST, ice_servers
from parley.people import PUBLIC, Caller
from parley.web.live.check_words import CHECK
from parley.web.live.words import words
from parley.web.shell import Page, reader_of


class CheckData(msgspec.Struct, frozen=True, kw_only=True):
    """What the scripts of the page know: who is asked on the way between two browsers, and what may be tested."""

    ice_servers: list[dict[str, Any]]
    relay: bool
    """Whether there is a relay that may be tried. Its credentials are given to people with an account only."""

    relay_withheld: bool


@get("/test", opt=PUBLIC, sync_to_thread=False)
def check_page(
    request: Request[Any, Any, Any], visitor: NamedDependency[Caller | None], context: NamedDependency[Context]
) -> Template:
    """Show the page; its scripts do the testing."""
    language = reader_of(request).language
    own = {key: translate(language, message) for key, message in CHECK.items()}
    return Page("live/check.html", check=msgspec.to_builtins(_data(visitor, context)), words=words(language) | own)


def _data(visitor: Caller | None, context: Context) -> CheckData:
    who = "" if visitor is None else str(visitor.person)
    servers = ice_servers(context.settings, who=who, now=context.clock(), lifetime=LIFETIME_OF_TEST)
    given = [server for server in servers if visitor is not None or server.credential is None]
    return CheckData(
        ice_servers=[msgspec.to_builtins(server) for server in given],
        relay=any(server.credential for server in given),
        relay_withheld=len(given) < len(servers),
    )


routes = [check_page]
