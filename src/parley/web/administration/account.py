"""Administration of the account itself: what the organization is called."""

from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from parley.access import Context, needs
from parley.ground.faults import Invalid
from parley.ground.words import N_
from parley.people import Caller, rename_account
from parley.web.shell import Form, Note, Page, go


@get("/administration/account", opt=needs("people:write"), sync_to_thread=False)
def account_page(caller: NamedDependency[Caller]) -> Template:
    """Show the name to change it."""
    return _account(Form.of(account=caller.organization))


@post("/administration/account", opt=needs("people:write"))
async def rename(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Give the account another name."""
    form = await Form.sent(request)
    try:
        await context.store.write(rename_account, form.text("account"), by=caller, now=context.clock())
    except Invalid as fault:
        return _account(form.refused(fault))
    return go("/administration/account", Note(message=N_("Saved.")))


def _account(form: Form) -> Template:
    return Page("administration/account.html", status=form.status, form=form)


routes = [account_page, rename]
