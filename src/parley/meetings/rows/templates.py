"""The table of templates, and all SQL on it."""

from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from parley.ground.db import Id, Instant, Json, metadata
from parley.meetings.template import Content, Template
from parley.people import Caller

templates = Table(
    "meeting_templates",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the template, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose template it is"),
    Column("person", Id, ForeignKey("users.id"), nullable=False, comment="The user whose template it is"),
    Column("name", Text, nullable=False, comment="What it is called"),
    Column("shared", Boolean, nullable=False, comment="Whether everybody of the account may use it"),
    Column(
        "content",
        Json,
        nullable=False,
        comment="What a meeting made from it begins with: title, day, start on the wall, seconds, time zone, rule, "
        "co-organizers, invited",
    ),
    Column("created_at", Instant, nullable=False, comment="When it was saved (UTC)"),
    Index("ix_meeting_templates_account_person", "account", "person"),
    comment="What meetings are made from: one row for each template",
)


def add_template(db: Connection, template: Template) -> None:
    """Write down a new template."""
    row = {name: getattr(template, name) for name in Template.__struct_fields__}
    db.execute(insert(templates), row | {"content": msgspec.to_builtins(template.content)})


def save_template(db: Connection, template: Template) -> None:
    """Write down what it is called now, and whether it is shared."""
    changed = {"name": template.name, "shared": template.shared}
    db.execute(update(templates).where(templates.c.id == template.id).values(changed))


def remove_template(db: Connection, template: int) -> None:
    """Forget a template."""
    db.execute(delete(templates).where(templates.c.id == template))


def templates_of(db: Connection, person: int) -> int:
    """Return how many templates somebody has."""
    counted = select(func.count()).select_from(templates).where(templates.c.person == person)
    return int(db.execute(counted).scalar_one())


def templates_seen_by(db: Connection, by: Caller) -> list[Template]:
    """Return the templates that `by` may use, by name."""
    return [_template(row) for row in db.execute(_seen_by(by).order_by(func.lower(templates.c.name), templates.c.id))]


def template_seen_by(db: Connection, by: Caller, template: int) -> Template | None:
    """Return a template that `by` may use, or may change."""
    row = db.execute(_seen_by(by).where(templates.c.id == template)).one_or_none()
    return None if row is None else _template(row)


def _seen_by(by: Caller) -> Select[Any]:
    usable = or_(templates.c.shared, templates.c.person == by.person)
    return select(templates).where(templates.c.account == by.account, usable)


def _template(row: Any) -> Template:  # noqa: ANN401 (a row of the table)
    number, account, person, name, shared, content, created_at = row
    return Template(
        id=number,
        account=account,
        person=person,
        name=name,
        shared=shared,
        content=msgspec.convert(content, Content),
        created_at=created_at,
    )
