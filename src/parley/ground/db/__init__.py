"""The database: two doors through which every verb runs, on SQLite or PostgreSQL."""

from sqlalchemy import Connection

from parley.ground.db.prepared import Prepared
from parley.ground.db.spans import seconds_between
from parley.ground.db.store import STOPPING, Store, fact_types
from parley.ground.db.tables import metadata
from parley.ground.db.types import Id, Instant, Json
from parley.ground.db.upgrade import closing_engine, is_current, migrate, newest_revision, revision
from parley.ground.db.url import DatabaseUrl, open_store

__all__ = [
    "STOPPING",
    "Connection",
    "DatabaseUrl",
    "Id",
    "Instant",
    "Json",
    "Prepared",
    "Store",
    "closing_engine",
    "fact_types",
    "is_current",
    "metadata",
    "migrate",
    "newest_revision",
    "open_store",
    "revision",
    "seconds_between",
]
