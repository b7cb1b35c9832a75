"""A page: a template, who reads it, and the word that the last page left for them."""

from typing import Any

import msgspec
from litestar import Litestar, Request
from litestar.response import Redirect, Template
from litestar.response.base import ASGIResponse
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER
from litestar.template.base import csrf_token

from parley.web.shell import flash, once
from parley.web.shell.csrf import proof_of
from parley.web.shell.reader import reader_of


class Page(Template):
    """A template filled with values; `reader`, `here` and `note` are there in every one."""

    def __init__(
        self,
        template: str,
        /,
        *,
        status: int = HTTP_200_OK,
        headers: dict[str, str] | None = None,
        **values: Any,  # noqa: ANN401 (whatever the template shows)
    ) -> None:
        super().__init__(template, context=values, status_code=status, headers=headers)

    def create_template_context(self, request: Request[Any, Any, Any]) -> dict[str, Any]:
        """Add what every template is given."""
        given = super().create_template_context(request)
        return {
            **given,
            "csrf_input": given["csrf_input"] if csrf_token(given) else proof_of(request),
            "reader": reader_of(request),
            "here": request.scope["path"],
            "note": flash.read(request.cookies.get(flash.COOKIE), ring=request.app.state["ring"]),
        }

    def to_asgi_response(self, app: Litestar | None, request: Request[Any, Any, Any], **named: Any) -> ASGIResponse:  # noqa: ANN401 (passed through)
        """Render the page; what the last one left for it is then said."""
        if flash.COOKIE in request.cookies and not is_part(request):
            self.delete_cookie(flash.COOKIE)
        if once.SHOWN in request.scope["state"]:
            self.delete_cookie(once.COOKIE, path=request.scope["path"])
        return super().to_asgi_response(app, request, **named)


class Onward(Redirect):
    """The way on after a form was done, with a word about what was done, and with what is shown there once."""

    def __init__(self, path: str, note: flash.Note | None, shown: msgspec.Struct | None) -> None:
        super().__init__(path, status_code=HTTP_303_SEE_OTHER)
        self._path, self._note, self._shown = path, note, shown

    def to_asgi_response(self, app: Litestar | None, request: Request[Any, Any, Any], **named: Any) -> ASGIResponse:  # noqa: ANN401 (passed through)
        """Leave both in cookies."""
        if self._note is not None:
            state = request.app.state
            self.set_cookie(flash.cookie(self._note, ring=state["ring"], secure=state["settings"].secure))
        if self._shown is not None:
            self.set_cookie(once.cookie(self._shown, request, path=self._path))
        return super().to_asgi_response(app, request, **named)


def is_part(request: Request[Any, Any, Any]) -> bool:
    """Tell whether a script asks for a part of a page."""
    return request.headers.get("hx-request") == "true"


def go(path: str, note: flash.Note | None = None, *, shown: msgspec.Struct | None = None) -> Redirect:
    """Send the browser on after a form was done; `shown` is read by the page there, once (`left`)."""
    return Onward(path, note, shown)


def inside(path: str, *, otherwise: str = "/") -> str:
    """Return the path when it leads to a page of this server, and not elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain else otherwise
