"""API tokens: created, listed, revoked."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from parley.access import Token, create_token, find_token, find_tokens, revoke_token, tokens_of
from parley.access.forget import forget_expired
from parley.access.rows.tokens import tokens
from parley.ground.db import Store
from parley.ground.facts import after, end
from parley.ground.faults import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from parley.ground.secrets import token_hash
from parley.people import RIGHTS, SCOPES, Caller, Role, operator
from tests.people.staff import NOW, found, hired

ME = frozenset({"me"})


async def created(
    store: Store,
    by: Caller,
    *,
    user: int | None = None,
    name: str = "Reports",
    scopes: Collection[str] = ME,
    expires_at: datetime | None = None,
    made_with: int | None = None,
    now: datetime = NOW,
) -> tuple[Token, str]:
    person = by.person if user is None else user
    return await store.write(
        create_token,
        by=by,
        person=person or 0,
        name=name,
        scopes=scopes,
        expires_at=expires_at,
        made_with=made_with,
        now=now,
    )


async def test_a_token_is_created_and_its_secret_kept_nowhere(store: Store) -> None:
    ada = await found(store)
    cursor = await store.read(end)
    token, secret = await created(store, ada, name=" Reports ", scopes=["people:read", "me"])
    assert secret.startswith("parley_")
    assert (token.name, token.used_at) == ("Reports", None)
    assert token.scopes == {"me", "people:read"}
    assert await store.read(tokens_of, by=ada) == [token]

    def stored(db: Connection) -> list[bytes]:
        return list(db.execute(select(tokens.c.token_hash)).scalars())

    assert await store.read(stored) == [token_hash(secret)]
    (fact,) = (await store.read(after, cursor)).facts
    assert (fact.type, fact.subject, fact.data["scopes"]) == ("token.created", token.id, ["me", "people:read"])
    assert secret not in str(fact)


async def test_a_token_carries_no_right_that_its_owner_lacks(store: Store) -> None:
    ada = await found(store)
    mia = await hired(store, ada.account, "mia@harbor.example")
    for scopes in (["people:read"], ["me", "people:fire"], ["all"], []):
        with pytest.raises(Invalid) as refusal:
            await created(store, mia, scopes=scopes)
        assert [wrong.field for wrong in refusal.value.errors] == ["scopes"]


async def test_a_token_makes_no_wider_and_no_longer_one(store: Store) -> None:
    ada = await found(store)
    narrow = ada.restricted_to(frozenset({"me", "people:read"}))
    with pytest.raises(Invalid):
        await created(store, narrow, scopes=["me", "people:write"])
    with pytest.raises(Forbidden):
        await created(store, ada.restricted_to(frozenset({"people:read"})))
    until = NOW + timedelta(days=1)
    short, _ = await created(store, ada, expires_at=until)
    for expires_at in (None, until + timedelta(seconds=1)):
        with pytest.raises(Invalid) as refusal:
            await created(store, ada, expires_at=expires_at, made_with=short.id)
        assert [wrong.field for wrong in refusal.value.errors] == ["expires_at"]
    token, _ = await created(store, ada, expires_at=until, made_with=short.id)
    assert (token.expires_at, token.made_with) == (until, short.id)


async def test_with_a_token_go_those_that_were_made_with_it(store: Store) -> None:
    ada = await found(store)
    other, _ = await created(store, ada)
    parent, _ = await created(store, ada, name="Parent")
    child, _ = await created(store, ada, name="Child", made_with=parent.id)
    await created(store, ada, name="Grandchild", made_with=child.id)
    cursor = await store.read(end)
    await store.write(revoke_token, parent.id, by=ada, now=NOW)
    assert await store.read(tokens_of, by=ada) == [other]
    told = (await store.read(after, cursor)).facts
    assert [(fact.type, fact.data["name"]) for fact in told] == [
        ("token.revoked", "Grandchild"),
        ("token.revoked", "Child"),
        ("token.revoked", "Parent"),
    ]
    with pytest.raises(Unauthenticated):
        await created(store, ada, made_with=parent.id)


async def test_every_wrong_field_is_named(store: Store) -> None:
    ada = await found(store)
    with pytest.raises(Invalid) as refusal:
        await created(store, ada, name="\x00", scopes=[], expires_at=NOW)
    assert [wrong.field for wrong in refusal.value.errors] == ["name", "scopes", "expires_at"]


async def test_everybody_creates_their_own_but_for_the_operator(store: Store) -> None:
    ada = await found(store)
    mia = await hired(store, ada.account, "mia@harbor.example")
    with pytest.raises(Forbidden):
        await created(store, ada, user=mia.person)
    token, _ = await created(store, operator(mia.account), user=mia.person, scopes=RIGHTS[Role.MEMBER])
    assert token.person == mia.person
    with pytest.raises(Invalid):
        await created(store, operator(mia.account), user=mia.person, scopes=["people:read"])
    eve = await found(store, "Lighthouse", email="eve@lighthouse.example")
    with pytest.raises(NotFound):
        await created(store, operator(ada.account), user=eve.person)


async def test_a_revoked_token_is_gone_and_told(store: Store) -> None:
    ada = await found(store)
    token, _ = await created(store, ada)
    cursor = await store.read(end)
    await store.write(revoke_token, token.id, by=ada, now=NOW)
    assert await store.read(tokens_of, by=ada) == []
    with pytest.raises(NotFound):
        await store.write(revoke_token, token.id, by=ada, now=NOW)
    (fact,) = (await store.read(after, cursor)).facts
    assert (fact.type, fact.subject, fact.data) == (
        "token.revoked",
        token.id,
        {"person": ada.person, "name": "Reports"},
    )


async def test_only_administrators_see_and_revoke_other_peoples_tokens(store: Store) -> None:
    ada = await found(store)
    mia = await hired(store, ada.account, "mia@harbor.example")
    eve = await found(store, "Lighthouse", email="eve@lighthouse.example")
    of_ada, _ = await created(store, ada)
    of_mia, _ = await created(store, mia)
    for nobody, token in ((mia, of_ada), (eve, of_ada), (eve, of_mia)):
        with pytest.raises(NotFound):
            await store.write(revoke_token, token.id, by=nobody, now=NOW)
    with pytest.raises(Forbidden):
        await store.read(find_tokens, by=mia)
    with pytest.raises(Forbidden):
        await store.read(tokens_of, of_ada.person, by=mia)
    with pytest.raises(NotFound):
        await store.read(tokens_of, of_ada.person, by=eve)
    assert await store.read(tokens_of, of_mia.person, by=ada) == [of_mia]
    assert (await store.read(find_tokens, by=ada)).items == (of_mia, of_ada)
    assert (await store.read(find_tokens, by=eve)).items == ()
    await store.write(revoke_token, of_mia.id, by=ada, now=NOW)
    assert await store.read(tokens_of, by=mia) == []


async def test_tokens_of_the_account_come_in_pages(store: Store) -> None:
    ada = await found(store)
    made = [(await created(store, ada, name=f"Token {number}"))[0].name for number in range(5)]
    first = await store.read(find_tokens, by=ada, limit=3)
    rest = await store.read(find_tokens, by=ada, limit=3, cursor=first.next)
    assert [token.name for token in first.items + rest.items] == made[::-1]
    assert rest.next is None


async def test_nobody_has_more_than_a_hundred_that_work(store: Store) -> None:
    ada, soon = await found(store), NOW + timedelta(days=1)

    def many(db: Connection) -> None:
        for number in range(100):
            create_token(db, by=ada, person=ada.person or 0, name=f"{number}", scopes=ME, expires_at=soon, now=NOW)

    await store.write(many)
    with pytest.raises(Conflict):
        await created(store, ada)
    await created(store, ada, now=soon)


async def test_what_has_expired_is_forgotten_a_month_later(store: Store) -> None:
    ada, soon = await found(store), NOW + timedelta(days=1)
    lasting, _ = await created(store, ada)
    wide, _ = await created(store, ada, expires_at=soon)
    made, _ = await created(store, ada, expires_at=soon, made_with=wide.id)
    month = soon + timedelta(days=30)
    await store.write(forget_expired, idle=timedelta(days=7), now=month)
    assert await store.read(tokens_of, by=ada) == [made, wide, lasting]
    await store.write(forget_expired, idle=timedelta(days=7), now=month + timedelta(seconds=1))
    assert await store.read(tokens_of, by=ada) == [lasting]


async def test_the_operator_finds_a_token_of_any_account(store: Store) -> None:
    ada = await found(store)
    token, _ = await created(store, ada)
    assert await store.read(find_token, token.id) == token
    assert await store.read(tokens_of, token.person, by=operator(ada.account)) == [token]
    with pytest.raises(NotFound):
        await store.read(find_token, 5)


async def test_who_names_a_right_that_there_is_not_learns_which_there_are(store: Store) -> None:
    ada = await found(store)
    with pytest.raises(Invalid) as refusal:
        await created(store, ada, scopes=["me", "people:fire"])
    (wrong,) = refusal.value.errors
    assert (wrong.field, wrong.parameters) == ("scopes", {"scopes": "people:fire", "known": ", ".join(SCOPES)})
