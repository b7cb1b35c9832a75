"""Add somebody to an account."""

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from parley.ground.facts import tell
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.people import fields
from parley.people.assign_licence import assign_licence
from parley.people.caller import Caller
from parley.people.facts import UserAdded
from parley.people.rows import users
from parley.people.user import NewUser, User


def add_user(db: Connection, new: NewUser, *, by: Caller, now: datetime) -> User:
    """Add somebody to the caller's account. An e-mail address belongs to one person on the whole server."""
    by.need_to_administer(new.role)
    errors: list[FieldError] = []
    user = new.as_user(by.account, errors=errors, now=now)
    fields.refuse(errors)
    return store_user(db, user, actor=by.person)


def store_user(db: Connection, user: User, *, actor: int | None) -> User:
    """Store a new user and say so."""
    try:
        users.add_user(db, user)
    except IntegrityError as fault:
        raise email_taken() from fault
    tell(
        db,
        UserAdded(
            account=user.account,
            subject=user.id,
            actor=actor,
            at=user.created_at,
            email=user.email,
            name=user.name,
            role=user.role,
        ),
    )
    assign_licence(db, None, user, actor=actor, now=user.created_at)
    return user


def email_taken() -> Invalid:
    """Return the refusal of an address that is somebody else's."""
    return Invalid(FieldError("email", N_("Somebody already uses this e-mail address.")))
