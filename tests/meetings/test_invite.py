"""Inviting: users, addresses and groups, one or thousands at once; withdrawing, and who sees what."""

from datetime import timedelta

import pytest

from parley import meetings
from parley.ground.faults import Conflict, Forbidden, Invalid, NotFound, OverLimit
from parley.meetings import MOST_INVITED, Invitation, Meeting, Reply, Stage, Wanted, Way
from parley.people import (
    Caller,
    NewUser,
    Role,
    UserChange,
    add_user,
    change_user,
    create_group,
    suspend_user,
)
from parley.sessions import Participant, Session, participants_of
from tests.meetings.office import Office, field_errors


async def invite(office: Office, meeting: Meeting, *wanted: Wanted, by: Caller | None = None) -> tuple[Invitation, ...]:
    by = by or office.cast.olga
    return await office.store.write(meetings.invite, meeting.id, wanted, by=by, now=office.clock())


async def listed(office: Office, meeting: Meeting, by: Caller | None = None) -> list[str]:
    page = await office.store.read(meetings.invitations_of, meeting.id, by=by or office.cast.olga)
    return [each.name for each in page.items]


async def withdraw(office: Office, invitation: Invitation) -> Invitation:
    return await office.store.write(
        meetings.withdraw, invitation.meeting, invitation.id, by=office.cast.olga, now=office.clock()
    )


def user(person: Caller, *, required: bool = False) -> Wanted:
    return Wanted(person=str(person.person), required=required)


async def test_users_and_addresses_are_invited(office: Office) -> None:
    made = await office.plan()
    mia, gwen, sam = await invite(
        office,
        made,
        user(office.cast.mia, required=True),
        Wanted(email="Gwen@Guest.example", name="Gwen Guest"),
        Wanted(email="sam@guest.example"),
    )
    assert (mia.person, mia.name, mia.email, mia.required) == (office.cast.mia.person, "Mia", "mia@example.com", True)
    assert (gwen.person, gwen.name, gwen.email, gwen.required) == (None, "Gwen Guest", "Gwen@Guest.example", False)
    assert sam.name == "sam"
    assert await listed(office, made) == ["Mia", "Gwen Guest", "sam"]
    facts = [fact for fact in await office.told() if fact.type == "invitation.made"]
    assert [fact.subject for fact in facts] == [mia.id, gwen.id, sam.id]


async def test_an_address_of_a_user_means_the_user(office: Office) -> None:
    made = await office.plan()
    (mia,) = await invite(office, made, Wanted(email="MIA@example.com", name="Somebody"))
    assert (mia.person, mia.name) == (office.cast.mia.person, "Mia")


async def test_everybody_is_invited_once_and_organizers_are_not(office: Office) -> None:
    made = await office.plan(co_organizers=(str(office.cast.otto.person),))
    first = await invite(office, made, user(office.cast.mia), Wanted(email="gwen@guest.example"))
    again = await invite(
        office,
        made,
        user(office.cast.mia),
        Wanted(email="GWEN@guest.example"),
        user(office.cast.olga),
        user(office.cast.otto),
        user(office.cast.max),
        user(office.cast.max, required=True),
    )
    assert [each.name for each in first] == ["Mia", "gwen"]
    assert [(each.name, each.required) for each in again] == [("Max", True)]


async def test_a_group_means_who_is_in_it_and_in_its_parts_at_this_moment(office: Office) -> None:
    cast, store = office.cast, office.store
    inside = [cast.mia.person or 0, cast.max.person or 0]
    whole = await store.write(create_group, "Sales", members=inside, by=cast.ada, now=office.clock())
    await store.write(
        create_group, "Sales north", parent=whole.id, members=[cast.otto.person or 0], by=cast.ada, now=office.clock()
    )
    await store.write(suspend_user, cast.max.person or 0, by=cast.ada, now=office.clock())
    made = await office.plan()
    found = await invite(office, made, Wanted(group=str(whole.id), required=True))
    assert [(each.name, each.group_name, each.required) for each in found] == [
        ("Mia", "Sales", True),
        ("Otto", "Sales", True),
    ]


