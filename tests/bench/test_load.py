"""Requests as bytes, answers taken apart, and our own generator of load."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from bench.load.generator import generator
from bench.load.replay import Answers, replay
from bench.load.request import Request, file_of, requests_in

ANSWER = b"HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\ncontent-length: 5\r\n\r\nhello"


def test_a_request_is_the_bytes_that_are_sent() -> None:
    request = Request(method="POST", path="/x?y=1", headers={"Authorization": "Bearer t"}, body=b"{}")
    assert bytes(request).splitlines() == [
        b"POST /x?y=1 HTTP/1.1",
        b"Host: 127.0.0.1",
        b"Accept: application/json",
        b"Authorization: Bearer t",
        b"Content-Type: application/json",
        b"Content-Length: 2",
        b"",
        b"{}",
    ]


def test_a_file_gives_back_the_requests_that_were_written(tmp_path: Path) -> None:
    requests = [Request(path="/1"), Request(method="POST", path="/2", body=b'{"a": "\xc3\xa9"}')]
    assert requests_in(file_of(requests, tmp_path / "requests")) == [bytes(request) for request in requests]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_answers_are_told_apart_however_they_arrive(size: int) -> None:
    answers = Answers()
    stream = ANSWER + ANSWER.replace(b"201", b"500") + ANSWER[:-1]
    pieces = [stream[place : place + size] for place in range(0, len(stream), size)]
    assert [status for piece in pieces for status in answers.feed(piece)] == [201, 500]


def test_an_answer_of_unknown_length_is_refused() -> None:
    with pytest.raises(ValueError, match="without Content-Length"):
        list(Answers().feed(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))


async def test_our_own_client_sends_the_requests_in_turn_and_counts_refusals() -> None:
    heard: list[bytes] = []
    closed = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while line := await reader.readline():
                heard.extend([line.split()[1]] if b" /" in line else [])
                if line == b"\r\n":
                    writer.write(ANSWER if heard[-1] == b"/good" else ANSWER.replace(b"201 Created", b"404 Not Found"))
        writer.close()
        closed.set()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        requests = [bytes(Request(path="/good")), bytes(Request(path="/bad"))]
        traffic = await replay(requests, port=port, seconds=0.1, connections=1)
        await closed.wait()
    assert heard[:4] == [b"/good", b"/bad", b"/good", b"/bad"]
    assert traffic.requests in {len(heard), len(heard) - 1}
    assert traffic.failures == traffic.requests // 2


def test_where_wrk_is_missing_our_own_client_says_so() -> None:
    assert "wrk is not installed" in generator(wrk=None).name
    assert generator(wrk="/usr/bin/wrk").name == "wrk"
