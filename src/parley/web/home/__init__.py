"""Home: what is live, what is next, what was lately."""

from parley.web.home.pages import routes

__all__ = ["routes"]
