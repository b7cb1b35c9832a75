"""protocol.js by itself: in Chromium, against a made-up socket that answers when the test says so."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.browser.conftest import Person

SCRIPTS = {f"/{name}": Path("src/parley/web/static/live", name) for name in ("protocol.js", "wire.js")}

SOCKET = """
window.sockets = [];
window.WebSocket = class extends EventTarget {
  static OPEN = 1;
  readyState = 0;
  sent = [];
  constructor() { super(); window.sockets.push(this); }
  send(frame) { this.sent.push(...JSON.parse(frame)); }
  close() { this.readyState = 3; }
  open() { this.readyState = 1; this.onopen(); }
  hear(...events) { this.onmessage({data: JSON.stringify(events)}); }
  lose(code) { this.readyState = 3; this.onclose({code}); }
};
window.welcome = (media) => ({
  type: "welcome", id: "1.1", you: "7", resumed: false, messages: [], limits: {}, ice_servers: [],
  people: [{id: "7", name: "Ada", media}],
});
window.moment = () => new Promise((done) => setTimeout(done));
window.connect = async (options) => {
  const { Connection } = await import("/protocol.js");
  const connection = new Connection({ url: "ws://localhost/live/v1", seat: "seat", ...options });
  connection.open();
  window.sockets.at(-1).open();
  await moment();
  return connection;
};
"""


class _Files(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        script = SCRIPTS.get(self.path)
        self.send_header("Content-Type", "text/javascript" if script else "text/html")
        self.end_headers()
        self.wfile.write(script.read_bytes() if script else b"<title>Protocol</title>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest_asyncio.fixture(loop_scope="session")
async def page(person: Person, address: str) -> Page:
    page = await (await person()).new_page()
    await page.add_init_script(SOCKET)
    await page.goto(address)
    return page


async def sent(page: Page, what: str) -> list[dict[str, Any]]:
    """Run the body of a function with the connection and its socket; return what the client sent behind its hello."""
    events: list[dict[str, Any]] = await page.evaluate(
        f"""async () => {{
            const connection = await connect({{media: {{microphone: true}}}});
            const socket = sockets.at(-1);
            {what}
            await moment();
            return sockets.at(-1).sent;
        }}"""
    )
    hello, *rest = events
    assert hello["type"] == "hello"
    return rest


async def test_hello_says_what_is_published(page: Page) -> None:
    assert await sent(page, "socket.hear(welcome({microphone: true, camera: false, screen: false}));") == []


async def test_what_is_published_between_hello_and_welcome_is_told_once_welcome(page: Page) -> None:
    told = await sent(
        page,
        """connection.publish({camera: true});
           socket.hear(welcome({microphone: true, camera: false, screen: false}));""",
    )
    assert told == [{"type": "media", "microphone": True, "camera": True, "screen": False}]


async def test_what_is_published_while_the_connection_is_lost_is_in_the_next_hello(page: Page) -> None:
    hello = await page.evaluate(
        """async () => {
            const connection = await connect({});
            sockets.at(-1).hear(welcome({}));
            sockets.at(-1).lose(1006);
            connection.publish({camera: true});
            connection.hurry();
            sockets.at(-1).open();
            await moment();
            return sockets.at(-1).sent[0];
        }"""
    )
    assert hello["after"] == "1.1"
    assert hello["media"] == {"microphone": False, "camera": True, "screen": False}


async def test_what_was_said_and_not_heard_is_said_again(page: Page) -> None:
    told = await sent(
        page,
        """connection.say("Hi", "k1");
           socket.hear(welcome({}));""",
    )
    assert told == [{"type": "say", "text": "Hi", "key": "k1"}]


async def test_events_of_one_moment_leave_as_one_frame_and_beats_are_answered(page: Page) -> None:
    told = await sent(
        page,
        """socket.hear(welcome({}));
           connection.send("hand", {raised: true});
           socket.hear({type: "beat", at: "2026-01-01T00:00:00Z"});""",
    )
    assert [event["type"] for event in told] == ["hand", "beat"]


@pytest.mark.parametrize(("code", "state"), [(1006, "lost"), (1012, "lost"), (4001, "closed")])
async def test_an_end_for_good_is_told_from_one_that_passes(page: Page, code: int, state: str) -> None:
    found = await page.evaluate(
        f"""async () => {{
            const connection = await connect({{}});
            sockets.at(-1).hear(welcome({{}}));
            sockets.at(-1).lose({code});
            return connection.state;
        }}"""
    )
    assert found == state
