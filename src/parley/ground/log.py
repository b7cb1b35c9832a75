"""Logs: structlog, as JSON for machines or lines for people, each with the id of its request."""

import logging
import sys
from typing import TYPE_CHECKING, Any, cast

_rich = sys.modules.get("rich")
sys.modules["rich"] = None  # type: ignore[assignment]  # structlog would import it for colored tracebacks: 60 ms
import structlog  # noqa: E402

del sys.modules["rich"]
if _rich is not None:
    sys.modules["rich"] = _rich

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET_FIELDS = frozenset({"password", "token", "secret", "seat", "cookie", "authorization", "set-cookie", "key"})
"""Fields that are never printed, whatever they hold."""

TALKATIVE = ("alembic", "uvicorn", "asyncio")
"""Libraries whose everyday remarks nobody needs; their warnings are logged."""

Logger = structlog.stdlib.BoundLogger


def get_logger(name: str = "parley") -> Logger:
    """Return a logger; `log.info("meeting started", meeting=7)`."""
    return cast("Logger", structlog.get_logger(name))


def set_up(*, json: bool, level: str) -> None:
    """Send everything that is logged, by Parley or by a library, to standard error in one form.

    Tracebacks are plain: one that shows variables would show passwords and tokens.
    """
    shared: list[Callable[..., Any]] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    last: list[Callable[..., Any]] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if json:
        last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        last += [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), pad_event_to=32, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def hide_secrets(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blot out fields whose names say that they are secret."""
    for field in event:
        if field.lower() in SECRET_FIELDS:
            event[field] = "(hidden)"
    return event
