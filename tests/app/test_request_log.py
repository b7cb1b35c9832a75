"""What the log says of requests, and what it must not say."""

import logging

import pytest
from sqlalchemy import Connection, text
from structlog.testing import capture_logs

from parley.ground.db import Store
from tests.doors import Doors

SECRET = "Zk3v9qQ0secretOfALinkThatWorksOnce"


@pytest.fixture(autouse=True)
def talkative(caplog: pytest.LogCaptureFixture) -> None:
    """Requests are logged at the level of debugging."""
    caplog.set_level(logging.DEBUG, "parley.request")


def unkind(_db: Connection, *_: object, **__: object) -> None:
    message = "the unexpected"
    raise RuntimeError(message)


@pytest.mark.parametrize("page", ["reset", "welcome", "join/123456789"])
async def test_the_secret_of_a_link_is_not_logged(doors: Doors, page: str) -> None:
    with capture_logs() as logged:
        await doors.client().get(f"/{page}/{SECRET}")
    assert [line["path"] for line in logged if line["event"] == "request"] == [f"/{page}/(hidden)"]
    assert SECRET not in repr(logged)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("HEAD", "/reset/{}"),
        ("PUT", "/welcome/{}"),
        ("GET", "//reset/{}/more"),
        ("HEAD", "/join/123456789/{}/answer"),
        ("GET", "/join/123456789/{}/stage"),
    ],
)
async def test_nor_is_it_where_there_is_no_such_page(doors: Doors, method: str, path: str) -> None:
    with capture_logs() as logged:
        await doors.client().request(method, f"http://parley.example{path.format(SECRET)}")
    assert len([line for line in logged if line["event"] == "request"]) == 1
    assert SECRET not in repr(logged)


async def test_nor_is_it_when_something_goes_wrong(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.access.find_holder", unkind)
    with capture_logs() as logged:
        answer = await doors.client().get(f"/reset/{SECRET}")
    assert answer.status_code == 500
    (fault,) = [line for line in logged if line["event"] == "unexpected fault"]
    assert fault["path"] == "/reset/(hidden)"


async def test_who_goes_away_while_sending_is_no_fault_of_ours(doors: Doors) -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        pass

    headers = [(b"content-type", b"application/json")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/join",
        "headers": headers,
        "query_string": b"",
        "state": {},
    }
    with capture_logs() as logged:
        await doors.app(scope, receive, send)  # type: ignore[arg-type]
    assert [line["event"] for line in logged] == ["request"]


async def test_what_a_statement_was_given_is_not_in_its_fault(store: Store) -> None:
    def mistaken(db: Connection) -> None:
        db.execute(text("INSERT INTO nowhere (hash) VALUES (:hash)"), {"hash": SECRET})

    with pytest.raises(Exception, match="nowhere") as fault:
        await store.write(mistaken)
    assert SECRET not in str(fault.value)
