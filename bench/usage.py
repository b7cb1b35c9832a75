"""What a process and its children use, as the kernel counts it (proc(5))."""

import os
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def cpu_seconds(process: int) -> float:
    """Return the processor time that a process and its children used so far; also of children that it waited for."""
    return sum(sum(_times(_stat(member))) for member in _family(process)) / _TICKS


def resident_megabytes(process: int) -> float:
    """Return the memory that a process and its children hold; what they share is counted for each."""
    pages = [int((_PROC / str(member) / "statm").read_text().split()[1]) for member in _family(process)]
    return sum(pages) * _PAGE / 1e6


def _family(process: int) -> Iterator[int]:
    yield process
    for task in (_PROC / str(process) / "task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _stat(process: int) -> str:
    return (_PROC / str(process) / "stat").read_text()


def _times(stat: str) -> list[int]:
    """Return utime, stime, cutime and cstime. The name of the program, in brackets, may hold spaces."""
    return [int(ticks) for ticks in stat.rpartition(")")[2].split()[11:15]]
