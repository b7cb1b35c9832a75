"""What a page says when something went wrong, and how to go on from there."""

from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import quote

from litestar import Litestar, MediaType, Request, Response
from litestar.response import Redirect
from litestar.response.base import ASGIResponse
from litestar.status_codes import (
    HTTP_303_SEE_OTHER,
    HTTP_401_UNAUTHORIZED,
    HTTP_403_FORBIDDEN,
    HTTP_404_NOT_FOUND,
    HTTP_405_METHOD_NOT_ALLOWED,
    HTTP_500_INTERNAL_SERVER_ERROR,
    HTTP_503_SERVICE_UNAVAILABLE,
)
from litestar.types import Receive, Scope, Send

from parley.ground.words import N_, translate
from parley.web.shell.csrf import FOREIGN, NO_PROOF, TOKEN_COOKIE
from parley.web.shell.page import Page, is_part
from parley.web.shell.reader import language_of

_SYMBOLS = {
    HTTP_401_UNAUTHORIZED: "door-closed",
    HTTP_403_FORBIDDEN: "lock",
    HTTP_404_NOT_FOUND: "search",
    HTTP_503_SERVICE_UNAVAILABLE: "cloud-slash",
}

_LOAD_ANEW = N_("This page was open for too long. Please go back, load it anew and send it again.")

_FRAMEWORKS_WORDS = {
    NO_PROOF: _LOAD_ANEW,
    FOREIGN: _LOAD_ANEW,
    "Not Found": N_("There is no page at this address."),
    "Method Not Allowed": N_("That cannot be done at this address."),
    "Request Entity Too Large": N_("That is more than fits into a form."),
}
"""What the framework says in English only, and what we say."""

_SIGNED_OUT = N_(
    "You are signed out. Sign in in another tab, then load this page again: what you typed is sent once more."
)
_SENT_AGAIN = N_("Nothing is lost: load this page again, and what you typed is sent once more.")


_OF_NO_ROUTE = (HTTP_404_NOT_FOUND, HTTP_405_METHOD_NOT_ALLOWED)
_SHORTEST_WAIT = timedelta(minutes=1)


class Problem(Protocol):
    """What is known of what went wrong, in the reader's words."""

    @property
    def status(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def retry_after(self) -> int | None: ...


def fault_page(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    """Return the page of a problem; who is not signed in is sent to do that first, and then back."""
    if problem.status in _OF_NO_ROUTE and "user" not in {*request.scope}:
        return _Anywhere(problem)
    return _page(request, problem)


class _Anywhere(Response[Any]):
    """The page of a problem at an address without a route, where nobody has found out yet who asks."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(None, status_code=problem.status)
        self._problem = problem

    def to_asgi_response(self, app: Litestar | None, request: Request[Any, Any, Any], **named: Any) -> ASGIResponse:  # noqa: ANN401, ARG002 (passed through)
        """Answer once that is known."""
        return _Recognizing(request, self._problem)


class _Recognizing(ASGIResponse):
    def __init__(self, request: Request[Any, Any, Any], problem: Problem) -> None:
        super().__init__(status_code=problem.status)
        self._request, self._problem = request, problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._request.app.state["gate"].recognize(scope)
        page = _page(self._request, self._problem).to_asgi_response(None, self._request)
        await page(scope, receive, send)


def _page(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    signed_out = problem.status == HTTP_401_UNAUTHORIZED
    if is_part(request):
        headers = {"hx-redirect": "/signin"} if signed_out else {"hx-reswap": "none"}
        return Response("", status_code=problem.status, media_type=MediaType.HTML, headers=headers)
    if signed_out and request.method == "GET":
        return _to_sign_in(request)
    page = Page(
        "shell/error.html",
        status=problem.status,
        title=problem.title,
        detail=translate(language_of(request), _FRAMEWORKS_WORDS.get(problem.detail, problem.detail)),
        hint=_hint(request, problem),
        symbol=_SYMBOLS.get(problem.status, "exclamation-triangle"),
        wait=max(timedelta(seconds=problem.retry_after), _SHORTEST_WAIT) if problem.retry_after else None,
        again=_address(request) if _passes(problem.status) and request.method == "GET" else None,
        signed_out=signed_out,
        headers={"retry-after": str(problem.retry_after)} if problem.retry_after else None,
    )
    if problem.detail == NO_PROOF:
        page.delete_cookie(TOKEN_COOKIE)
    return page


def _hint(request: Request[Any, Any, Any], problem: Problem) -> str | None:
    """Say how a form that was sent in vain is not lost."""
    if request.method == "GET":
        return None
    if problem.status == HTTP_401_UNAUTHORIZED:
        return translate(language_of(request), _SIGNED_OUT)
    return translate(language_of(request), _SENT_AGAIN) if _passes(problem.status) else None


def _to_sign_in(request: Request[Any, Any, Any]) -> Redirect:
    back = _address(request)
    path = "/signin" if back == "/" else f"/signin?next={quote(back, safe='/')}"
    return Redirect(path, status_code=HTTP_303_SEE_OTHER)


def _address(request: Request[Any, Any, Any]) -> str:
    query = request.scope["query_string"].decode("latin-1")
    return request.scope["path"] + (f"?{query}" if query else "")


def _passes(status: int) -> bool:
    """Tell whether trying again may well help."""
    return status >= HTTP_500_INTERNAL_SERVER_ERROR
