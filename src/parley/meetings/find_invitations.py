"""Finding invitations: of a meeting, of a person, and by the key in a personal link."""

from collections.abc import Collection

from parley import sessions
from parley.ground.db import Connection
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.meetings.invitation import Invitation, Reply
from parley.meetings.rows import invitations
from parley.meetings.rows.meetings import meeting_seen_by
from parley.people import Caller


def invitations_of(
    db: Connection,
    meeting: int,
    *,
    by: Caller,
    reply: Reply | None = None,
    limit: int = USUAL,
    cursor: str | None = None,
) -> Page[Invitation]:
    """Return who is invited, in the order of the invitations, to those who may change the meeting or oversee it."""
    by.need("meetings:read")
    found = meeting_seen_by(db, by, meeting)
    if not by.oversees:
        found.need_co_organizer(by)
    behind = 0 if cursor is None else key_behind(cursor, IdKey)
    listed = invitations.invited(db, meeting, reply=reply, behind=behind, limit=page_size(limit) + 1)
    return page_of(listed, limit=limit, key=lambda invitation: invitation.id)


def everybody_invited(db: Connection, meeting: int) -> tuple[Invitation, ...]:
    """Return all valid invitations to a meeting, for those who write to them; nobody's rights are asked.

    Names and addresses of users are those of now; the address of who is deleted is empty.
    """
    return tuple(invitations.invited(db, meeting))


def invitation_to(db: Connection, meeting: int, *, by: Caller) -> Invitation | None:
    """Return the caller's own valid invitation to a meeting."""
    return None if by.person is None else invitations.invitation_of_person(db, meeting, by.person)


def replies_to(db: Connection, meeting: int) -> dict[Reply, int]:
    """Return how many of the invited answered what."""
    return invitations.replies(db, meeting)


def invited_to(db: Connection, listed: Collection[int], *, by: Caller) -> dict[int, tuple[int, Reply | None]]:
    """Return how many are invited to each of these meetings, which the caller sees, and what they answered themselves.

    A meeting to which nobody is invited is not among it; without an invitation of their own there is no answer.
    """
    return invitations.counted(db, listed, person=by.person)


def whose_links(db: Connection, session: int, *, by: Caller) -> list[tuple[str, str | None]]:
    """Return who came to a session by a personal link that was passed on: their name, and whose link it was.

    None where somebody's own link was open on two devices at once.
    """
    people = sessions.participants_of(db, session, by=by)
    names = invitations.names_of(db, {each.came_by for each in people if each.came_by is not None})
    passed = [(each.name, names.get(each.came_by)) for each in people if each.came_by is not None]
    return [*passed, *((each.name, None) for each in people if each.link_shared_at is not None)]
