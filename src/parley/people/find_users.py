"""Find users: one, some, and who somebody is."""

from collections.abc import Iterable

from msgspec.structs import replace
from sqlalchemy import Connection

from parley.ground.faults import FieldError, Forbidden, NotFound
from parley.ground.paging import USUAL, IdKey, Page, key_behind, page_of, page_size
from parley.ground.words import N_
from parley.people import fields
from parley.people.caller import Caller
from parley.people.roles import Role
from parley.people.rows import accounts, groups, users
from parley.people.user import Status, User


def find_user(db: Connection, user: int, *, by: Caller) -> User:
    """Return a user of the caller's account; everybody may see themselves."""
    by.need("me" if user == by.person else "people:read")
    return found_user(db, user, account=by.account)


def find_users(
    db: Connection,
    *,
    by: Caller,
    query: str | None = None,
    status: Status | None = None,
    role: Role | None = None,
    limit: int = USUAL,
    cursor: str | None = None,
) -> Page[User]:
    """Return people of the caller's account by name; `query` is a part of a name or an e-mail address."""
    by.need("people:read")
    errors: list[FieldError] = []
    if query:
        query = fields.one_line(query, field="query", errors=errors)
    fields.refuse(errors)
    behind = None if cursor is None else key_behind(cursor, tuple[str, IdKey])
    limit = page_size(limit)
    found = users.find_users(db, by.account, query=query, status=status, role=role, behind=behind, limit=limit + 1)
    return page_of(found, limit=limit, key=lambda user: (fields.folded(user.name), user.id))


def users_named(db: Connection, ids: Iterable[int], *, account: int) -> dict[int, User]:
    """Return the users of the account among these ids, for the names of organizers and authors."""
    return {user.id: user for user in users.users_in(db, account, ids)}


def users_with_emails(db: Connection, emails: Iterable[str], *, account: int) -> dict[str, User]:
    """Return the users of the account under these addresses, each by the address in its folded form."""
    return {fields.folded(user.email): user for user in users.users_with(db, account, emails)}


def people_of_group(db: Connection, group: int, *, account: int) -> tuple[User, ...]:
    """Return by name who is in a group or in one that is a part of it, without those who are suspended."""
    found = users.users_in(db, account, groups.people_within(db, account, group))
    return tuple(sorted((user for user in found if user.active), key=lambda user: (fields.folded(user.name), user.id)))


def user_by_email(db: Connection, email: str) -> User | None:
    """Return whose e-mail address this is, in any account; for the command line and for signing in."""
    errors: list[FieldError] = []
    address = fields.email_address(email, field="email", errors=errors)
    return None if errors else users.user_by_email(db, address)


def caller_of(db: Connection, user: int) -> Caller:
    """Return the user as somebody who asks; raises Forbidden when they are suspended."""
    found = users.user_anywhere(db, user)
    if found is None:
        raise NotFound(N_("There is nobody under this id."))
    if not found.active:
        raise Forbidden(N_("This person is suspended."))
    account = accounts.account_with(db, found.account)
    return replace(found.as_caller(), organization=account.name if account is not None else "")


def found_user(db: Connection, user: int, *, account: int) -> User:
    """Return a user of the account, or raise NotFound: of another account, or deleted, is as good as not there."""
    found = users.user_in(db, account, user)
    if found is None or found.status is Status.DELETED:
        raise NotFound(N_("There is nobody under this id."))
    return found
