"""The history: what took place, who was there, from when to when, and what was written."""

from parley.web.history import attendance, exports, pages

routes = [*pages.routes, *attendance.routes, *exports.routes]

__all__ = ["routes"]
