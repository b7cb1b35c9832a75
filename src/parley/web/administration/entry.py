"""Administration by its bare address."""

from litestar import get
from litestar.response import Redirect

from parley.access import needs
from parley.web.shell import go


@get("/administration", opt=needs("people:write"), sync_to_thread=False)
def first_page() -> Redirect:
    """Go to the first of its pages."""
    return go("/administration/users")


routes = [first_page]
