"""Mail, as people see it on pages: what could not be delivered, what is set up, when people are reminded."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from parley import meetings
from parley.meetings import NewMeeting, Wanted
from parley.settings import Settings
from tests.clock import SettableClock
from tests.doors import Doors, open_doors
from tests.postbox import Postbox, running_postbox
from tests.postgres import free_port
from tests.web.browser import Browser, Seen, browser_of


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with running_postbox() as box:
        yield box


@pytest.fixture
async def mailing(settings: Settings, clock: SettableClock, postbox: Postbox) -> AsyncIterator[Doors]:
    """The application with a mail server."""
    async with open_doors(replace(settings, smtp=postbox.url), clock) as doors:
        yield doors


async def invited(doors: Doors, *emails: str) -> int:
    """Plan a meeting that starts soon, so that people are written to at once; return its id."""
    new = NewMeeting(title="Review", starts_at="2026-03-02T09:20Z", ends_at="2026-03-02T10:00Z")
    by, now = doors.cast.olga, doors.clock()
    meeting = await doors.store.write(meetings.schedule, new, password_hash=None, by=by, now=now)
    await doors.store.write(meetings.invite, meeting.id, [Wanted(email=email) for email in emails], by=by, now=now)
    return meeting.id


async def arrives(postbox: Postbox, count: int) -> None:
    """Wait until so many letters arrived."""
    async with asyncio.timeout(60):
        while len(postbox.taken) < count:  # noqa: ASYNC110 (the mail server runs in a thread of its own)
            await asyncio.sleep(0.02)


async def shown(browser: Browser, path: str, words: str) -> Seen:
    """Look at a page until it says so, and return it."""
    async with asyncio.timeout(60):
        while words not in (page := await browser.see(path)).words:  # noqa: ASYNC110 (the app does it in its own time)
            await asyncio.sleep(0.02)
    return page


async def test_the_app_writes_by_itself_and_shows_whom_it_could_not_reach(mailing: Doors, postbox: Postbox) -> None:
    meeting = await invited(mailing, "code-550@example.org", "eve@example.org")
    await arrives(postbox, 1)
    assert postbox.mails()[0]["To"] == "eve@example.org"
    olga = await browser_of(mailing, mailing.cast.olga)
    page = await olga.see(f"/meetings/{meeting}")
    assert page.shows("Mail to the invited", "1 e-mail could not be delivered.", "code-550@example.org", "550 no")
    (again,) = [action for action in page.actions if action.endswith("/letters")]
    sent = await olga.send(again)
    assert sent.goes_to == f"/meetings/{meeting}"
    assert (await olga.see(sent.goes_to)).shows("A new e-mail is on its way.")
    ada = await browser_of(mailing, mailing.cast.ada)
    assert "Mail to the invited" in (await ada.see(f"/meetings/{meeting}")).words


async def test_without_a_mail_server_the_page_says_so(doors: Doors) -> None:
    meeting = await invited(doors, "eve@example.org")
    olga = await browser_of(doors, doors.cast.olga)
    assert (await olga.see(f"/meetings/{meeting}")).shows("No mail server is set, so nobody is written to.")


async def test_an_administrator_sees_what_is_set_up_and_chooses_the_reminder(doors: Doors) -> None:
    ada = await browser_of(doors, doors.cast.ada)
    page = await ada.see("/administration/mail")
    assert page.shows("no mail server", "PARLEY_SMTP", "15 minutes before", "2 hours before")
    await ada.send("/administration/mail", minutes_before="never")
    assert (await ada.see("/administration/mail")).fields["minutes_before"] == "never"
    await ada.send("/administration/mail", minutes_before="0", status=422)
    olga = await browser_of(doors, doors.cast.olga)
    await olga.see("/administration/mail", status=403)


async def test_what_holds_mail_up_is_told(settings: Settings, clock: SettableClock, postbox: Postbox) -> None:
    postbox.refusal = "451 the cellar is full"
    nowhere = f"imap://parley:x@127.0.0.1:{free_port()}"
    async with open_doors(replace(settings, smtp=postbox.url, imap=nowhere), clock) as doors:
        await invited(doors, "eve@example.org")
        ada = await browser_of(doors, doors.cast.ada)
        await shown(ada, "/administration/mail", "the cellar is full")
        page = await shown(ada, "/administration/mail", "The mailbox cannot be read just now.")
        assert page.shows("1 e-mail waits for the mail server.", "held up")
