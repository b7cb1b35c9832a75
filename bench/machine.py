"""The machine that measures: what it is, and which of its cores do what."""

import os
import platform
import sqlite3
from pathlib import Path


def facts() -> dict[str, str | int | float]:
    """Return what a reader of the figures has to know about the machine."""
    return {
        "processor": _processor(),
        "cores": len(_cores()),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load_before": round(os.getloadavg()[0], 2),
    }


def server_core() -> int:
    """Return the core that servers are pinned to."""
    return _cores()[0]


def client_core() -> int:
    """Return the core of those who ask: another one than the servers', where there is another one."""
    return _cores()[-1]


def _cores() -> list[int]:
    return sorted(os.sched_getaffinity(0))


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