async def test_every_wrong_line_is_named(office: Office) -> None:
    cast = office.cast
    await office.store.write(suspend_user, cast.max.person or 0, by=cast.ada, now=office.clock())
    made = await office.plan()
    with pytest.raises(Invalid) as refusal:
        await invite(
            office,
            made,
            user(cast.max),
            user(cast.zoe),
            Wanted(email="nobody"),
            Wanted(group="17"),
            Wanted(),
            Wanted(email="gwen@guest.example", name="\u202e"),
            Wanted(person="x", email="gwen@guest.example"),
        )
    assert field_errors(refusal) == {
        "invitees.0.person",
        "invitees.1.person",
        "invitees.2.email",
        "invitees.3.group",
        "invitees.4",
        "invitees.5.name",
        "invitees.6",
    }
    assert await listed(office, made) == []


async def test_five_thousand_are_invited_in_one_act_and_no_more(office: Office) -> None:
    made = await office.plan()
    many = [Wanted(email=f"guest{number}@guest.example") for number in range(MOST_INVITED)]
    assert len(await invite(office, made, *many)) == MOST_INVITED
    with pytest.raises(OverLimit):
        await invite(office, made, Wanted(email="one@more.example"))
    session = await office.start(made)
    expected = await office.store.read_long(participants_of, session.id, by=office.cast.olga)
    assert len(expected) == MOST_INVITED + 1


async def test_only_who_may_change_the_meeting_invites_and_only_they_and_overseers_see_whom(office: Office) -> None:
    made = await office.plan()
    await invite(office, made, user(office.cast.mia))
    with pytest.raises(Forbidden):
        await invite(office, made, user(office.cast.otto), by=office.cast.mia)
    with pytest.raises(NotFound):
        await listed(office, made, by=office.cast.otto)
    with pytest.raises(Forbidden):
        await listed(office, made, by=office.cast.mia)
    assert await listed(office, made, by=office.cast.ada) == ["Mia"]


async def test_nobody_is_invited_to_what_was_cancelled(office: Office) -> None:
    made = await office.plan()
    await office.cancel(made)
    with pytest.raises(Conflict):
        await invite(office, made, user(office.cast.mia))


async def test_who_is_invited_sees_the_meeting_until_it_is_withdrawn(office: Office) -> None:
    made = await office.plan()
    with pytest.raises(NotFound):
        await office.see(made, by=office.cast.mia)
    (mia,) = await invite(office, made, user(office.cast.mia))
    assert (await office.see(made, by=office.cast.mia)).id == made.id
    gone = await withdraw(office, mia)
    assert gone.withdrawn_at == office.clock()
    assert await withdraw(office, mia) == gone
    with pytest.raises(NotFound):
        await office.see(made, by=office.cast.mia)
    (again,) = await invite(office, made, user(office.cast.mia))
    assert again.id != mia.id


async def test_lists_and_agenda_hold_what_one_is_invited_to(office: Office) -> None:
    async def agenda() -> list[str]:
        page = await office.store.read(meetings.agenda, by=office.cast.mia, now=office.clock())
        return [one.meeting.title for one in page.items]

    once, weekly = await office.plan(title="Once"), await office.plan(title="Weekly", recurrence="FREQ=WEEKLY;COUNT=2")
    moved = await office.plan(title="Moved")
    await office.plan(title="Other")
    for made in (once, weekly, moved):
        await invite(office, made, user(office.cast.mia))
    await office.change(moved, starts_at="2026-03-02T10:30", ends_at="2026-03-02T11:00")
    assert await office.titles(office.cast.mia, earliest_first=True) == ["Moved", "Once", "Weekly"]
    assert await agenda() == ["Moved", "Once", "Weekly", "Weekly"]
    await office.start(once)
    assert await office.titles(office.cast.mia, stage=Stage.LIVE) == ["Once"]
    await office.cancel(weekly)
    assert await office.titles(office.cast.mia, stage=Stage.CANCELLED) == ["Weekly"]
    assert await office.titles(office.cast.mia, stage=Stage.PLANNED) == ["Moved"]


