"""Administration of mail: whether it goes out and answers come back, and when people are reminded."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from parley.access import Context, needs
from parley.ground.faults import Invalid
from parley.ground.words import N_, translate
from parley.notices import Reminder, find_exchange, find_reminder, set_reminder
from parley.people import Caller
from parley.web.shell import Form, Note, Page, go

_USUAL_MINUTES = (5, 10, 15, 30, 60, 120, 24 * 60)
_HOUR = 60
_NEVER = "never"


@get("/administration/mail", opt=needs("people:write"))
async def mail_page(caller: NamedDependency[Caller], context: NamedDependency[Context]) -> Template:
    """Show what is set up, and the reminder to change it."""
    return await _mail(None, caller=caller, context=context)


@post("/administration/mail", opt=needs("people:write"))
async def change(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Choose when people are reminded."""
    form = await Form.sent(request)
    chosen = form.text("minutes_before")
    wanted = Reminder(minutes_before=None if chosen == _NEVER else form.number("minutes_before"))
    try:
        await context.store.write(set_reminder, wanted, by=caller, now=context.clock())
    except Invalid as fault:
        return await _mail(form.refused(fault), caller=caller, context=context)
    return go("/administration/mail", Note(message=N_("Saved.")))


async def _mail(form: Form | None, *, caller: Caller, context: Context) -> Template:
    minutes = (await context.store.read(find_reminder, by=caller)).minutes_before
    exchange = await context.store.read(find_exchange, mailbox=context.settings.imap, by=caller)
    shown = form or Form.of(minutes_before=_NEVER if minutes is None else minutes)
    choices = sorted({*_USUAL_MINUTES, minutes or _USUAL_MINUTES[0]})
    return Page(
        "administration/mail.html",
        status=shown.status,
        form=shown,
        choices=[(_NEVER, N_("Never")), *((str(one), _before(one, caller.locale)) for one in choices)],
        can_send=context.mailer.can_send,
        sender=context.settings.mail_from,
        exchange=exchange,
        reads_answers=context.settings.imap is not None,
    )


def _before(minutes: int, language: str) -> str:
    """Return `15 minutes before`, in hours where they are whole."""
    if minutes % _HOUR:
        return translate(language, N_("%(minutes)s minutes before"), {"minutes": minutes})
    hours = minutes // _HOUR
    if hours == 1:
        return translate(language, N_("An hour before"))
    return translate(language, N_("%(hours)s hours before"), {"hours": hours})


routes = [mail_page, change]
