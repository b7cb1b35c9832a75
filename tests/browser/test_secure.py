"""Over https under a name of its own: cameras, cookies and sockets all go by that name."""

import base64
import hashlib
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.async_api import Playwright

from tests.browser.chromium import FAKE_DEVICES, launch
from tests.browser.meeting import Host, Visitor, in_the_browser
from tests.server import serving

NAME = "meet.example"


@pytest.fixture
def certificate() -> trustme.LeafCert:
    authority = trustme.CA()
    return authority.issue_cert(NAME, "127.0.0.1")


@pytest_asyncio.fixture(loop_scope="session")
async def secure_host(database_url: str, tmp_path: Path, certificate: trustme.LeafCert) -> AsyncIterator[Host]:
    """A host on a server that is reached by https, under a name other than localhost."""
    (tmp_path / "cert.pem").write_bytes(b"".join(pem.bytes() for pem in certificate.cert_chain_pems))
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    files = {"PARLEY_TLS_CERT": str(tmp_path / "cert.pem"), "PARLEY_TLS_KEY": str(tmp_path / "key.pem")}
    with serving(tmp_path, database=database_url, PARLEY_URL=f"https://{NAME}", **files) as server:
        ours = ssl.create_default_context()
        ours.check_hostname, ours.verify_mode = False, ssl.CERT_NONE
        host = await Host.move_in(server, authority=ours)
        yield host
        await host.close()


@in_the_browser
async def test_two_people_meet_over_https(
    secure_host: Host, playwright: Playwright, certificate: trustme.LeafCert
) -> None:
    meeting = await secure_host.begin()
    assert meeting["join_url"] == f"https://{NAME}/join/{meeting['number']}"
    browser = await launch(
        playwright,
        *FAKE_DEVICES,
        f"--host-resolver-rules=MAP {NAME} 127.0.0.1:{secure_host.server.port}",
        f"--ignore-certificate-errors-spki-list={_fingerprint(certificate)}",
    )
    ada = await Visitor.come(await browser.new_context(), meeting["join_url"], "ada")
    await ada.sign_in(secure_host.email)
    await ada.enter()
    bo = await (await Visitor.come(await browser.new_context(), meeting["join_url"], "Bo")).enter()
    await ada.sees_faces("Bo")
    await bo.sees_faces("ada")
    await browser.close()


def _fingerprint(certificate: trustme.LeafCert) -> str:
    """Return how Chromium names a key that it is to trust."""
    key = x509.load_pem_x509_certificate(certificate.cert_chain_pems[0].bytes()).public_key()
    written = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(written).digest()).decode()
