"""Templates and copies in pages: what there is to a meeting is not typed twice."""

import pytest

from tests.doors import Doors
from tests.web.browser import Browser, browser_of

TYPED = {
    "title": "Interview",
    "date": "2026-03-03",
    "start": "10:00",
    "end": "10:45",
    "time_zone": "Europe/Berlin",
    "invited_addresses": "Grace <grace@example.org>",
}


@pytest.fixture
async def olga(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.olga)


async def _made(browser: Browser, **other: str) -> str:
    """Make a meeting; return its path."""
    created = await browser.send("/meetings/new", TYPED | other)
    return str(created.goes_to).removesuffix("/created")


async def test_a_meeting_is_saved_as_a_template_and_others_are_made_from_it(doors: Doors, olga: Browser) -> None:
    otto = str(doors.cast.otto.person)
    path = await _made(olga, co_organizers=otto, repeats="weekly", every="2", ends="never")
    assert (await olga.see(path)).shows("Save as a template", "Plan another like this")
    assert (await olga.send(f"{path}/template", {"name": "First talk"})).goes_to == "/meetings/templates"
    listed = await olga.see("/meetings/templates")
    assert listed.shows("Saved. Meetings can be made from it.", "First talk", "10:00, 45 min", "2 people", "Your own")
    assert listed.shows("every 2 weeks on Tuesday")
    (use,) = {link for link in listed.links if "template=" in link}
    form = await olga.see(use)
    assert (form.fields["title"], form.fields["date"], form.fields["start"]) == ("Interview", "2026-03-03", "10:00")
    assert (form.fields["co_organizers"], form.fields["repeats"]) == (otto, "weekly")
    assert "grace@example.org" in form.answer.text


async def test_a_template_is_shared_and_deleted(doors: Doors, olga: Browser) -> None:
    await olga.send(f"{await _made(olga)}/template", {"name": "", "shared": "1"})
    otto = await browser_of(doors, doors.cast.otto)
    listed = await otto.see("/meetings/templates")
    assert listed.shows("Interview", "Olga", "shared")
    assert "Keep to yourself" not in listed.words
    (use,) = {link for link in listed.links if "template=" in link}
    own = "/meetings/templates/" + use.partition("template=")[2]
    assert (await olga.see("/meetings/templates")).shows("Keep to yourself")
    await olga.send(f"{own}/share", {"shared": ""})
    assert (await olga.see("/meetings/templates")).shows("Only you may use it.", "Share")
    await otto.see(use, status=404)
    await olga.send(f"{own}/delete")
    assert (await olga.see("/meetings/templates")).shows("The template is deleted.", "No templates yet")


async def test_another_meeting_takes_along_who_was_invited(doors: Doors, olga: Browser) -> None:
    mia = str(doors.cast.mia.person)
    path = await _made(olga, invited=mia, invited_required="1")
    form = await olga.see(f"/meetings/new?like={path.removeprefix('/meetings/')}")
    assert (form.fields["invited"], form.fields["invited_required"]) == (mia, "1")
    assert "&#34;Grace&#34; &lt;grace@example.org&gt;" in form.answer.text
    ada = await browser_of(doors, doors.cast.ada)
    assert (await ada.see(f"/meetings/new?like={path.removeprefix('/meetings/')}")).fields["title"] == "Interview"
