"""The application: routes, guards, answers to faults, readiness, and the server that carries it."""

from parley.app.wiring import create_app

__all__ = ["create_app"]
