"""What strangers send to the pages before anybody knows who they are: it is refused, and nothing of it stays."""

import httpx
import pytest
from litestar._parsers import parse_cookie_string, parse_query_string, parse_url_encoded_form_data

from parley.app.bodies import LARGEST_FORM, MOST_FIELDS
from tests.doors import Doors

FORM = "application/x-www-form-urlencoded"
MULTIPART = {"content-type": "multipart/form-data; boundary=b"}


@pytest.fixture
def stranger(doors: Doors) -> httpx.AsyncClient:
    return doors.client()


async def token_of(stranger: httpx.AsyncClient) -> str:
    await stranger.get("/signin")
    return stranger.cookies["parley_csrf"]


@pytest.mark.parametrize(
    "form",
    [
        b"email=" + b"x" * LARGEST_FORM,
        b"&".join([b"a"] * (MOST_FIELDS + 1)),
        b"&".join(b"%x=" % n for n in range(MOST_FIELDS + 1)),
    ],
)
async def test_a_form_that_no_page_sends_is_too_large(stranger: httpx.AsyncClient, form: bytes) -> None:
    answer = await stranger.post("/signin", content=form, headers={"content-type": FORM})
    assert answer.status_code == 413
    assert "more than fits into a form" in answer.text


async def test_the_largest_group_fits_into_a_form(stranger: httpx.AsyncClient) -> None:
    members = "&".join(["members=191316904271831443"] * 5_000)
    form = f"email=x&password=y&_csrf_token={await token_of(stranger)}&{members}"
    assert (await stranger.post("/signin", content=form, headers={"content-type": FORM})).status_code == 422


async def test_nothing_that_was_sent_is_remembered(stranger: httpx.AsyncClient) -> None:
    form = {"email": "olga@example.com", "password": "my secret words", "_csrf_token": await token_of(stranger)}
    assert (await stranger.post("/signin?next=/meetings", data=form)).status_code == 422
    assert (await stranger.post("/signin", data={"password": "my secret words"})).status_code == 403
    assert (await stranger.get("/nowhere?x=1")).status_code == 404
    for parse in (parse_cookie_string, parse_query_string, parse_url_encoded_form_data):
        assert parse.cache_info().currsize == 0


@pytest.mark.parametrize(
    "part",
    [
        b'name="_csrf_token"\r\n\r\nx',
        b'name="_csrf_token"; filename="x.txt"\r\n\r\nx',
        b'name="a"\r\nContent-Type: text/plain; charset=nope\r\n\r\nx',
    ],
)
async def test_files_are_not_taken(stranger: httpx.AsyncClient, part: bytes) -> None:
    await token_of(stranger)
    body = b"--b\r\nContent-Disposition: form-data; " + part + b"\r\n--b--\r\n"
    assert (await stranger.post("/signin", content=body, headers=MULTIPART)).status_code == 403


@pytest.mark.parametrize("odd", ["\u00e9" * 130, "\u0663" * 128, "x" * 200, ""])
async def test_a_proof_that_is_none_is_refused(stranger: httpx.AsyncClient, odd: str) -> None:
    await token_of(stranger)
    assert (await stranger.post("/signin", data={"_csrf_token": odd})).status_code == 403
    assert (await stranger.post("/signin", headers={b"x-csrftoken": odd.encode()})).status_code == 403
    cookie = {"cookie": f"parley_csrf={odd.encode().hex('%')}"}
    assert (await stranger.post("/signin", data={"_csrf_token": odd}, headers=cookie)).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-site"}, {"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}],
)
async def test_another_sites_page_sends_nothing_even_with_a_proof(doors: Doors, headers: dict[str, str]) -> None:
    """A neighbor can have set the cookie that the proof is compared with."""
    stranger = doors.client()
    form = {"locale": "de", "back": "/signin", "_csrf_token": await token_of(stranger)}
    refused = await stranger.post("/me/locale", data=form, headers=headers)
    assert refused.status_code == 403
    assert "parley_csrf" not in refused.headers.get("set-cookie", "")
    assert (await stranger.post("/me/locale", data=form, headers={"sec-fetch-site": "same-origin"})).status_code == 303


@pytest.mark.parametrize("path", ["/signin", "/meetings", "/nowhere", "/api/v1/me"])
async def test_a_host_that_is_none_is_no_trouble(stranger: httpx.AsyncClient, path: str) -> None:
    answer = await stranger.get(path, headers={"host": "a:99999999"})
    assert answer.status_code in {200, 303, 401, 404}
    answer = await stranger.get(f"{path}?x=%FF")
    assert answer.status_code in {200, 303, 401, 404, 422}
