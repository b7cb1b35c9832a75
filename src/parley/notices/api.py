"""The API of notices: how the mail to the invited fares, and when people are reminded."""

from datetime import datetime

import msgspec
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED

from parley import notices
from parley.ground import ids
from parley.ground.clock import Clock
from parley.ground.db import Store
from parley.ground.words import translate
from parley.letters import Kind
from parley.notices.post import Post
from parley.notices.reminder import Reminder
from parley.people import Caller, needs


class UndeliveredView(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that could not be delivered, and why."""

    invitation: str
    name: str
    email: str
    kind: Kind
    failed_at: datetime
    reason: str


class PostView(msgspec.Struct, frozen=True, kw_only=True):
    """How many letters wait, how many left, and which could not be delivered; at most a hundred are listed."""

    waiting: int
    sent: int
    failed: int
    undelivered: tuple[UndeliveredView, ...]

    @classmethod
    def of(cls, post: Post, *, language: str) -> "PostView":
        """Show how mail fares."""
        return cls(
            waiting=post.waiting,
            sent=post.sent,
            failed=post.failed,
            undelivered=tuple(
                UndeliveredView(
                    invitation=ids.text(one.invitation),
                    name=one.name,
                    email=one.email,
                    kind=one.kind,
                    failed_at=one.failed_at,
                    reason=translate(language, one.why, one.why_parameters),
                )
                for one in post.undelivered
            ),
        )


@get("/api/v1/meetings/{meeting:str}/letters", opt=needs("meetings:read"), tags=["invitations"])
async def show_letters(
    meeting: FromPath[str], store: NamedDependency[Store], caller: NamedDependency[Caller]
) -> PostView:
    """Show how the mail about a meeting fares, to those who may change it."""
    return PostView.of(await store.read(notices.post_of, ids.parse(meeting), by=caller), language=caller.locale)


@post(
    "/api/v1/meetings/{meeting:str}/invitations/{invitation:str}/letters",
    opt=needs("meetings:write"),
    tags=["invitations"],
    status_code=HTTP_202_ACCEPTED,
)
async def write_again(
    meeting: FromPath[str],
    invitation: FromPath[str],
    *,
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    clock: NamedDependency[Clock],
) -> None:
    """Write to somebody again who is invited: the meeting as it stands, where a mail server is set."""
    await store.write(notices.write_again, ids.parse(meeting), ids.parse(invitation), by=caller, now=clock())


@get("/api/v1/reminder", opt=needs("meetings:read"), tags=["invitations"])
async def show_reminder(store: NamedDependency[Store], caller: NamedDependency[Caller]) -> Reminder:
    """Show how many minutes before the start the invited are reminded by mail; null is never."""
    return await store.read(notices.find_reminder, by=caller)


@put("/api/v1/reminder", opt=needs("people:write"), tags=["invitations"])
async def set_reminder(
    *,
    store: NamedDependency[Store],
    caller: NamedDependency[Caller],
    clock: NamedDependency[Clock],
    data: JSONBody[Reminder],
) -> Reminder:
    """Set it for all meetings of the account."""
    return await store.write(notices.set_reminder, data, by=caller, now=clock())


routes = [show_letters, write_again, show_reminder, set_reminder]
