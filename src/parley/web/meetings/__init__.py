"""Pages of meetings: list, make, look, change, start, end, cancel."""

from parley.web.meetings import calendar, occurrences, pages, planning

routes = [*calendar.routes, *pages.routes, *planning.routes, *occurrences.routes]

__all__ = ["routes"]
