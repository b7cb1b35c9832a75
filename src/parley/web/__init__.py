"""The pages: what people see and press, over the same verbs as the API."""

from parley.web import access, administration, board, history, home, live, me, meetings, recordings
from parley.web.shell import csrf_protection, fault_page, language_of, security_headers, template_config
from parley.web.shell.assets import asset

routes = [
    asset,
    *access.routes,
    *administration.routes,
    *board.routes,
    *history.routes,
    *home.routes,
    *live.routes,
    *me.routes,
    *meetings.routes,
    *recordings.routes,
]

__all__ = ["csrf_protection", "fault_page", "language_of", "routes", "security_headers", "template_config"]
