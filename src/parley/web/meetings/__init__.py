"""Pages of meetings: list, make, look, change, start, end, cancel."""

from parley.web.meetings import calendar, invitations, links_file, occurrences, pages, planning, post, reply, templates

routes = [
    *calendar.routes,
    *invitations.routes,
    *links_file.routes,
    *pages.routes,
    *planning.routes,
    *occurrences.routes,
    *post.routes,
    *reply.routes,
    *templates.routes,
]

__all__ = ["routes"]
