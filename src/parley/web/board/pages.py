"""The page of what runs just now, the part of it that is asked for again, and the stream that says when."""

from collections.abc import AsyncIterator

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Stream, Template

from parley import reports
from parley.access import needs
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.people import Caller
from parley.reports import News
from parley.web.shell import Page

_LONGEST_STREAM = 600
"""Seconds after which a browser asks for the stream anew, and passes the gate again."""

_AGAIN = 20
"""Seconds after which the page looks again in any case: time alone makes things due."""

_LOOK = b"event: look\ndata: again\n\n"
_FIRST = b"retry: 2000\n\n"


@get("/live", opt=needs("sessions:read"))
async def board_page(
    caller: NamedDependency[Caller], store: NamedDependency[Store], clock: NamedDependency[Clock]
) -> Template:
    """Show what runs, what should, and who is missing."""
    return Page("board/board.html", board=await store.read_long(reports.board, by=caller, now=clock()))


@get("/live/now", opt=needs("sessions:read"))
async def board_part(
    caller: NamedDependency[Caller], store: NamedDependency[Store], clock: NamedDependency[Clock]
) -> Template:
    """Show the same for the page that is open already."""
    return Page("board/now.html", board=await store.read_long(reports.board, by=caller, now=clock()))


@get("/live/news", opt=needs("sessions:read"), sync_to_thread=False)
def news_stream(caller: NamedDependency[Caller], news: NamedDependency[News]) -> Stream:
    """Say when to look again (server-sent events); what there is to see is asked for where rights are checked."""
    return Stream(
        _looks(news, caller.account),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _looks(news: News, account: int) -> AsyncIterator[bytes]:
    yield _FIRST
    async for _ in news.of(account, at_most=_LONGEST_STREAM, again=_AGAIN):
        yield _LOOK


routes = [board_page, board_part, news_stream]
