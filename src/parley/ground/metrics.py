"""Figures about the running server, in Prometheus's text format at `/metrics`."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

__all__ = ["CONTENT_TYPE_LATEST", "Counter", "Gauge", "Histogram", "page", "registry"]

registry = CollectorRegistry()
"""Where every slice registers its figures: `Counter("parley_…", "…", registry=registry)`."""


def page() -> bytes:
    """Return all figures as the scraper reads them."""
    return generate_latest(registry)
