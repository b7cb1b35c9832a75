"""The join page and the room in the browser."""

from parley.web.live import answer, pages

routes = [*pages.routes, *answer.routes]

__all__ = ["routes"]
