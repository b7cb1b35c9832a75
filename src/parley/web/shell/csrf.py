"""Against forged requests: what a page sends must come from one of ours, with the token that it was given."""

from typing import Any

from litestar import Request
from litestar.config.csrf import CSRFConfig
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from markupsafe import Markup

from parley.ground.origins import is_foreign
from parley.settings import Settings

TOKEN_COOKIE = "parley_csrf"  # noqa: S105 (a name)
NO_PROOF = "CSRF token verification failed"
"""How the framework says that a form came without its proof, which dies with the cookie that it belongs to."""

FOREIGN = "Sent by another site's page"


_WITHOUT_COOKIES = ("/api/", "/live/", "/healthz", "/readyz", "/metrics", "/static/")


class Unforged(CSRFMiddleware):
    """The framework's signed double-submit cookie, and before it what browsers say of where a request comes from.

    The cookie alone does not do: a neighbor (another port, another name in the same domain) can set it.
    """

    def __init__(self, app: ASGIApp, config: CSRFConfig, url: str) -> None:
        super().__init__(app, config)
        self._url = url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let pass what is not forged."""
        if scope["type"] != ScopeType.HTTP or scope["path"].startswith(_WITHOUT_COOKIES):
            await self.app(scope, receive, send)
            return
        if scope["method"] not in self.config.safe_methods and is_foreign(dict(scope["headers"]), url=self._url):
            raise PermissionDeniedException(FOREIGN)
        await super().__call__(scope, receive, send)

    def _decode_csrf_token(self, token: str) -> str | None:
        """Return the secret in a token of ours; others may have letters that cannot be compared."""
        return super()._decode_csrf_token(token) if token.isascii() else None


def proof_of(request: Request[Any, Any, Any]) -> Markup:
    """Return the hidden field of a form on a page that the middleware did not see: of an address without a route."""
    field = Markup('<input type="hidden" name="_csrf_token" value="{}">')
    return field.format(request.cookies.get(TOKEN_COOKIE, ""))


def csrf_protection(secret: str, settings: Settings) -> DefineMiddleware:
    """Return the middleware that stands before every page."""
    config = CSRFConfig(secret=secret, cookie_name=TOKEN_COOKIE, cookie_httponly=True, cookie_secure=settings.secure)
    return DefineMiddleware(Unforged, config=config, url=settings.url)
