"""Who asks: the value that every verb is handed as `by`."""

import msgspec

from parley.ground.faults import Forbidden
from parley.ground.words import N_
from parley.people.roles import OVERSEERS, RIGHTS, Role


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who asks for something, with what they may do. `person` is None for the operator of the server."""

    person: int | None
    account: int
    name: str
    role: Role
    scopes: frozenset[str]
    locale: str
    time_zone: str
    organization: str = ""
    """What the account is called, for who was found by their credential; what they may do does not depend on it."""

    @property
    def oversees(self) -> bool:
        """Whether they see every meeting and session of their account, not only their own."""
        return self.role in OVERSEERS

    @property
    def manages(self) -> bool:
        """Whether they see what the people of the groups that they manage organize."""
        return self.role is Role.MANAGER

    def may(self, scope: str) -> bool:
        """Tell whether they hold the right."""
        return scope in self.scopes

    def need(self, scope: str) -> None:
        """Raise Forbidden unless they hold the right."""
        if scope not in self.scopes:
            raise Forbidden(N_("This takes the right %(scope)s, which you do not have."), scope=scope)

    def may_administer(self, role: Role) -> bool:
        """Tell whether they may add, change or suspend somebody of this role.

        It takes every right of the role: whoever names somebody's e-mail address can come in as them, so that a token
        cut down to `people:write` could otherwise widen itself.
        """
        return "people:write" in self.scopes and RIGHTS[role] <= self.scopes

    def need_to_administer(self, *roles: Role) -> None:
        """Raise Forbidden unless they may administer people of each of these roles."""
        self.need("people:write")
        if not all(self.may_administer(role) for role in roles):
            raise Forbidden(N_("This takes every right of the person's role, and you do not have them all."))

    def restricted_to(self, scopes: frozenset[str]) -> "Caller":
        """Return the caller with those of their rights that are among `scopes`."""
        return msgspec.structs.replace(self, scopes=self.scopes & scopes)


def operator(account: int) -> Caller:
    """Return who acts at the command line of the server: everything is allowed, in one account."""
    return Caller(
        person=None,
        account=account,
        name="operator",
        role=Role.ADMINISTRATOR,
        scopes=RIGHTS[Role.ADMINISTRATOR],
        locale="en",
        time_zone="UTC",
    )
