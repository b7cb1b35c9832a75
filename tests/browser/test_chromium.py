"""The browser that the tests use: it has a camera, sees this machine, and nothing else."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.async_api import Error

from tests.browser.conftest import Person


class _Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<title>Hello</title>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def page_address() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), _Hello) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


async def test_a_page_of_this_machine_has_a_camera(person: Person, page_address: str) -> None:
    page = await (await person(permissions=["camera", "microphone"])).new_page()
    await page.goto(page_address)
    assert await page.title() == "Hello"
    tracks = "navigator.mediaDevices.getUserMedia({video: true, audio: true}).then(stream => stream.getTracks().length)"
    assert await page.evaluate(tracks) == 2


async def test_other_machines_are_out_of_reach(person: Person) -> None:
    page = await (await person()).new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        await page.goto("https://example.com")
