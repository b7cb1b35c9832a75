"""Debian's nginx in front of a real Parley, with the configuration that the guide shows."""

import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
import trustme
from websockets.asyncio.client import connect

from tests.postgres import free_port
from tests.server import Server, serving

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "nginx.conf"
NAME = "meet.example.com"


class Front(msgspec.Struct, frozen=True):
    """nginx and the Parley behind it; `tls` trusts its certificate."""

    server: Server
    port: int
    tls: ssl.SSLContext

    def client(self, address: str = "127.0.0.1") -> httpx.AsyncClient:
        """Somebody's browser at an address of their own."""
        way = httpx.AsyncHTTPTransport(verify=self.tls, local_address=address)
        return httpx.AsyncClient(base_url=f"https://127.0.0.1:{self.port}", transport=way, headers={"Host": NAME})


@pytest.fixture
def front(database_url: str, tmp_path: Path) -> Iterator[Front]:
    certificate = trustme.CA()
    leaf = certificate.issue_cert(NAME, "127.0.0.1")
    (tmp_path / "fullchain.pem").write_bytes(b"".join(pem.bytes() for pem in leaf.cert_chain_pems))
    leaf.private_key_pem.write_to_path(tmp_path / "privkey.pem")
    tls = ssl.create_default_context()
    certificate.configure_trust(tls)
    settings = {"PARLEY_URL": f"https://{NAME}", "PARLEY_TRUSTED_PROXIES": "127.0.0.1", "PARLEY_LOG": "json"}
    with serving(tmp_path, database=database_url, **settings) as server:
        port = free_port()
        nginx = _start(tmp_path, outside=port, inside=server.port)
        yield Front(server, port, tls)
        nginx.terminate()
        nginx.wait(30)


def _start(folder: Path, *, outside: int, inside: int) -> "subprocess.Popen[bytes]":
    """Run nginx on the guide's own configuration, but for its ports and files."""
    site = GUIDE.read_text().replace("443", f"127.0.0.1:{outside}").replace(":8080", f":{inside}")
    site = site.replace("/etc/parley", str(folder))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    main = f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;"
    (folder / "nginx.conf").write_text(f"{main} events {{}} http {{ access_log off; {paths} {site} }}")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log")])
    deadline = time.monotonic() + 30
    while not _listens(outside):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError((folder / "nginx.log").read_text())
        time.sleep(0.05)
    return process


def _listens(port: int) -> bool:
    try:
        httpx.get(f"https://127.0.0.1:{port}/healthz", verify=False)  # noqa: S501 (only whether somebody is there)
    except httpx.TransportError:
        return False
    return True


async def test_pages_cookies_and_links_go_by_https(front: Front) -> None:
    async with front.client() as client:
        page = await client.get("/signin")
        assert (page.status_code, page.headers["strict-transport-security"]) == (200, "max-age=15552000")
        assert all("secure" in cookie.lower() for cookie in page.headers.get_list("set-cookie"))


async def test_the_socket_of_the_room_comes_through(front: Front) -> None:
    async with connect(f"wss://{NAME}/live/v1", host="127.0.0.1", port=front.port, ssl=front.tls) as socket:
        await socket.send('[{"type": "hello", "seat": "seat_nobody", "instance": "a"}]')
        assert "error" in str(await socket.recv())


async def test_guesses_are_counted_for_who_sends_them_whatever_they_say(front: Front) -> None:
    """What somebody writes into X-Forwarded-For themselves is not believed: it is nginx's own word that counts."""
    async with front.client("127.0.0.2") as client, front.client("127.0.0.3") as another:
        answers = [
            await client.get(f"/join/{100_000_000 + number}", headers={"X-Forwarded-For": f"203.0.113.{number}"})
            for number in range(40)
        ]
        elsewhere = await another.get("/join/200000000")
    assert {answer.status_code for answer in answers[:30]} == {404}
    assert (answers[-1].status_code, elsewhere.status_code) == (429, 404)
