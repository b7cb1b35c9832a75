"""The cookie of a signed-in browser."""

from litestar.datastructures import Cookie

from parley.settings import Settings

COOKIE = "parley_session"


def session_cookie(secret: str, settings: Settings) -> Cookie:
    """Return the cookie that carries a browser session: for this server's pages only, unseen by scripts."""
    return _cookie(secret, max_age=int(settings.signin_longest.total_seconds()), settings=settings)


def no_cookie(settings: Settings) -> Cookie:
    """Return what makes the browser forget its cookie."""
    return _cookie("", max_age=0, settings=settings)


def _cookie(value: str, *, max_age: int, settings: Settings) -> Cookie:
    return Cookie(
        key=COOKIE, value=value, max_age=max_age, path="/", httponly=True, samesite="lax", secure=settings.secure
    )
