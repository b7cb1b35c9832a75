"""Furnishing: the account, its people and groups, and month by month what took place."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

import msgspec

from parley import access, meetings, people
from parley.demo.cast import ACCOUNT, GROUPS, MANAGED, MEMBERS, SHOWN_AS, Member
from parley.demo.programme import SERIES, TEMPLATES, TOUR, Series
from parley.demo.recorded import hold_recorded
from parley.demo.year import ZONE, Actor, Company, Planned, play, send
from parley.ground.db import Connection
from parley.ground.faults import Conflict
from parley.ground.words import N_
from parley.people import LimitsChange, NewUser, Product, Role, User

MONTHS = 12
"""How far back the demonstration goes."""

_A_MONTH = timedelta(days=365) / 12
_AHEAD = timedelta(days=28)

Told = Callable[[float], None]


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """With what a newcomer may sign in."""

    email: str
    name: str
    role: Role
    password: str


async def furnish(context: access.Context, *, seed: int, told: Told, months: int = MONTHS) -> tuple[SignIn, ...]:
    """Fill an account with the meetings of so many months up to now, and of the next; return with whom to sign in.

    `told` is given how much is done, from 0 to 1. Where the account is there already it is left as it is, and only the
    passwords are new. Raises Conflict where other accounts are in the database, and where a mail server is set: nobody
    is to be written to who is made up.
    """
    if context.mailer.can_send:
        raise Conflict(N_("A demonstration writes to nobody: leave PARLEY_SMTP unset."))
    now = context.clock().replace(second=0, microsecond=0)
    accounts = await context.store.read(people.find_accounts)
    if not accounts:
        await _fill(context, seed=seed, months=months, now=now, told=told)
    elif [one.name for one in accounts] != [ACCOUNT]:
        raise Conflict(N_("There are accounts in this database. A demonstration takes a new one (PARLEY_DATA)."))
    told(1.0)
    return await _sign_ins(context)


async def _fill(context: access.Context, *, seed: int, months: int, now: datetime, told: Told) -> None:
    begin = now - _A_MONTH * months
    company = await context.store.write(_hire, now=begin - timedelta(days=20))
    planned = await context.store.write(_plan, company, seed=f"{seed}", now=begin - timedelta(days=7), begin=begin)
    for month in range(months + 1):
        since = begin + _A_MONTH * month
        until = since + (_A_MONTH if month < months else _AHEAD)
        await context.store.write(
            play, planned, company.actors, since=since, until=until, now=now, seed=f"{seed} {month}"
        )
        told((month + 1) / (months + 2))
    await hold_recorded(context, company.actors, now=now)
    await context.store.write(_tour, company.actors, now=now)


def _hire(db: Connection, *, now: datetime) -> Company:
    """Create the account with its people, groups and licences."""
    first, *others = MEMBERS
    account, admin = people.create_account(db, ACCOUNT, administrator=_new(first), now=now)
    by = people.operator(account.id)
    limits = {Product.MEETING: 12, Product.WEBINAR: 3, Product.TRAINING: 3, Product.SUPPORT: 6}
    users = {first.name: admin}
    for member in others:
        users[member.name] = people.add_user(db, _new(member), by=by, now=now)
    people.set_limits(db, LimitsChange(products=dict(limits), sessions_at_once=20), by=by, now=now)
    groups: dict[str, int] = {}
    for name, (parent, description) in GROUPS.items():
        members = [users[one.name].id for one in MEMBERS if one.group == name]
        within = groups[parent] if parent else None
        group = people.create_group(db, name, description=description, parent=within, members=members, by=by, now=now)
        groups[name] = group.id
        if name in MANAGED:
            manages = [users[MANAGED[name]].id]
            people.set_managers(db, group.id, manages, version=group.version, by=by, now=now)
    actors = {one.name: Actor(caller=users[one.name].as_caller(), habits=one.habits) for one in MEMBERS}
    return Company(actors=actors, groups=groups)


def _new(member: Member) -> NewUser:
    hosts = member.role is not Role.MEMBER
    products = (Product.MEETING, Product.SUPPORT) if member.role is Role.AGENT else (Product.MEETING,)
    return NewUser(
        email=member.email,
        name=member.name,
        role=member.role,
        locale=member.locale,
        time_zone=member.time_zone,
        products=products if hosts else (),
    )


def _plan(db: Connection, company: Company, *, seed: str, now: datetime, begin: datetime) -> tuple[Planned, ...]:
    """Schedule everything that repeats, and invite people to it."""
    dice = Random(seed)  # noqa: S311 (a play, not a secret)
    return tuple(_series(db, series, company, now=now, begin=begin, dice=dice) for series in SERIES)


def _series(
    db: Connection, series: Series, company: Company, *, now: datetime, begin: datetime, dice: Random
) -> Planned:
    actors, starts_at = company.actors, datetime.combine(begin.date(), series.at)
    by = actors[series.organizer].caller
    new = meetings.NewMeeting(
        title=series.title,
        starts_at=starts_at.isoformat(),
        ends_at=(starts_at + timedelta(minutes=series.minutes)).isoformat(),
        time_zone=ZONE,
        co_organizers=tuple(str(actors[name].caller.person) for name in series.co_organizers),
        recurrence=series.rule,
    )
    meeting = meetings.schedule(db, new, password_hash=None, by=by, now=now)
    wanted = [_wanted(name, company, required=name in series.required) for name in (*series.required, *series.people)]
    if series.group is not None:
        wanted.append(meetings.Wanted(group=str(company.groups[series.group])))
    invited = send(db, meeting, wanted, by=by, now=now, dice=dice)
    if series.title in TEMPLATES:
        template = meetings.NewTemplate(meeting=str(meeting.id), name=series.title, shared=True)
        meetings.save_as_template(db, template, by=by, now=now)
    return Planned(meeting=meeting.id, series=series, expected=(series.organizer, *series.co_organizers, *invited))


def _wanted(name: str, company: Company, *, required: bool) -> meetings.Wanted:
    return meetings.Wanted(person=str(company.actors[name].caller.person), required=required)


def _tour(db: Connection, actors: Mapping[str, Actor], *, now: datetime) -> None:
    """Plan a meeting that whoever looks around can start at once."""
    soon = now + timedelta(minutes=15 - now.minute % 15)
    new = meetings.NewMeeting(
        title=TOUR,
        starts_at=soon.isoformat(),
        ends_at=(soon + timedelta(minutes=30)).isoformat(),
        time_zone=ZONE,
        co_organizers=tuple(str(actors[name].caller.person) for name in SHOWN_AS[1:3]),
    )
    meetings.schedule(db, new, password_hash=None, by=actors[SHOWN_AS[0]].caller, now=now)


async def _sign_ins(context: access.Context) -> tuple[SignIn, ...]:
    """Give those who are shown a new password each, which is told once."""
    found = [await context.store.read(people.user_by_email, one.email) for one in MEMBERS if one.name in SHOWN_AS]
    return tuple([await _sign_in(context, user) for user in found if user is not None])


async def _sign_in(context: access.Context, user: User) -> SignIn:
    password = secrets.token_urlsafe(12)
    await access.set_password(context, user, password, by=people.operator(user.account))
    return SignIn(email=user.email, name=user.name, role=user.role, password=password)
