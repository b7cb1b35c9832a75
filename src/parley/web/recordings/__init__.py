"""Recordings in the browser: the player, what belongs to it, and links to share it by."""

from parley.web.recordings.pages import routes as own_routes
from parley.web.recordings.watch import routes as shared_routes

routes = [*own_routes, *shared_routes]

__all__ = ["routes"]
