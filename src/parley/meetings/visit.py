"""Who somebody is at the door of a meeting: by their user, by a personal link, or a guest by name."""

from typing import Annotated

import msgspec

from parley.ground.db import Connection
from parley.ground.faults import NotFound
from parley.ground.secrets import Keyring
from parley.meetings.invitation import Invitation
from parley.meetings.meeting import Meeting
from parley.meetings.personal_link import named_by
from parley.meetings.rows.invitations import invitation_of_person, invitation_under
from parley.meetings.start import role_of
from parley.people import Caller, folded, users_named
from parley.sessions import RoomRole

Device = Annotated[str, msgspec.Meta(max_length=64, pattern="^[0-9A-Za-z-]*$")]
"""The name that a browser gives itself."""


class ShownLink(msgspec.Struct, frozen=True, kw_only=True):
    """A personal link that somebody shows: the invitation that its key names, and the browser that it is shown in.

    The browser has a name of its own, which it chose by chance and keeps: tabs of one browser show the same.
    """

    invitation: int | None
    """None for a key that is none of this server's."""

    device: str = ""

    @classmethod
    def of(cls, key: str, *, device: str, ring: Keyring) -> "ShownLink":
        """Return the link whose key somebody shows."""
        return cls(invitation=named_by(key, ring=ring), device=device)


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at the door."""

    role: RoomRole = RoomRole.ATTENDEE
    person: int | None = None
    """The user; None for a guest."""

    name: str | None = None
    """What they are called; None for a guest, who is asked."""

    invitation: Invitation | None = None
    """Their own invitation: a user who is invited has it without the link, too."""

    came_by: Invitation | None = None
    """The invitation of somebody else, by whose personal link they come."""

    void: bool = False
    """Whether the link that they show opens nothing: it was withdrawn, or is of another meeting or none."""

    @property
    def trusted(self) -> bool:
        """Whether they need no password: hosts, who is invited, and who comes by a personal link."""
        return self.role is not RoomRole.ATTENDEE or self.invitation is not None or self.came_by is not None

    @property
    def known(self) -> bool:
        """Whether it is known who they are: guests who only say their name are not."""
        return self.person is not None or self.invitation is not None

    @property
    def guest_invitation(self) -> int | None:
        """The invitation that makes a guest somebody known."""
        return self.invitation.id if self.invitation is not None and self.person is None else None


def visit(db: Connection, meeting: Meeting, *, by: Caller | None, link: ShownLink | None) -> Visit:
    """Return who somebody is at the door of a meeting; `by` is who is signed in, of any account.

    Who is signed in comes as themselves, also by a link of somebody else, and that is said. Who is not comes as whom
    the link is for, as an attendee: a link that was passed on leads nothing. Raises Forbidden for a token that was not
    given meetings.
    """
    person = known_person(meeting, by)
    invitation = None if link is None or link.invitation is None else _valid(db, meeting, link.invitation)
    void = link is not None and invitation is None
    if by is not None and person is not None:
        is_own = invitation is not None and invitation.person == person
        return Visit(
            role=role_at(meeting, by),
            person=person,
            name=by.name,
            invitation=invitation if is_own else invitation_of_person(db, meeting.id, person),
            came_by=None if is_own else invitation,
            void=void,
        )
    if invitation is None:
        return Visit(void=void)
    if by is not None and not _is_theirs(db, invitation, by):
        return Visit(came_by=invitation)
    return Visit(person=invitation.person, name=invitation.name, invitation=invitation)


def known_person(meeting: Meeting, by: Caller | None) -> int | None:
    """Return the user that somebody is here; users of other accounts come as guests.

    Raises Forbidden for a token that was not given meetings.
    """
    if by is None or by.account != meeting.account:
        return None
    by.need("meetings:read")
    return by.person


def role_at(meeting: Meeting, by: Caller | None) -> RoomRole:
    """Tell what somebody is in the room: whoever may hold no meetings, or not any more, leads none of theirs either."""
    person = known_person(meeting, by)
    holds = by is not None and by.may("meetings:write")
    return role_of(meeting, person) if holds else RoomRole.ATTENDEE


def _valid(db: Connection, meeting: Meeting, invitation: int) -> Invitation | None:
    """Return the invitation if it opens this door: not withdrawn, and not of a user who may not use Parley."""
    try:
        found = invitation_under(db, invitation, meeting=meeting.id)
    except NotFound:
        return None
    if found.withdrawn_at is not None:
        return None
    if found.person is not None:
        user = users_named(db, [found.person], account=meeting.account).get(found.person)
        if user is None or not user.active:
            return None
    return found


def _is_theirs(db: Connection, invitation: Invitation, by: Caller) -> bool:
    """Tell whether a user of another account is who is invited here by address."""
    if by.person is None or invitation.person is not None:
        return False
    user = users_named(db, [by.person], account=by.account).get(by.person)
    return user is not None and folded(user.email) == folded(invitation.email)