async def test_required_can_be_changed(office: Office) -> None:
    made = await office.plan()
    (mia,) = await invite(office, made, user(office.cast.mia))
    after = await office.store.write(
        meetings.require, made.id, mia.id, required=True, by=office.cast.olga, now=office.clock()
    )
    assert after.required
    assert (await office.told())[-1].data["required"] is True
    other = await office.plan()
    with pytest.raises(NotFound):
        await office.store.write(
            meetings.require, other.id, mia.id, required=True, by=office.cast.olga, now=office.clock()
        )


async def test_the_record_expects_who_is_invited(office: Office) -> None:
    made = await office.plan()
    await invite(office, made, user(office.cast.mia, required=True), Wanted(email="gwen@guest.example"))
    session = await office.start(made)
    olga, mia, gwen = await participants(office, session)
    assert (olga.name, olga.invited, olga.required) == ("Olga", True, False)
    assert (mia.person, mia.invited, mia.required, mia.admitted_at) == (office.cast.mia.person, True, True, None)
    assert (gwen.person, gwen.name, gwen.invited, gwen.invitation is not None) == (None, "gwen", True, True)


async def test_inviting_and_withdrawing_changes_whom_a_running_session_expects(office: Office) -> None:
    made = await office.plan()
    session = await office.start(made)
    mia, gwen = await invite(office, made, user(office.cast.mia), Wanted(email="gwen@guest.example"))
    assert [each.name for each in await participants(office, session)] == ["Olga", "Mia", "gwen"]
    await withdraw(office, gwen)
    await withdraw(office, mia)
    assert [each.name for each in await participants(office, session)] == ["Olga"]


async def test_an_answer_is_kept_and_a_late_one_changes_nothing(office: Office) -> None:
    made = await office.plan()
    mia, _ = await invite(office, made, user(office.cast.mia), Wanted(email="gwen@guest.example"))
    answered = await office.store.write(
        meetings.respond, mia.id, Reply.DECLINED, comment=" On leave. ", through=Way.LINK, at=office.clock()
    )
    assert (answered.reply, answered.comment, answered.replied_at) == (Reply.DECLINED, "On leave.", office.clock())
    before = office.clock() - timedelta(minutes=1)
    assert answered == await office.store.write(meetings.respond, mia.id, Reply.ACCEPTED, through=Way.MAIL, at=before)
    counted = await office.store.read(meetings.replies_to, made.id)
    assert (counted[Reply.DECLINED], counted[Reply.NEEDS_ACTION], counted[Reply.ACCEPTED]) == (1, 1, 0)
    assert (await office.told())[-1].data["reply"] == "declined"
    with pytest.raises(Invalid):
        await office.store.write(
            meetings.respond, mia.id, Reply.ACCEPTED, comment="x" * 501, through=Way.LINK, at=office.clock()
        )
    await withdraw(office, mia)
    with pytest.raises(Conflict):
        await office.store.write(meetings.respond, mia.id, Reply.ACCEPTED, through=Way.LINK, at=office.clock())


async def test_users_are_called_as_they_are_called_now(office: Office) -> None:
    new = NewUser(email="pia@example.com", name="Pia", role=Role.MEMBER)
    pia = await office.store.write(add_user, new, by=office.cast.ada, now=office.clock())
    made = await office.plan()
    await invite(office, made, Wanted(person=str(pia.id)))
    other = UserChange(name="Pia Peters", email="peters@example.com")
    await office.store.write(change_user, pia.id, other, version=pia.version, by=office.cast.ada, now=office.clock())
    (found,) = await office.store.read(meetings.everybody_invited, made.id)
    assert (found.name, found.email) == ("Pia Peters", "peters@example.com")


async def participants(office: Office, session: Session) -> tuple[Participant, ...]:
    return await office.store.read(participants_of, session.id, by=office.cast.olga)
