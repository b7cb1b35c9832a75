"""The board: what runs just now, pushed as it changes."""

from parley.web.board.pages import routes

__all__ = ["routes"]
