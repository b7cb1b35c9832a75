"""The API of templates."""

from datetime import datetime

import msgspec
from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.meetings.template import Template
from parley.meetings.templates import NewTemplate, TemplateChange
from parley.people import Caller


class GuestView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom a template invites, as an invitation takes it."""

    person: str | None
    email: str | None
    name: str | None
    required: bool


class TemplateView(msgspec.Struct, frozen=True, kw_only=True):
    """A template: all that a new meeting takes, but for its day. `start` is what the clock shows in `time_zone`."""

    id: str
    name: str
    person: str
    shared: bool
    title: str
    start: str
    seconds: int
    time_zone: str
    recurrence: str | None
    co_organizers: list[str]
    invited: list[GuestView]
    created_at: datetime

    @classmethod
    def of(cls, template: Template) -> "TemplateView":
        """Show a template."""
        content = template.content
        return cls(
            id=ids.text(template.id),
            name=template.name,
            person=ids.text(template.person),
            shared=template.shared,
            title=content.title,
            start=f"{content.start:%H:%M}",
            seconds=content.seconds,
            time_zone=content.time_zone,
            recurrence=content.recurrence,
            co_organizers=[ids.text(person) for person in content.co_organizers],
            invited=[
                GuestView(
                    person=None if one.person is None else ids.text(one.person),
                    email=one.email,
                    name=one.name,
                    required=one.required,
                )
                for one in content.invited
            ],
            created_at=template.created_at,
        )


class TemplatesView(msgspec.Struct, frozen=True, kw_only=True):
    """All templates that somebody may use, by name."""

    items: list[TemplateView]


@get("/api/v1/meeting-templates", opt=needs("meetings:read"), tags=["meetings"])
async def list_templates(context: NamedDependency[Context], caller: NamedDependency[Caller]) -> TemplatesView:
    """List the templates that you may use: your own, and those that are shared."""
    found = await context.store.read(meetings.find_templates, by=caller)
    return TemplatesView(items=[TemplateView.of(template) for template in found])


@post("/api/v1/meeting-templates", opt=needs("meetings:write"), tags=["meetings"])
async def save_template(
    context: NamedDependency[Context], caller: NamedDependency[Caller], data: JSONBody[NewTemplate]
) -> TemplateView:
    """Save a meeting as a template: its title, times of day, rule, and people, and never its password."""
    saved = await context.store.write(meetings.save_as_template, data, by=caller, now=context.clock())
    return TemplateView.of(saved)


@get("/api/v1/meeting-templates/{template:str}", opt=needs("meetings:read"), tags=["meetings"])
async def show_template(
    context: NamedDependency[Context], caller: NamedDependency[Caller], template: FromPath[str]
) -> TemplateView:
    """Show a template."""
    return TemplateView.of(await context.store.read(meetings.find_template, ids.parse(template), by=caller))


@patch("/api/v1/meeting-templates/{template:str}", opt=needs("meetings:write"), tags=["meetings"])
async def change_template(
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    template: FromPath[str],
    data: JSONBody[TemplateChange],
) -> TemplateView:
    """Rename or share a template."""
    changed = await context.store.write(
        meetings.change_template, ids.parse(template), data, by=caller, now=context.clock()
    )
    return TemplateView.of(changed)


@delete("/api/v1/meeting-templates/{template:str}", opt=needs("meetings:write"), tags=["meetings"])
async def delete_template(
    context: NamedDependency[Context], caller: NamedDependency[Caller], template: FromPath[str]
) -> None:
    """Delete a template; meetings that were made from it stay as they are."""
    await context.store.write(meetings.delete_template, ids.parse(template), by=caller, now=context.clock())


routes = [list_templates, save_template, show_template, change_template, delete_template]
