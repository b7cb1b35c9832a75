"""The join page and the room in the browser."""

from parley.web.live.pages import routes

__all__ = ["routes"]
