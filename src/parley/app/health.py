"""Whether it runs, whether it can serve, and its figures."""

from litestar import MediaType, Response, get
from litestar.di import NamedDependency

from parley import __version__
from parley.app.readiness import Readiness
from parley.ground import metrics
from parley.people import PUBLIC, needs


@get("/healthz", media_type=MediaType.TEXT, opt=PUBLIC, include_in_schema=False)
async def healthz() -> str:
    """Answer `ok` as long as the process runs."""
    return "ok"


@get("/readyz", opt=PUBLIC, include_in_schema=False)
async def readyz(readiness: NamedDependency[Readiness]) -> dict[str, str]:
    """Answer 200 when requests can be served, 503 with the reason when not."""
    await readiness.check()
    return {"status": "ready", "version": __version__}


@get("/metrics", opt=needs("metrics:read"), include_in_schema=False)
async def figures() -> Response[bytes]:
    """Answer Prometheus's text format; takes a bearer token with `metrics:read`."""
    return Response(metrics.page(), media_type=metrics.CONTENT_TYPE_LATEST)


routes = [healthz, readyz, figures]
