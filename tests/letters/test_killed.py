"""A server that is killed while it sends: what left has left, what did not is still there."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from parley.ground.db import Connection, open_store
from parley.letters.rows import letters
from tests.browser.meeting import Host
from tests.postbox import running_postbox
from tests.server import serving


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_killed_server_knows_what_it_sent(database_url: str, tmp_path: Path) -> None:
    with (
        running_postbox() as postbox,
        serving(tmp_path, database=database_url, PARLEY_SMTP=postbox.url) as server,
    ):
        host = await Host.move_in(server)
        await _invite(host, "eve@example.org", "slow@example.org", "bob@example.org")
        async with asyncio.timeout(120):
            while not postbox.keeps_waiting:  # noqa: ASYNC110 (the mail server runs in a thread of its own)
                await asyncio.sleep(0.02)
        server.kill()
        await host.close()
        async with open_store(database_url) as store:
            found = await store.read(_states)
        assert found == {"eve@example.org": "sent", "slow@example.org": "waiting", "bob@example.org": "waiting"}
        assert [mail["To"] for mail in postbox.mails()] == ["eve@example.org"]


async def _invite(host: Host, *emails: str) -> None:
    """Invite people to a meeting that starts soon, so that they are written to at once."""
    start = datetime.now(UTC) + timedelta(minutes=20)
    times = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat()}
    meeting = await host.ask("POST", "/meetings", {"title": "Review"} | times)
    invitees = [{"email": email} for email in emails]
    await host.ask("POST", f"/meetings/{meeting['id']}/invitations", {"invitees": invitees})


def _states(db: Connection) -> dict[str, str]:
    return {row.email: row.state for row in db.execute(select(letters.c.email, letters.c.state))}
