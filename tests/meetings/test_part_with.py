"""Parting with somebody: what becomes of their meetings, licences, ways in, and of the record."""

from typing import Any

import pytest

from parley.ground.faults import Conflict, Forbidden, Invalid, NotFound
from parley.meetings import Act, Fate, Outcome, Parting, Stage, foresee, join_info, part_with
from parley.people import (
    Caller,
    LimitsChange,
    NewUser,
    Product,
    Status,
    UserChange,
    add_user,
    caller_of,
    change_user,
    find_limits,
    find_user,
    find_users,
    reactivate_user,
    set_limits,
    user_by_email,
    users_named,
)
from tests.meetings.office import Office


def person_of(caller: Caller) -> int:
    assert caller.person is not None
    return caller.person


async def part(office: Office, who: Caller, act: Act, meetings: Fate, **more: Any) -> tuple[Outcome, ...]:  # noqa: ANN401
    parting = Parting(act=act, meetings=meetings, **more)
    return await office.store.write(part_with, person_of(who), parting, by=office.cast.ada, now=office.clock())


async def test_a_dry_run_says_what_will_happen_and_changes_nothing(office: Office) -> None:
    alone, shared = await office.plan(), await office.plan(co_organizers=[str(office.cast.otto.person)])
    parting = Parting(act=Act.DELETE, meetings=Fate.HAND_OVER)
    olga = person_of(office.cast.olga)
    found = await office.store.read(foresee, olga, parting, by=office.cast.ada, now=office.clock())
    assert {one.meeting.id: (one.fate, one.to and one.to.name) for one in found} == {
        alone.id: (Fate.CANCEL, None),
        shared.id: (Fate.HAND_OVER, "Otto"),
    }
    assert await office.see(alone) == alone
    assert (await part(office, office.cast.olga, Act.DELETE, Fate.HAND_OVER)) == found
    seen = [await office.see(made, office.cast.ada) for made in (alone, shared)]
    assert [one.stage(office.clock()) for one in seen] == [Stage.CANCELLED, Stage.PLANNED]
    assert (seen[1].organizer, seen[1].co_organizers) == (office.cast.otto.person, ())
    assert seen[1].number == shared.number
    assert await office.titles(office.cast.otto) == ["Weekly"]


async def test_meetings_go_to_whom_the_administrator_chooses(office: Office) -> None:
    made = await office.plan(co_organizers=[str(office.cast.otto.person)])
    await office.start(made)
    await part(office, office.cast.olga, Act.SUSPEND, Fate.HAND_OVER, to=office.cast.max.person)
    seen = await office.see(made, office.cast.max)
    assert (seen.organizer, seen.co_organizers) == (office.cast.max.person, (office.cast.otto.person,))
    assert seen.stage(office.clock()) is Stage.LIVE
    info = await office.store.read(join_info, str(made.number), by=office.cast.max, now=office.clock())
    assert (info.organizer_name, info.role) == ("Max", "host")


async def test_what_is_live_ends_when_meetings_are_cancelled(office: Office) -> None:
    made = await office.plan()
    await office.start(made)
    await part(office, office.cast.olga, Act.SUSPEND, Fate.CANCEL)
    assert (await office.see(made, office.cast.ada)).stage(office.clock()) is Stage.CANCELLED


async def test_a_suspended_person_keeps_their_meetings_if_one_likes(office: Office) -> None:
    made = await office.plan()
    await part(office, office.cast.olga, Act.SUSPEND, Fate.KEEP)
    assert await office.see(made, office.cast.ada) == made


async def test_meetings_go_only_to_who_may_hold_them(office: Office) -> None:
    await office.plan()
    for to in (office.cast.mia.person, office.cast.olga.person, office.cast.zoe.person, 7):
        with pytest.raises(Invalid):
            await part(office, office.cast.olga, Act.DELETE, Fate.HAND_OVER, to=to)
    with pytest.raises(Invalid):
        await part(office, office.cast.olga, Act.DELETE, Fate.KEEP)
    assert (await office.store.read(find_user, person_of(office.cast.olga), by=office.cast.ada)).active


async def test_who_is_deleted_is_found_nowhere_but_in_the_record(office: Office) -> None:
    made, store, ada, olga = await office.plan(), office.store, office.cast.ada, person_of(office.cast.olga)
    await office.start(made)
    session = await office.end(made)
    await part(office, office.cast.olga, Act.DELETE, Fate.CANCEL)
    with pytest.raises(NotFound):
        await store.read(find_user, olga, by=ada)
    with pytest.raises(NotFound):
        await store.write(reactivate_user, olga, by=ada, now=office.clock())
    with pytest.raises(Forbidden):
        await store.read(caller_of, olga)
    assert "Olga" not in [user.name for user in (await store.read(find_users, by=ada)).items]
    (gone,) = (await store.read(find_users, by=ada, status=Status.DELETED)).items
    assert (gone.name, gone.email) == ("Olga", "")
    assert await store.read(user_by_email, "olga@example.com") is None
    assert (await store.read(users_named, [olga], account=ada.account))[gone.id].name == "Olga"
    assert session.host_name == "Olga"
    again = NewUser(email="olga@example.com", name="Another Olga")
    assert (await store.write(add_user, again, by=ada, now=office.clock())).id != gone.id


async def test_licences_stay_are_freed_or_go(office: Office) -> None:
    store, ada, now = office.store, office.cast.ada, office.clock()
    await store.write(set_limits, LimitsChange(products={Product.MEETING: 1}), by=ada, now=now)
    for who, frees, used in ((office.cast.olga, False, 1), (office.cast.otto, True, 0)):
        user = await store.read(find_user, person_of(who), by=ada)
        change = UserChange(products=(Product.MEETING,))
        await store.write(change_user, user.id, change, version=user.version, by=ada, now=now)
        await part(office, who, Act.SUSPEND, Fate.KEEP, frees_licences=frees)
        assert (await store.read(find_limits, by=ada)).products[0].used == used
        await part(office, who, Act.DELETE, Fate.CANCEL)
        assert (await store.read(find_limits, by=ada)).products[0].used == 0


async def test_nobody_deletes_themselves_and_who_may_not_deletes_nobody(office: Office) -> None:
    with pytest.raises(Conflict):
        await part(office, office.cast.ada, Act.DELETE, Fate.CANCEL)
    parting, mia = Parting(act=Act.DELETE, meetings=Fate.CANCEL), person_of(office.cast.mia)
    with pytest.raises(Forbidden):
        await office.store.write(part_with, mia, parting, by=office.cast.max, now=office.clock())
