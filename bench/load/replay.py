"""Our own generator of load, for machines without wrk: `python -m bench.load.replay FILE PORT SECONDS CONNECTIONS`.

Each connection sends the next request as soon as it has its answer. Prints what it counted as JSON.
"""

import asyncio
import sys
import time
from array import array
from collections.abc import Iterator
from http import HTTPStatus
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import cast

import msgspec
import uvloop

from bench.load.generator import Traffic
from bench.load.request import requests_in

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"


class Answers:
    """Takes the bytes of a connection apart into answers. Understands Content-Length, not chunks."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> Iterator[int]:
        """Yield the status of each answer that is complete."""
        self._buffer += data
        while (head := self._buffer.find(_HEAD_END)) >= 0:
            end = head + len(_HEAD_END) + _length(self._buffer[:head])
            if len(self._buffer) < end:
                return
            yield int(self._buffer[9:12])
            self._buffer = self._buffer[end:]


def _length(head: bytes) -> int:
    place = head.lower().find(_LENGTH)
    if place < 0:
        message = f"An answer without Content-Length: {head!r}"
        raise ValueError(message)
    return int(head[place + len(_LENGTH) :].partition(b"\r\n")[0])


class Run:
    """What all connections share: the requests, and what is counted."""

    def __init__(self, requests: list[bytes]) -> None:
        self.requests = cycle(requests)
        self.latencies = array("d")
        self.failures = 0
        self.stopped = False

    def traffic(self, seconds: float) -> Traffic:
        """Return what was counted in so many seconds."""
        percentiles = quantiles(self.latencies, n=100, method="inclusive")
        return Traffic(
            requests=len(self.latencies),
            seconds=seconds,
            failures=self.failures,
            p50=percentiles[49] * 1e3,
            p99=percentiles[98] * 1e3,
        )


class _Connection(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._answers = Answers()
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own class
        self._send()

    def data_received(self, data: bytes) -> None:
        for status in self._answers.feed(data):
            self._run.latencies.append(time.perf_counter() - self._sent_at)
            self._run.failures += status >= HTTPStatus.BAD_REQUEST
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's name)
        self._run.failures += not self._run.stopped

    def _send(self) -> None:
        if not self._run.stopped:
            self._sent_at = time.perf_counter()
            self._transport.write(next(self._run.requests))


async def replay(requests: list[bytes], *, port: int, seconds: float, connections: int) -> Traffic:
    """Send the requests over and over on that many connections for that long."""
    loop = asyncio.get_running_loop()
    run = Run(requests)
    began = time.perf_counter()
    opened = [await loop.create_connection(lambda: _Connection(run), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.sleep(seconds - (time.perf_counter() - began))
    run.stopped = True
    traffic = run.traffic(time.perf_counter() - began)
    for transport, _ in opened:
        transport.close()
    await asyncio.sleep(0)  # they close in the loop's next turn
    return traffic


def main(file: str, port: str, seconds: str, connections: str) -> None:
    """Replay the file and print what was counted."""
    work = replay(requests_in(Path(file)), port=int(port), seconds=float(seconds), connections=int(connections))
    print(msgspec.json.encode(uvloop.run(work)).decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
