"""The history: what took place, who was there, from when to when, and what was written."""

from parley.web.history import attendance, exports, pages, share

routes = [*pages.routes, *attendance.routes, *exports.routes, *share.routes]

__all__ = ["routes"]
