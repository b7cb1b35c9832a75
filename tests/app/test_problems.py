"""Hostile and mistaken input: each gets a clear answer, and every wrong field is named."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.app.bodies import errors_in
from parley.app.problems import STATUS, slug_of
from parley.ground import faults
from tests.doors import Doors, field_errors

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "problems.md"
MEETING = {
    "title": "Planning",
    "starts_at": "2026-03-03T09:00:00Z",
    "ends_at": "2026-03-03T10:00:00Z",
    "time_zone": "Europe/Berlin",
}


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    count: int
    word: str = ""


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    inner: Inner
    many: list[int] = []


def _fields(raw: bytes) -> set[str]:
    return {error.field for error in errors_in(raw, Outer)}


def test_every_wrong_field_is_named_at_any_depth() -> None:
    assert _fields(b'{"inner": {"count": "x", "word": 1, "more": 2}, "many": [1, "x"], "other": 1}') == {
        "name",
        "inner.count",
        "inner.word",
        "inner.more",
        "many[1]",
        "other",
    }
    assert _fields(b'{"name": "x", "inner": 7}') == {"inner"}
    assert _fields(b'{"name": "x", "inner": {"count": 1}}') == set()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_is_sent_can_be_explained(value: object) -> None:
    errors = errors_in(msgspec.json.encode(value), Outer)
    try:
        msgspec.convert(value, Outer)
    except msgspec.ValidationError:
        assert errors
    else:
        assert not errors


def test_every_fault_has_a_status() -> None:
    kinds = {kind for kind in vars(faults).values() if isinstance(kind, type) and issubclass(kind, faults.Fault)}
    assert kinds - set(STATUS) == {faults.Fault, faults.Border}


@pytest.fixture
async def olga(doors: Doors) -> httpx.AsyncClient:
    return await doors.api(doors.cast.olga)


async def test_a_problem_is_a_document_in_the_readers_language(olga: httpx.AsyncClient) -> None:
    answer = await olga.get("/api/v1/meetings/77", headers={"Accept-Language": "de-CH,en;q=0.5"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["type"] == "urn:parley:problem:not-found"
    assert document["title"] == "Nicht gefunden"
    assert document["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("method", "path", "detail"),
    [
        ("GET", "/api/v1/nothing", "Unter dieser Adresse gibt es nichts."),
        ("POST", "/api/nothing", "Unter dieser Adresse gibt es nichts."),
        ("PUT", "/api/v1/meetings", "Das geht unter dieser Adresse nicht."),
        ("POST", "/api/v1/meetings", "Der Inhalt ist kein JSON in UTF-8."),
    ],
)
async def test_what_the_framework_refuses_is_told_in_the_readers_language(
    olga: httpx.AsyncClient, method: str, path: str, detail: str
) -> None:
    head = {"Accept-Language": "de", "Content-Type": "application/json"}
    answer = await olga.request(method, path, content=b"{", headers=head)
    assert answer.json()["detail"] == detail
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


async def test_all_wrong_fields_are_named_at_once(olga: httpx.AsyncClient) -> None:
    answer = await olga.post("/api/v1/meetings", json={"title": 7, "starts_at": [], "colour": "red"})
    assert answer.status_code == 422
    wrong = field_errors(answer)
    assert {"title", "starts_at", "colour"} <= set(wrong)
    assert answer.json()["detail"] == " ".join(f"{field}: {words}" for field, words in wrong.items())


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        (
            "/meetings",
            MEETING | {"ends_at": "2026-03-03T08:00:00Z", "title": " ", "colour": "red"},
            {"colour", "ends_at", "title"},
        ),
        ("/meetings", MEETING | {"starts_at": "2020-03-03T09:00", "colour": "red"}, {"starts_at", "ends_at", "colour"}),
        (
            "/meetings",
            {"title": 7, "starts_at": "soon", "password": "x"},
            {"title", "starts_at", "ends_at", "password"},
        ),
        ("/meetings", {"title": "x", "starts_at": "2020-03-03T09:00", "time_zone": 1}, {"ends_at", "time_zone"}),
        ("/meetings", {"colour": "red"}, {"colour", "title", "starts_at", "ends_at"}),
        ("/meetings/now", {"title": " ", "colour": "red"}, {"title", "colour"}),
        (
            "/users",
            {"email": "nobody", "locale": 7, "time_zone": "Mars", "x": 1},
            {"email", "locale", "time_zone", "x"},
        ),
        ("/groups", {"name": "\n", "description": "a\0b", "x": 1}, {"name", "description", "x"}),
        (
            "/tokens",
            {"name": " ", "scopes": ["fly"], "expires_at": "2020-01-01T00:00:00Z", "x": 1},
            {"name", "scopes", "expires_at", "x"},
        ),
        ("/join", {"number": 1, "x": 1}, {"number", "x"}),
    ],
)
async def test_fields_that_do_not_fit_hide_no_others(
    doors: Doors, path: str, body: dict[str, object], error: set[str]
) -> None:
    ada = await doors.api(doors.cast.ada)
    answer = await ada.post(f"/api/v1{path}", json=body)
    assert answer.status_code == 422
    assert set(field_errors(answer)) == error
    assert len(answer.json()["errors"]) == len(error)


async def test_a_change_that_does_not_fit_hides_nothing_either(olga: httpx.AsyncClient) -> None:
    made = (await olga.post("/api/v1/meetings", json=MEETING)).json()
    path, head = f"/api/v1/meetings/{made['id']}", {"If-Match": '"1"'}
    backwards = {"starts_at": MEETING["ends_at"], "ends_at": MEETING["starts_at"]}
    answer = await olga.patch(path, json=backwards | {"title": "", "colour": "red"}, headers=head)
    assert set(field_errors(answer)) == {"ends_at", "title", "colour"}
    answer = await olga.patch(path, json={"ends_at": MEETING["starts_at"], "colour": "red"}, headers=head)
    assert set(field_errors(answer)) == {"colour"}
    answer = await olga.patch("/api/v1/me", json={"name": "", "locale": "tlh", "colour": "red"}, headers=head)
    assert set(field_errors(answer)) == {"name", "locale", "colour"}


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe{}",
        b'{"title": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"",
        b"null",
        b'"x"',
        b"{",
        b'{"title": "\\ud800"}',
        b"[]",
        b"1e999",
    ],
)
async def test_what_is_no_object_is_refused_politely(olga: httpx.AsyncClient, body: bytes) -> None:
    answer = await olga.post("/api/v1/meetings", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]


@pytest.mark.parametrize("title", ["a\x00b", "\x00", "", " ", "x" * 5_000, "a\nb", "\u202eevil"])
async def test_a_title_that_is_none_is_refused(olga: httpx.AsyncClient, title: str) -> None:
    answer = await olga.post("/api/v1/meetings", json=MEETING | {"title": title})
    assert answer.status_code == 422
    assert set(field_errors(answer)) == {"title"}


async def test_a_body_of_ten_megabytes_is_too_large(olga: httpx.AsyncClient) -> None:
    answer = await olga.post("/api/v1/meetings", json=MEETING | {"title": "x" * 10_000_000})
    assert answer.status_code == 413
    assert answer.json()["type"].startswith("urn:parley:problem:")


@pytest.mark.parametrize("number", ["-5", "0", str(2**63), "9" * 100, "x", "1.5", "%00", "\uff11"])
async def test_an_id_that_is_none_is_not_found(olga: httpx.AsyncClient, number: str) -> None:
    assert (await olga.get(f"/api/v1/meetings/{number}")).status_code == 404


async def test_an_unknown_parameter_is_named(olga: httpx.AsyncClient) -> None:
    answer = await olga.get("/api/v1/meetings", params={"organiser": "1"})
    assert answer.status_code == 422
    assert set(field_errors(answer)) == {"organiser"}


async def test_an_unknown_path_is_a_problem_too(olga: httpx.AsyncClient) -> None:
    answer = await olga.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_method_that_a_path_does_not_have_is_refused(olga: httpx.AsyncClient) -> None:
    answer = await olga.put("/api/v1/meetings", json={})
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))


async def test_a_token_that_is_none_is_refused_with_how_to_ask(doors: Doors) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}):
        answer = await doors.client(**headers).get("/api/v1/me")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_scope_that_is_missing_is_named(doors: Doors) -> None:
    reader = await doors.api(doors.cast.olga, scopes=frozenset({"meetings:read"}))
    answer = await reader.post("/api/v1/meetings", json=MEETING)
    assert answer.status_code == 403
    assert "meetings:write" in answer.json()["detail"]


async def test_a_request_id_comes_back_when_it_is_harmless(olga: httpx.AsyncClient) -> None:
    assert (await olga.get("/healthz", headers={"X-Request-ID": "abc-12345"})).headers["x-request-id"] == "abc-12345"
    made = (await olga.get("/healthz", headers={"X-Request-ID": "a b<script>"})).headers["x-request-id"]
    assert len(made) == 16


async def test_the_documented_problem_is_what_the_api_says(olga: httpx.AsyncClient) -> None:
    example = DOCUMENT.read_text().partition("```json")[2].partition("```")[0]
    backwards = MEETING | {"starts_at": MEETING["ends_at"], "ends_at": MEETING["starts_at"]}
    asked = {"X-Request-ID": msgspec.json.decode(example)["request_id"]}
    answer = await olga.post("/api/v1/meetings", json=backwards, headers=asked)
    assert answer.json() == msgspec.json.decode(example)


def test_every_kind_of_problem_is_documented() -> None:
    document = DOCUMENT.read_text()
    for kind in _kinds(faults.Fault):
        assert f"`{slug_of(kind)}`" in document, kind


def _kinds(kind: type[faults.Fault]) -> Iterator[type[faults.Fault]]:
    for narrower in kind.__subclasses__():
        if narrower is not faults.Border and narrower.__module__.startswith("parley."):
            yield narrower
        yield from _kinds(narrower)
