"""The history: what took place, who was there, from when to when, and what was written."""

from parley.web.history.pages import routes

__all__ = ["routes"]
