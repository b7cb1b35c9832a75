"""Administration of the rules on attendance: what is long enough, and what is late."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template
from msgspec.structs import asdict

from parley.access import Context, needs
from parley.ground.db import Store
from parley.ground.faults import FieldError, Invalid
from parley.ground.words import N_
from parley.people import AttendanceRulesChange, Caller, find_attendance_rules, set_attendance_rules
from parley.web.shell import Form, Note, Page, go

_FIELDS = ("long_enough_percent", "late_after_minutes")
_MOST_DIGITS = 3


@get("/administration/attendance", opt=needs("people:write"))
async def rules_page(caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """Show the rules to change them."""
    return _page(Form.of(**asdict(await store.read(find_attendance_rules, by=caller))))


@post("/administration/attendance", opt=needs("people:write"))
async def change(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Set the rules."""
    form = await Form.sent(request)
    try:
        await context.store.write(set_attendance_rules, _change(form), by=caller, now=context.clock())
    except Invalid as fault:
        return _page(form.refused(fault))
    return go("/administration/attendance", Note(message=N_("Saved.")))


def _change(form: Form) -> AttendanceRulesChange:
    """Return what was typed; raises Invalid with every field that is no number."""
    typed = {name: form.text(name) for name in _FIELDS}
    wrong = [
        name for name, text in typed.items() if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS)
    ]
    if wrong:
        raise Invalid(*(FieldError(name, N_("Write a number.")) for name in wrong))
    return AttendanceRulesChange(**{name: int(text) for name, text in typed.items()})


def _page(form: Form) -> Template:
    return Page("administration/attendance.html", status=form.status, form=form)


routes = [rules_page, change]
