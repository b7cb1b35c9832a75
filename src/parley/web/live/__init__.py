"""The join page and the room in the browser."""

from parley.web.live import answer, check, pages

routes = [*pages.routes, *answer.routes, *check.routes]

__all__ = ["routes"]
