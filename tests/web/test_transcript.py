"""What was said to one alone stands in the record of those two, marked, and in nobody else's."""

from parley import meetings, sessions
from parley.sessions import RoomRole
from tests.doors import Doors
from tests.web.browser import browser_of


async def test_what_was_said_to_one_alone_is_marked_and_shown_to_those_two(doors: Doors) -> None:
    cast, store, now = doors.cast, doors.store, doors.clock()
    meeting = await store.write(meetings.meet_now, title="Now", by=cast.olga, now=now)
    olga, max_, mia = [
        await store.write(
            sessions.enter,
            meeting.running or 0,
            person=who.person,
            name=who.name,
            role=RoomRole.HOST if who is cast.olga else RoomRole.ATTENDEE,
            now=now,
        )
        for who in (cast.olga, cast.max, cast.mia)
    ]
    await store.write(sessions.say, max_.id, text="Between us", key="k1", now=now, to=mia.id)
    await store.write(sessions.say, olga.id, text="For all", key="k1", now=now)
    for who, sees in ((cast.max, True), (cast.mia, True), (cast.olga, False), (cast.ada, False)):
        record = await (await browser_of(doors, who)).see(f"/history/{meeting.running}")
        assert record.shows("For all")
        assert ("Between us" in record.answer.text) is sees
        assert ("to Mia alone" in record.answer.text) is sees
