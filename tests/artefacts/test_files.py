"""Files that people share in a room: which are taken, who gets them, and how they are sent."""

import dataclasses
import stat
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from parley.settings import Settings
from tests.clock import SettableClock
from tests.doors import open_doors
from tests.recordings.studio import Studio, open_studio

PAGE = b"<script>alert(1)</script>"


async def share(who: httpx.AsyncClient, name: str, content: bytes = b"%PDF-1.7 minutes") -> httpx.Response:
    return await who.post("/live/v1/files", params={"name": name}, content=content)


async def test_everybody_in_the_room_gets_what_somebody_shares_and_it_stands_with_the_record(studio: Studio) -> None:
    gus, mia = await studio.seat("Gus"), await studio.seat(studio.doors.cast.mia)
    answer = await share(gus, "Minutes Müller.pdf")
    assert answer.status_code == 201
    got = await mia.get(f"/live/v1/files/{answer.json()['id']}")
    assert got.content == b"%PDF-1.7 minutes"
    assert got.headers["content-disposition"] == (
        "attachment; filename=\"Minutes M_ller.pdf\"; filename*=UTF-8''Minutes%20M%C3%BCller.pdf"
    )
    api = await studio.doors.api(studio.doors.cast.olga)
    [shown] = (await api.get(f"/api/v1/sessions/{studio.session.id}/artefacts")).json()["items"]
    assert (shown["kind"], shown["name"], shown["state"]) == ("file", "Minutes Müller.pdf", "ready")
    assert (await api.get(f"/api/v1/artefacts/{shown['id']}/content")).content == b"%PDF-1.7 minutes"


async def test_what_a_file_holds_is_never_run_by_a_browser(studio: Studio) -> None:
    gus = await studio.seat("Gus")
    file = (await share(gus, "notes.txt", PAGE)).json()["id"]
    got = await gus.get(f"/live/v1/files/{file}")
    assert got.headers["content-disposition"].startswith("attachment;")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert "script-src" not in got.headers["content-security-policy"]


async def test_who_is_not_in_the_room_shares_and_gets_nothing(studio: Studio) -> None:
    gus, waiting = await studio.seat("Gus"), await studio.seat("Eve", waits=True)
    file = (await share(gus, "a.pdf")).json()["id"]
    stranger = studio.doors.client(Accept="application/json")
    elsewhere = studio.doors.client(Authorization="Bearer seat_guessed", Accept="application/json")
    for who, status in ((waiting, 403), (stranger, 401), (elsewhere, 401)):
        assert (await share(who, "b.pdf")).status_code == status
        assert (await who.get(f"/live/v1/files/{file}")).status_code == status
    await studio.end()
    assert (await share(gus, "late.pdf")).status_code == 409
    assert (await gus.get(f"/live/v1/files/{file}")).status_code == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [("run.exe", b"x"), ("none", b"x"), ("", b"x"), (".pdf", b"x"), ("a\u202efdp.pdf", b"x"), ("a.pdf", b"")],
)
async def test_files_that_are_not_taken(studio: Studio, name: str, content: bytes) -> None:
    assert (await share(await studio.seat("Gus"), name, content)).status_code == 422


async def test_a_file_has_a_largest_size(studio: Studio) -> None:
    answer = await share(await studio.seat("Gus"), "a.pdf", b"x" * 25_000_001)
    assert answer.status_code == 413
    assert studio.files() == []


async def test_the_name_of_a_file_is_no_path(studio: Studio) -> None:
    answer = await share(await studio.seat("Gus"), "../../etc\\passwd.txt")
    assert answer.json()["name"] == "passwd.txt"


@pytest.mark.parametrize(("status", "expected"), [(0, 201), (1, 422), (2, 503)])
async def test_a_command_looks_at_files_first(
    settings: Settings, clock: SettableClock, tmp_path: Path, *, status: int, expected: int
) -> None:
    scanner = tmp_path / "scan"
    scanner.write_text(f'#!/bin/sh\ngrep -q minutes "$2" || exit 9\nexit {status}\n')
    scanner.chmod(stat.S_IRWXU)
    async with open_doors(dataclasses.replace(settings, scan=f"{scanner} --quiet"), clock) as doors:
        studio = await open_studio(doors)
        answer = await share(await studio.seat("Gus"), "a.pdf")
        assert answer.status_code == expected
        api = await doors.api(doors.cast.olga)
        items = (await api.get(f"/api/v1/sessions/{studio.session.id}/artefacts")).json()["items"]
        assert [one["state"] for one in items] == {201: ["ready"], 422: ["failed"], 503: []}[expected]


async def test_files_and_recordings_go_when_their_time_is_up(settings: Settings, clock: SettableClock) -> None:
    async with open_doors(dataclasses.replace(settings, files_keep=timedelta(days=30)), clock) as doors:
        studio = await open_studio(doors)
        gus = await studio.seat("Gus")
        kept, gone = [(await share(gus, name)).json()["id"] for name in ("kept.pdf", "gone.pdf")]
        api = await doors.api(doors.cast.olga)
        assert (await api.patch(f"/api/v1/artefacts/{kept}", json={"held": True})).json()["held"] is True
        clock.advance(days=31)
        await studio.finisher.clear()
        assert (await gus.get(f"/live/v1/files/{kept}")).status_code == 200
        assert (await gus.get(f"/live/v1/files/{gone}")).status_code == 404
        assert len(studio.files()) == 1
