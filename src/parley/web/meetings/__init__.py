"""Pages of meetings: list, make, look, change, start, end, cancel."""

from parley.web.meetings import pages, planning

routes = [*pages.routes, *planning.routes]

__all__ = ["routes"]
