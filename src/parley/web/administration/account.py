"""Administration of the account itself: what the organization is called, and who waits before its meetings."""

from datetime import datetime
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from parley.access import Context, needs
from parley.ground.db import Connection, Store
from parley.ground.faults import Invalid
from parley.ground.words import N_
from parley.people import Caller, Lobby, find_account, rename_account, set_lobby
from parley.web.shell import Form, Note, Page, go


@get("/administration/account", opt=needs("people:write"))
async def account_page(caller: NamedDependency[Caller], store: NamedDependency[Store]) -> Template:
    """Show the name and the waiting room to change them."""
    account = await store.read(find_account, caller.account)
    return _account(Form.of(account=account.name, lobby=account.lobby))


@post("/administration/account", opt=needs("people:write"))
async def save(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], context: NamedDependency[Context]
) -> Template | Redirect:
    """Give the account another name, and say who waits."""
    form = await Form.sent(request)
    try:
        await context.store.write(_change, form, by=caller, now=context.clock())
    except Invalid as fault:
        return _account(form.refused(fault))
    return go("/administration/account", Note(message=N_("Saved.")))


def _change(db: Connection, form: Form, *, by: Caller, now: datetime) -> None:
    rename_account(db, form.text("account"), by=by, now=now)
    if form.text("lobby") in {lobby.value for lobby in Lobby}:
        set_lobby(db, Lobby(form.text("lobby")), by=by, now=now)


def _account(form: Form) -> Template:
    return Page("administration/account.html", status=form.status, form=form)


routes = [account_page, save]
