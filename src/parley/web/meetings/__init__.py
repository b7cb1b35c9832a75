"""Pages of meetings: list, make, look, change, start, end, cancel."""

from parley.web.meetings import calendar, occurrences, pages, planning, post

routes = [*calendar.routes, *pages.routes, *planning.routes, *occurrences.routes, *post.routes]

__all__ = ["routes"]
