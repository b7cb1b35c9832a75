"""The API of invitations: who is invited to a meeting, their personal links, and what they answer."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_200_OK

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.faults import NotFound
from parley.ground.paging import USUAL, Page
from parley.ground.secrets import Keyring
from parley.ground.words import N_
from parley.meetings.invitation import Invitation, Reply, Way
from parley.meetings.meeting import Meeting
from parley.meetings.personal_link import personal_link
from parley.meetings.whom import MOST_INVITED, Wanted
from parley.people import Caller


class Invite(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to be invited."""

    invitees: Annotated[tuple[Wanted, ...], msgspec.Meta(min_length=1, max_length=MOST_INVITED)]


class InvitationChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about an invitation."""

    required: bool


class ReplyRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody answers who is invited."""

    reply: Reply
    comment: str = ""


class InvitationView(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation as the API shows one. `person` is null for somebody who is known by address only.

    `link` is their personal link: whoever has it comes in as them. It is null for those who may not pass it on.
    """

    id: str
    meeting: str
    person: str | None
    name: str
    email: str
    required: bool
    group_name: str | None
    reply: Reply
    comment: str
    replied_at: datetime | None
    replied_through: Way | None
    invited_by: str | None
    invited_at: datetime
    link: str | None

    @classmethod
    def of(cls, invitation: Invitation, *, link: str | None) -> "InvitationView":
        """Show an invitation."""
        return cls(
            id=ids.text(invitation.id),
            meeting=ids.text(invitation.meeting),
            person=None if invitation.person is None else ids.text(invitation.person),
            name=invitation.name,
            email=invitation.email,
            required=invitation.required,
            group_name=invitation.group_name,
            reply=invitation.reply,
            comment=invitation.comment,
            replied_at=invitation.replied_at,
            replied_through=invitation.replied_through,
            invited_by=None if invitation.invited_by is None else ids.text(invitation.invited_by),
            invited_at=invitation.invited_at,
            link=link,
        )


class InvitedView(msgspec.Struct, frozen=True, kw_only=True):
    """Who was invited now; those who were before, and who organizes the meeting, are not among them."""

    items: list[InvitationView]


@get("/api/v1/meetings/{meeting:str}/invitations", opt=needs("meetings:read"), tags=["invitations"])
async def list_invitations(
    *,
    context: NamedDependency[Context],
    ring: NamedDependency[Keyring],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    reply: FromQuery[Reply | None] = None,
    limit: FromQuery[int] = USUAL,
    cursor: FromQuery[str | None] = None,
) -> Page[InvitationView]:
    """List who is invited, in the order of the invitations; for organizers, and those who oversee the account."""
    number = ids.parse(meeting)
    found = await context.store.read(meetings.meeting_seen_by, number, by=caller)
    page = await context.store.read(meetings.invitations_of, number, by=caller, reply=reply, limit=limit, cursor=cursor)
    shown = _Shown(found, caller, context, ring)
    return Page(items=tuple(shown.view(each) for each in page.items), next=page.next)


@post(
    "/api/v1/meetings/{meeting:str}/invitations",
    opt=needs("meetings:write"),
    tags=["invitations"],
    status_code=HTTP_200_OK,
)
async def invite(
    *,
    context: NamedDependency[Context],
    ring: NamedDependency[Keyring],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    data: JSONBody[Invite],
) -> InvitedView:
    """Invite people, up to 5,000 at once: users by id, anybody by e-mail address, everybody in a group at this moment.

    Whoever is invited already stays so, unchanged: asking again is safe.
    """
    number = ids.parse(meeting)
    fresh = await context.store.write(meetings.invite, number, data.invitees, by=caller, now=context.clock())
    found = await context.store.read(meetings.meeting_seen_by, number, by=caller)
    shown = _Shown(found, caller, context, ring)
    return InvitedView(items=[shown.view(each) for each in fresh])


@patch("/api/v1/meetings/{meeting:str}/invitations/{invitation:str}", opt=needs("meetings:write"), tags=["invitations"])
async def change_invitation(
    *,
    context: NamedDependency[Context],
    ring: NamedDependency[Keyring],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    invitation: FromPath[str],
    data: JSONBody[InvitationChange],
) -> InvitationView:
    """Change whether somebody is required."""
    number = ids.parse(meeting)
    changed = await context.store.write(
        meetings.require,
        number,
        ids.parse(invitation),
        required=data.required,
        by=caller,
        now=context.clock(),
    )
    found = await context.store.read(meetings.meeting_seen_by, number, by=caller)
    return _Shown(found, caller, context, ring).view(changed)


@delete(
    "/api/v1/meetings/{meeting:str}/invitations/{invitation:str}", opt=needs("meetings:write"), tags=["invitations"]
)
async def withdraw_invitation(
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    invitation: FromPath[str],
) -> None:
    """Withdraw an invitation: its personal link opens nothing any more. Invited anew, they get another link."""
    await context.store.write(
        meetings.withdraw, ids.parse(meeting), ids.parse(invitation), by=caller, now=context.clock()
    )


@get("/api/v1/meetings/{meeting:str}/reply", opt=needs("me"), tags=["invitations"])
async def show_reply(
    context: NamedDependency[Context], caller: NamedDependency[Caller], meeting: FromPath[str]
) -> InvitationView:
    """Show your own invitation to a meeting, with what you answered."""
    return InvitationView.of(await _own(context, caller, meeting), link=None)


@put("/api/v1/meetings/{meeting:str}/reply", opt=needs("me"), tags=["invitations"])
async def reply_to_invitation(
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    meeting: FromPath[str],
    data: JSONBody[ReplyRequest],
) -> InvitationView:
    """Answer your own invitation to a meeting; the last answer counts."""
    own = await _own(context, caller, meeting)
    answered = await context.store.write(
        meetings.respond, own.id, data.reply, comment=data.comment, through=Way.ACCOUNT, at=context.clock()
    )
    return InvitationView.of(answered, link=None)


async def _own(context: Context, caller: Caller, meeting: str) -> Invitation:
    found = await context.store.read(meetings.invitation_to, ids.parse(meeting), by=caller)
    if found is None:
        raise NotFound(N_("You are not invited to a meeting under this id."))
    return found


class _Shown:
    """Shows the invitations to one meeting to somebody, with links where they may pass them on."""

    def __init__(self, meeting: Meeting, by: Caller, context: Context, ring: Keyring) -> None:
        self._meeting, self._url, self._ring = meeting, context.settings.url, ring
        self._links = meeting.may_be_changed_by(by)

    def view(self, invitation: Invitation) -> InvitationView:
        number = self._meeting.number
        link = personal_link(invitation.id, number=number, url=self._url, ring=self._ring) if self._links else None
        return InvitationView.of(invitation, link=link)


routes = [
    list_invitations,
    invite,
    change_invitation,
    withdraw_invitation,
    show_reply,
    reply_to_invitation,
]
