"""What a page says when something went wrong, and how to go on from there."""

from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import quote

from litestar import Request, Response
from litestar.response import Redirect
from litestar.status_codes import (
    HTTP_303_SEE_OTHER,
    HTTP_401_UNAUTHORIZED,
    HTTP_403_FORBIDDEN,
    HTTP_404_NOT_FOUND,
    HTTP_500_INTERNAL_SERVER_ERROR,
    HTTP_503_SERVICE_UNAVAILABLE,
)

from parley.ground.words import N_, say
from parley.web.shell.page import Page, is_part
from parley.web.shell.reader import language_of

_SYMBOLS = {HTTP_403_FORBIDDEN: "lock", HTTP_404_NOT_FOUND: "search", HTTP_503_SERVICE_UNAVAILABLE: "cloud-slash"}

_NOT_OUR_FORM = "CSRF token verification failed"
"""How the framework says that a form came without its proof, which dies with the cookie that it belongs to."""

_OLD_FORM = N_("This page was open for too long. Please go back, load it anew and send it again.")


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
    if problem.status == HTTP_401_UNAUTHORIZED:
        return _to_sign_in(request)
    detail = problem.detail
    stale = detail == _NOT_OUR_FORM
    page = Page(
        "shell/trouble.html",
        status=problem.status,
        title=problem.title,
        detail=say(language_of(request), _OLD_FORM) if stale else detail,
        symbol=_SYMBOLS.get(problem.status, "exclamation-triangle"),
        wait=timedelta(seconds=problem.retry_after) if problem.retry_after else None,
        again=_address(request) if _passes(problem.status) and request.method == "GET" else None,
        headers={"retry-after": str(problem.retry_after)} if problem.retry_after else None,
    )
    if stale and request.app.csrf_config is not None:
        page.delete_cookie(request.app.csrf_config.cookie_name)
    return page


def _to_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    back = _address(request) if request.method == "GET" and not is_part(request) else "/"
    path = "/signin" if back == "/" else f"/signin?next={quote(back, safe='/')}"
    if is_part(request):
        return Response(None, status_code=HTTP_401_UNAUTHORIZED, headers={"hx-redirect": path})
    return Redirect(path, status_code=HTTP_303_SEE_OTHER)


def _address(request: Request[Any, Any, Any]) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _passes(status: int) -> bool:
    """Tell whether trying again may well help."""
    return status >= HTTP_500_INTERNAL_SERVER_ERROR
