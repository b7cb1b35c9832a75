"""Changing one's own password, and setting somebody's at the command line."""

import pytest

from parley.access import (
    Context,
    Hasher,
    change_password,
    find_holder,
    request_reset,
    sessions_of,
    set_password,
    sign_in,
)
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid, NotFound, OverLimit
from parley.people import Role, find_user, operator
from tests.access.letters import Letters
from tests.access.meanwhile import HasherMeanwhile
from tests.access.visitors import ELSEWHERE, HOME, PASSWORD, give_password, opened
from tests.people.staff import found, hired

ADA = "ada@harbor.example"
NEW = "eight gulls below"


async def test_a_new_password_takes_the_old_ones_place(context: Context) -> None:
    ada = await opened(context)
    here = await sign_in(context, email=ADA, password=PASSWORD, client=HOME)
    await sign_in(context, email=ADA, password=PASSWORD, client=ELSEWHERE)
    cursor = await context.store.read(end)
    await change_password(context, by=ada, current=PASSWORD, password=NEW, keep=here.session.id)
    assert await context.store.read(sessions_of, by=ada) == [here.session]
    told = (await context.store.read(after, cursor)).facts
    assert [fact.type for fact in told] == ["user.signed_out", "user.password_set"]
    await sign_in(context, email=ADA, password=NEW, client=HOME)
    with pytest.raises(Invalid):
        await sign_in(context, email=ADA, password=PASSWORD, client=HOME)


async def test_the_current_password_is_asked_for_and_not_to_be_guessed(context: Context) -> None:
    ada = await opened(context)
    for _ in range(10):
        with pytest.raises(Invalid) as refusal:
            await change_password(context, by=ada, current="a wrong guess", password=NEW)
        assert [wrong.field for wrong in refusal.value.errors] == ["current"]
    with pytest.raises(OverLimit):
        await change_password(context, by=ada, current=PASSWORD, password=NEW)


async def test_a_password_that_changes_while_it_is_verified_changes_nothing_more(context: Context) -> None:
    ada = await opened(context)
    context.hasher = HasherMeanwhile(lambda: give_password(context, ada, "nine gulls beside"))
    with pytest.raises(Invalid) as refusal:
        await change_password(context, by=ada, current=PASSWORD, password=NEW)
    assert [wrong.field for wrong in refusal.value.errors] == ["current"]
    context.hasher = Hasher(memory_kib=8, rounds=1)
    await sign_in(context, email=ADA, password="nine gulls beside", client=HOME)
    for other in (PASSWORD, NEW):
        with pytest.raises(Invalid):
            await sign_in(context, email=ADA, password=other, client=HOME)


@pytest.mark.parametrize("weak", ["short", "password1234", "ada@harbor.example", "harbor-ada-1"])
async def test_a_weak_password_is_refused(context: Context, weak: str) -> None:
    ada = await opened(context)
    with pytest.raises(Invalid) as refusal:
        await change_password(context, by=ada, current=PASSWORD, password=weak)
    assert [wrong.field for wrong in refusal.value.errors] == ["password"]
    await sign_in(context, email=ADA, password=PASSWORD, client=HOME)


async def test_the_operator_sets_a_password_and_everything_of_before_ends(context: Context, letters: Letters) -> None:
    ada = await opened(context)
    await sign_in(context, email=ADA, password=PASSWORD, client=HOME)
    await request_reset(context, ADA, client=HOME)
    await context.settle()
    user = await context.store.read(find_user, ada.person or 0, by=ada)
    await set_password(context, user, NEW, by=operator(ada.account))
    assert await context.store.read(sessions_of, by=ada) == []
    with pytest.raises(NotFound):
        await context.store.read(find_holder, letters.sent[0].secret, now=context.clock())


async def test_nobody_sets_a_password_of_those_whom_they_do_not_administer(context: Context) -> None:
    ada = await found(context.store)
    user = await context.store.read(find_user, ada.person or 0, by=ada)
    max_ = await hired(context.store, ada.account, "max@harbor.example", role=Role.MANAGER)
    for nobody in (max_, ada.restricted_to(frozenset({"people:write"}))):
        with pytest.raises(Forbidden):
            await set_password(context, user, NEW, by=nobody)
