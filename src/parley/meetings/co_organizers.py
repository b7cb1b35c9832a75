"""Co-organizers: who can be one."""

from collections.abc import Iterable

from parley.ground.db import Connection
from parley.ground.faults import FieldError
from parley.ground.words import N_
from parley.people import RIGHTS, users_named


def check_co_organizers(db: Connection, people: Iterable[int], *, account: int, errors: list[FieldError]) -> None:
    """Find wrong who is nobody of the account, is suspended, or has a role that may not hold meetings."""
    people = tuple(people)
    if not people:
        return
    known = users_named(db, people, account=account)
    for person in people:
        user = known.get(person)
        if user is None:
            errors.append(FieldError("co_organizers", N_("There is nobody under the id %(id)s."), id=person))
        elif not user.active:
            errors.append(FieldError("co_organizers", N_("%(name)s is suspended."), name=user.name))
        elif "meetings:write" not in RIGHTS[user.role]:
            errors.append(
                FieldError("co_organizers", N_("%(name)s has a role that holds no meetings."), name=user.name)
            )
