"""Changing one's own password, and setting somebody's at the command line."""

import pytest

from parley.access import Desk, change_password, find_holder, request_reset, sessions_of, set_password, sign_in
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid, NotFound, OverLimit
from parley.people import Role, find_user, operator
from tests.access.letters import Letters
from tests.access.visitors import ELSEWHERE, HOME, PASSWORD, opened
from tests.people.staff import found, hired

ADA = "ada@harbor.example"
NEW = "eight gulls below"


async def test_a_new_password_takes_the_old_ones_place(desk: Desk) -> None:
    ada = await opened(desk)
    here = await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)
    await sign_in(desk, email=ADA, password=PASSWORD, visit=ELSEWHERE)
    cursor = await desk.store.read(end)
    await change_password(desk, by=ada, current=PASSWORD, password=NEW, keep=here.session.id)
    assert await desk.store.read(sessions_of, by=ada) == [here.session]
    told = (await desk.store.read(after, cursor)).facts
    assert [fact.type for fact in told] == ["user.signed_out", "user.password_set"]
    await sign_in(desk, email=ADA, password=NEW, visit=HOME)
    with pytest.raises(Invalid):
        await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)


async def test_the_current_password_is_asked_for_and_not_to_be_guessed(desk: Desk) -> None:
    ada = await opened(desk)
    for _ in range(10):
        with pytest.raises(Invalid) as refusal:
            await change_password(desk, by=ada, current="a wrong guess", password=NEW)
        assert [wrong.field for wrong in refusal.value.wrongs] == ["current"]
    with pytest.raises(OverLimit):
        await change_password(desk, by=ada, current=PASSWORD, password=NEW)


@pytest.mark.parametrize("weak", ["short", "password1234", "ada@harbor.example", "harbor-ada-1"])
async def test_a_weak_password_is_refused(desk: Desk, weak: str) -> None:
    ada = await opened(desk)
    with pytest.raises(Invalid) as refusal:
        await change_password(desk, by=ada, current=PASSWORD, password=weak)
    assert [wrong.field for wrong in refusal.value.wrongs] == ["password"]
    await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)


async def test_the_operator_sets_a_password_and_everything_of_before_ends(desk: Desk, letters: Letters) -> None:
    ada = await opened(desk)
    await sign_in(desk, email=ADA, password=PASSWORD, visit=HOME)
    await request_reset(desk, ADA, visit=HOME)
    await desk.settle()
    user = await desk.store.read(find_user, ada.person or 0, by=ada)
    await set_password(desk, user, NEW, by=operator(ada.account))
    assert await desk.store.read(sessions_of, by=ada) == []
    with pytest.raises(NotFound):
        await desk.store.read(find_holder, letters.sent[0].secret, now=desk.clock())


async def test_nobody_sets_a_password_of_those_whom_they_do_not_administer(desk: Desk) -> None:
    ada = await found(desk.store)
    user = await desk.store.read(find_user, ada.person or 0, by=ada)
    max_ = await hired(desk.store, ada.account, "max@harbor.example", role=Role.MANAGER)
    for nobody in (max_, ada.restricted_to(frozenset({"people:write"}))):
        with pytest.raises(Forbidden):
            await set_password(desk, user, NEW, by=nobody)
