"""In front of a meeting's door: by number or by link, and in with a seat. The room is the same document."""

from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Redirect, Template

from parley import meetings
from parley.access import Desk, visit_of
from parley.ground.faults import Invalid, NotFound, Wrong
from parley.ground.words import N_
from parley.meetings import AlreadyLive, Door, Stage
from parley.people import PUBLIC, Caller
from parley.sessions import RoomRole
from parley.web.live.words import words
from parley.web.shell import Form, Page, go, reader_of
from parley.web.shell.assets import FOLDER

_ENTRY = "page.js"
_DIGITS = 9


class Visitor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who knocks; a host may start the meeting with the same knock."""

    name: str = ""
    password: str | None = None
    start: bool = False


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of a seat, for `hello`."""

    seat: str


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where the meeting stands now, and whether whoever asks may start it."""

    stage: Stage
    ended_at: datetime | None
    starts: bool


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the scripts of the page know of the meeting and of who reads."""

    number: str
    title: str
    standing: Standing
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    door: str
    link: str
    name: str
    signed_in: bool
    zone: str | None
    """The reader's own time zone; None for guests, for whom their browser knows."""

    asks_name: bool
    asks_password: bool


@get("/join", opt=PUBLIC, sync_to_thread=False)
def by_number(number: FromQuery[str | None] = None) -> Template | Redirect:
    """Ask for a number, and go to its door."""
    if number is None:
        return Page("live/number.html", form=Form())
    digits = "".join(filter(str.isdigit, number))
    if len(digits) != _DIGITS or not digits.isascii():
        return _ask_again(number, N_("A meeting number has nine digits."))
    return go(f"/join/{digits}")


@get("/join/{number:str}", opt=PUBLIC)
async def at_the_door(
    request: Request[Any, Any, Any],
    number: FromPath[str],
    visitor: NamedDependency[Caller | None],
    desk: NamedDependency[Desk],
) -> Template:
    """Show the mirror and the door; the room opens in the same page."""
    try:
        door = await meetings.look(desk, number, by=visitor, address=_address(request, desk))
    except NotFound as fault:
        return _ask_again(number, fault.message)
    facts = _facts(door, visitor, link=f"{desk.settings.url}/join/{door.number}")
    return Page(
        "live/meeting.html",
        door=door,
        meeting=msgspec.to_builtins(facts),
        words=words(reader_of(request).language),
        modules=_modules(),
    )


@get("/join/{number:str}/stage", opt=PUBLIC)
async def stage_of(
    request: Request[Any, Any, Any],
    number: FromPath[str],
    visitor: NamedDependency[Caller | None],
    desk: NamedDependency[Desk],
) -> Standing:
    """Tell those who stand at the door whether they can come in."""
    return _standing(await meetings.look(desk, number, by=visitor, address=_address(request, desk)), visitor)


@post("/join/{number:str}", opt=PUBLIC, status_code=200)
async def knock(
    request: Request[Any, Any, Any],
    number: FromPath[str],
    *,
    data: JSONBody[Visitor],
    visitor: NamedDependency[Caller | None],
    desk: NamedDependency[Desk],
) -> Admission:
    """Let somebody in: a seat, or the fault that says why not."""
    address = _address(request, desk)
    if data.start and visitor is not None:
        await _start(desk, number, by=visitor, address=address)
    issued = await meetings.join(
        desk, number, by=visitor, name=data.name, password=data.password or None, address=address
    )
    return Admission(seat=issued.token)


async def _start(desk: Desk, number: str, *, by: Caller, address: str) -> None:
    door = await meetings.look(desk, number, by=by, address=address)
    if door.stage is not Stage.LIVE:
        with suppress(AlreadyLive):  # another host was faster
            await desk.store.write(meetings.start, door.meeting, by=by, now=desk.clock())


def _address(request: Request[Any, Any, Any], desk: Desk) -> str:
    return visit_of(request.scope, desk.settings).address


def _ask_again(number: str, why: str) -> Template:
    form = Form.of(number=number).refused(Invalid(Wrong("number", why)))
    return Page("live/number.html", status=404, form=form)


def _facts(door: Door, visitor: Caller | None, *, link: str) -> Facts:
    number = str(door.number)
    return Facts(
        number=number,
        title=door.title,
        standing=_standing(door, visitor),
        starts_at=door.starts_at,
        ends_at=door.ends_at,
        time_zone=door.time_zone,
        door=f"/join/{number}",
        link=link,
        name=visitor.name if visitor is not None else "",
        signed_in=visitor is not None,
        zone=visitor.time_zone if visitor is not None else None,
        asks_name=door.asks_name,
        asks_password=door.asks_password,
    )


def _standing(door: Door, visitor: Caller | None) -> Standing:
    may_start = visitor is not None and visitor.may("meetings:write") and door.role is not RoomRole.ATTENDEE
    starts = may_start and door.stage in {Stage.PLANNED, Stage.ENDED}
    return Standing(stage=door.stage, ended_at=door.ended_at, starts=starts)


@cache
def _modules() -> tuple[str, ...]:
    """Return the scripts that the page's own one imports, so that the browser fetches all of them at once."""
    return tuple(sorted(path.name for path in (FOLDER / "live").glob("*.js") if path.name != _ENTRY))


routes = [by_number, at_the_door, stage_of, knock]
