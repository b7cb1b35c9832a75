"""The join page of a meeting: by number or by link, and in with a seat. The room is the same document."""

import re
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from litestar.response import Redirect, Template

from parley import meetings
from parley.access import Context
from parley.ground.faults import FieldError, Invalid, NotFound
from parley.ground.words import N_
from parley.meetings import AlreadyLive, Device, JoinInfo, Stage
from parley.people import PUBLIC, Caller
from parley.sessions import RoomRole
from parley.settings import Settings
from parley.web.live.door import Door, door_of
from parley.web.live.words import words
from parley.web.shell import Form, Page, go, reader_of
from parley.web.shell.assets import FOLDER
from parley.web.shell.headers import NO_REFERRER

_ENTRY = "page.js"
_DIGITS = 9
_LINK = re.compile(r"/join/([0-9]{9}(?![0-9])(?:/[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-]))?)")


class JoinRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the join form sends; a host may start the meeting with it."""

    name: str = ""
    password: str | None = None
    start: bool = False
    device: Device = ""
    """What the browser calls itself, where it shows a personal link."""


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of a seat, for `hello`."""

    seat: str


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where the meeting stands now, and whether whoever asks may start it."""

    stage: Stage
    ended_at: datetime | None
    starts: bool


class PageData(msgspec.Struct, frozen=True, kw_only=True):
    """What the scripts of the page know of the meeting and of who reads."""

    number: str
    title: str
    standing: Standing
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    path: str
    """Where it is joined; in a personal link the key is a part of it."""

    link: str
    name: str
    personal: bool
    """Whether it is a personal link."""

    signed_in: bool
    zone: str | None
    """The reader's own time zone; None for guests, for whom their browser knows."""

    asks_name: bool
    asks_password: bool
    file_limit: int
    """How large a file may be, in megabytes; 0 where none are taken."""


@get("/join", opt=PUBLIC, sync_to_thread=False)
def by_number(number: FromQuery[str | None] = None) -> Template | Redirect:
    """Ask for a number, and go to its join page; who pastes the whole link goes there too."""
    if number is None:
        return Page("live/number.html", form=Form())
    link = _LINK.search(number)
    if link is not None:
        return go(f"/join/{link[1]}")
    digits = "".join(filter(str.isdigit, number))
    if len(digits) != _DIGITS or not digits.isascii():
        return _ask_again(number, N_("A meeting number has nine digits."))
    return go(f"/join/{digits}")


@get(["/join/{number:str}", "/join/{number:str}/{key:str}"], opt=PUBLIC)
async def join_page(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Caller | None],
    context: NamedDependency[Context],
) -> Template:
    """Show the preview and the form; the room opens in the same page."""
    door = door_of(request, context)
    try:
        join_info = await door.look_up(context, by=visitor)
    except NotFound as fault:
        return _ask_again(door.number, fault.message)
    data = _page_data(join_info, door, visitor, settings=context.settings)
    return Page(
        "live/meeting.html",
        headers=None if door.key is None else NO_REFERRER,
        join_info=join_info,
        meeting=msgspec.to_builtins(data),
        words=words(reader_of(request).language),
        modules=_modules(),
    )


@get(["/join/{number:str}/stage", "/join/{number:str}/{key:str}/stage"], opt=PUBLIC)
async def stage_of(
    request: Request[Any, Any, Any], visitor: NamedDependency[Caller | None], context: NamedDependency[Context]
) -> Standing:
    """Tell those who would join whether they can come in."""
    return _standing(await door_of(request, context).look_up(context, by=visitor), visitor)


@post(["/join/{number:str}", "/join/{number:str}/{key:str}"], opt=PUBLIC, status_code=200)
async def join(
    request: Request[Any, Any, Any],
    data: JSONBody[JoinRequest],
    visitor: NamedDependency[Caller | None],
    context: NamedDependency[Context],
) -> Admission:
    """Let somebody in: a seat, or the fault that says why not."""
    door = door_of(request, context)
    if data.start and visitor is not None:
        await _start(context, door, by=visitor)
    issued = await meetings.join(
        context,
        door.number,
        by=visitor,
        name=data.name,
        password=data.password or None,
        link=door.link(data.device),
        address=door.address,
    )
    return Admission(seat=issued.token)


async def _start(context: Context, door: Door, *, by: Caller) -> None:
    join_info = await door.look_up(context, by=by)
    if join_info.stage is not Stage.LIVE:
        with suppress(AlreadyLive):  # another host was faster
            await context.store.write(meetings.start, join_info.meeting, by=by, now=context.clock())


def _ask_again(number: str, why: str) -> Template:
    form = Form.of(number=number).refused(Invalid(FieldError("number", why)))
    return Page("live/number.html", status=404, form=form)


def _page_data(join_info: JoinInfo, door: Door, visitor: Caller | None, *, settings: Settings) -> PageData:
    number = str(join_info.number)
    return PageData(
        number=number,
        title=join_info.title,
        standing=_standing(join_info, visitor),
        starts_at=join_info.starts_at,
        ends_at=join_info.ends_at,
        time_zone=join_info.time_zone,
        path=door.path,
        link=f"{settings.url}/join/{number}",
        name=join_info.name or (visitor.name if visitor is not None else ""),
        personal=door.key is not None,
        signed_in=visitor is not None,
        zone=visitor.time_zone if visitor is not None else None,
        asks_name=join_info.asks_name,
        asks_password=join_info.asks_password,
        file_limit=settings.file_limit,
    )


def _standing(join_info: JoinInfo, visitor: Caller | None) -> Standing:
    may_start = visitor is not None and visitor.may("meetings:write") and join_info.role is not RoomRole.ATTENDEE
    starts = may_start and join_info.stage in {Stage.PLANNED, Stage.ENDED}
    return Standing(stage=join_info.stage, ended_at=join_info.ended_at, starts=starts)


@cache
def _modules() -> tuple[str, ...]:
    """Return the scripts that the page's own one imports, so that the browser fetches all of them at once."""
    return tuple(sorted(path.name for path in (FOLDER / "live").glob("*.js") if path.name != _ENTRY))


routes = [by_number, join_page, stage_of, join]
