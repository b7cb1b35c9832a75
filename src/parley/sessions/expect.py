"""Expecting people in a session: they are in its record also when they do not come."""

from collections.abc import Collection

from msgspec.structs import replace

from parley.ground.db import Connection
from parley.ground.ids import new_id
from parley.sessions.participant import InvitedGuest, Invitee, Participant, RoomRole
from parley.sessions.rows.participants import (
    add_participants,
    participants_in,
    remove_participant,
    save_participant,
)
from parley.sessions.session import Session


def expect(db: Connection, session: Session, *invitees: Invitee | InvitedGuest, welcome: bool = True) -> None:
    """Write down who is expected, however many; they see the record of the session even if they do not come.

    Who is there already has a new role as host or co-host from now on; whoever was removed is `welcome` again, or not.
    """
    known = {each.key: each for each in participants_in(db, session.id) if each.key is not None}
    fresh = []
    for expected in (_expected(invitee, session) for invitee in invitees):
        there = known.get(expected.key or 0)
        if there is None:
            fresh.append(expected)
            continue
        role = there.role if expected.role is RoomRole.ATTENDEE else expected.role
        removed_at = None if welcome else there.removed_at
        save_participant(db, replace(there, role=role, invited=True, required=expected.required, removed_at=removed_at))
    add_participants(db, fresh, session_started_at=session.started_at)


def expect_no_longer(db: Connection, session: int, keys: Collection[int], *, asked: Collection[int]) -> None:
    """Write down that these people (users, or invitations of others) need not come; who came stays.

    So do those participants who `asked` to come in, and may be waiting for it.
    """
    for each in participants_in(db, session):
        if each.key not in keys or each.role is not RoomRole.ATTENDEE:
            continue
        if each.admitted_at is None and each.id not in asked:
            remove_participant(db, each)
        else:
            save_participant(db, replace(each, invited=False, required=False))


def _expected(invitee: Invitee | InvitedGuest, session: Session) -> Participant:
    if isinstance(invitee, Invitee):
        person, role, invitation = invitee.person, invitee.role, None
    else:
        person, role, invitation = None, RoomRole.ATTENDEE, invitee.invitation
    return Participant(
        id=new_id(),
        account=session.account,
        session=session.id,
        person=person,
        name=invitee.name,
        role=role,
        invited=True,
        admitted_at=None,
        required=invitee.required,
        invitation=invitation,
    )
