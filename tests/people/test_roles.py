"""Roles and rights, and the page that shows them."""

from pathlib import Path

import msgspec
import pytest

from parley.ground.faults import Forbidden
from parley.ground.words import translate
from parley.people import OVERSEERS, RIGHTS, ROLE_NAMES, SCOPES, Role, needs, operator

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "roles.md"


def test_the_page_on_roles_shows_the_table_of_the_code() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text().splitlines() if line.startswith("|")]
    header, _, *written = rows
    assert header[2:] == [str(role) for role in Role]
    rights = [
        [f"`{scope}`", translate("en", means), *("yes" if scope in RIGHTS[role] else "no" for role in Role)]
        for scope, means in SCOPES.items()
    ]
    seen = ["all" if role in OVERSEERS else "groups" if role is Role.MANAGER else "own" for role in Role]
    assert written == [*rights, ["sees", "Which meetings and sessions of the account they see", *seen]]


def test_every_role_has_a_name_and_rights_that_exist() -> None:
    assert set(ROLE_NAMES) == set(RIGHTS) == set(Role)
    assert all(rights <= SCOPES.keys() for rights in RIGHTS.values())


def test_a_route_cannot_need_a_right_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="people:fire"):
        needs("people:fire")


def test_the_operator_may_do_everything_in_one_account() -> None:
    caller = operator(7)
    assert (caller.person, caller.account, caller.scopes) == (None, 7, frozenset(SCOPES))
    assert all(caller.may_administer(role) for role in Role)


def test_some_roles_oversee_the_account() -> None:
    assert operator(7).oversees
    assert not msgspec.structs.replace(operator(7), role=Role.ORGANIZER).oversees


def test_rights_are_cut_down_and_never_widened() -> None:
    cut = operator(7).restricted_to(frozenset({"me", "people:write"}))
    assert cut.restricted_to(frozenset(SCOPES)).scopes == {"me", "people:write"}
    assert cut.may("me")
    with pytest.raises(Forbidden):
        cut.need("meetings:write")


def test_nobody_administers_those_who_have_a_right_that_they_lack() -> None:
    cut = operator(7).restricted_to(frozenset(SCOPES) - {"metrics:read"})
    assert cut.may_administer(Role.MANAGER)
    assert not cut.may_administer(Role.ADMINISTRATOR)
    narrow = operator(7).restricted_to(RIGHTS[Role.MEMBER] | {"people:write"})
    assert narrow.may_administer(Role.MEMBER)
    assert not narrow.may_administer(Role.ORGANIZER)
    assert not operator(7).restricted_to(RIGHTS[Role.MEMBER]).may_administer(Role.MEMBER)
    assert not operator(7).restricted_to(frozenset({"people:write"})).may_administer(Role.MEMBER)
