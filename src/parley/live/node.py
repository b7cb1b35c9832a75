"""This server process among others: a name that survives restarts, and a lease that says that it is alive."""

import os
import secrets
import socket
from datetime import datetime, timedelta
from pathlib import Path

from parley.ground.db import Connection
from parley.live import rows
from parley.sessions import reconcile

LEASE = timedelta(seconds=20)
"""How long a node that says nothing more is taken for alive."""

RENEW_EVERY = timedelta(seconds=5)
RECONCILE_EVERY = timedelta(seconds=30)
UNSEEN = timedelta(minutes=1)
"""A stay without a sign of life for this long is one that this node forgot; its own people beat every few seconds."""


def node_name(folder: Path) -> str:
    """Return the name of the node whose folder this is; made at the first start, then the same for ever."""
    file = folder / "node"
    folder.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".node.{secrets.token_hex(4)}")
    if not file.exists():
        fresh.write_text(f"{socket.gethostname()}-{secrets.token_hex(4)}\n", encoding="utf-8")
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="utf-8").strip()


def begin(db: Connection, node: str, *, publishers: int, now: datetime) -> int:
    """Take up the lease and close what this node left open when it stopped; return how many stays that were."""
    rows.save_node(db, node, publishers=publishers, started_at=now, alive_until=now + LEASE)
    return reconcile(db, node=node, now=now)


def renew(db: Connection, node: str, *, now: datetime) -> None:
    """Say that the node is alive."""
    rows.save_lease(db, node, alive_until=now + LEASE)


def reconcile_unseen(db: Connection, node: str, *, now: datetime) -> int:
    """Close stays that this node kept and lost sight of; return how many."""
    return reconcile(db, node=node, now=now, unseen_for=UNSEEN)


def lapse(db: Connection, node: str, *, now: datetime) -> None:
    """Give the lease back: the node stops, and others need not wait."""
    rows.save_lease(db, node, alive_until=now)
