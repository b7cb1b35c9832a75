"""Pages of templates: saving a meeting as one, and the list of those from which a meeting can be made."""

from datetime import datetime
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from parley import meetings
from parley.access import Context, needs
from parley.calendar import parsed, rule_words
from parley.ground import ids
from parley.ground.db import Connection, Store
from parley.ground.faults import Invalid, OverLimit
from parley.ground.words import N_
from parley.meetings import NewTemplate, TemplateChange
from parley.people import Caller, User, users_named
from parley.web.shell import Form, Note, Page, go

_PATH = "/meetings/templates"


@get(_PATH, opt=needs("meetings:write"))
async def templates_page(caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """List what meetings can be made from."""
    found, owners = await store.read(_listed, by=caller)
    return Page("meetings/templates.html", templates=found, owners=owners, rule=_rule(caller.locale))


@post("/meetings/{meeting:str}/template", opt=needs("meetings:write"))
async def save(
    request: Request[Any, Any, Any],
    meeting: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Redirect:
    """Save a meeting as a template; without a name it is called like the meeting."""
    form = await Form.sent(request)
    found = await context.store.read(meetings.meeting_seen_by, ids.parse(meeting), by=caller)
    new = NewTemplate(meeting=meeting, name=form.text("name") or found.title[:100], shared=form.has("shared"))
    try:
        await context.store.write(meetings.save_as_template, new, by=caller, now=context.clock())
    except Invalid as fault:
        return go(f"/meetings/{meeting}", _why(fault.errors[0].message, fault.errors[0].parameters))
    except OverLimit as fault:
        return go(f"/meetings/{meeting}", _why(fault.message, fault.parameters))
    return go(_PATH, Note(message=N_("Saved. Meetings can be made from it.")))


@post(f"{_PATH}/{{template:str}}/share", opt=needs("meetings:write"))
async def share(
    request: Request[Any, Any, Any],
    template: FromPath[str],
    caller: NamedDependency[Caller],
    context: NamedDependency[Context],
) -> Redirect:
    """Share a template with everybody who plans meetings, or keep it to oneself again."""
    shared = (await Form.sent(request)).has("shared")
    change = TemplateChange(shared=shared)
    await context.store.write(meetings.change_template, ids.parse(template), change, by=caller, now=context.clock())
    word = N_("Everybody who plans meetings may use it.") if shared else N_("Only you may use it.")
    return go(_PATH, Note(message=word))


@post(f"{_PATH}/{{template:str}}/delete", opt=needs("meetings:write"))
async def delete(
    template: FromPath[str], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Redirect:
    """Delete a template."""
    await context.store.write(meetings.delete_template, ids.parse(template), by=caller, now=context.clock())
    return go(_PATH, Note(message=N_("The template is deleted.")))


def _listed(db: Connection, *, by: Caller) -> tuple[tuple[meetings.Template, ...], dict[int, User]]:
    found = meetings.find_templates(db, by=by)
    return found, dict(users_named(db, {template.person for template in found}, account=by.account))


def _rule(language: str) -> Any:  # noqa: ANN401 (a function for the template)
    """Return what says how a template repeats."""

    def words(template: meetings.Template) -> str:
        content = template.content
        if content.recurrence is None:
            return ""
        first = datetime.combine(content.day, content.start)
        return rule_words(parsed(content.recurrence), first=first, language=language)

    return words


def _why(message: str, parameters: Any) -> Note:  # noqa: ANN401 (of a fault)
    return Note(message=message, parameters={name: str(value) for name, value in parameters.items()}, kind="warn")


routes = [templates_page, save, share, delete]
