"""Parley: a self-hosted hub for live sessions, with one record of them in your own database."""

__version__ = "0.1.0"
