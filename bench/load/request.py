"""Requests as the bytes that go over the wire, prepared so that whoever sends them has nothing to do but send."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

END = b"\0"
"""What ends a request in a file of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP/1.1 request on a connection that stays open."""

    method: str = "GET"
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __bytes__(self) -> bytes:
        """The request, ready to be sent."""
        headers = {"Host": "127.0.0.1", "Accept": "application/json"} | dict(self.headers)
        if self.body:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(self.body))}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


def file_of(requests: Iterable[Request], file: Path) -> Path:
    """Write the requests to a file that a generator replays; return the file."""
    file.write_bytes(END.join(bytes(request) for request in requests) + END)
    return file


def requests_in(file: Path) -> list[bytes]:
    """Return the requests of a file, each ready to be sent."""
    return file.read_bytes().split(END)[:-1]
