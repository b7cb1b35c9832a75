"""Pages for those who are not signed in yet, and the way out."""

from parley.web.access import pages, reset

routes = [*pages.routes, *reset.routes]

__all__ = ["routes"]
