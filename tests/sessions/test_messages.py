"""What is said in a session is kept once, as it was said."""

import pytest

from parley.ground.faults import Conflict, Invalid, NotFound
from parley.people import operator
from parley.sessions import TEXT_LIMIT, Message, Participant, messages_of, messages_of_room, say
from tests.sessions.stage import Stage


async def said(stage: Stage, who: Participant, text: str, *, key: str = "k1", to: Participant | None = None) -> Message:
    return await stage.store.write(say, who.id, text=text, key=key, now=stage.clock(), to=to.id if to else None)


async def test_what_was_said_is_on_the_record(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    message = await said(stage, mia, "  The numbers are on page 4.\n")
    assert (message.name, message.text, message.sent_at) == ("Mia", "The numbers are on page 4.", stage.clock())
    page = await stage.store.read(messages_of, stage.session.id, by=stage.cast.olga)
    assert page.items == (message,)
    assert (await stage.told())[-1] == "message.sent"


async def test_saying_it_twice_is_saying_it_once(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    first = await said(stage, mia, "Hello")
    assert await said(stage, mia, "Hello again") == first
    assert (await stage.told()).count("message.sent") == 1


async def test_two_people_may_use_the_same_key(stage: Stage) -> None:
    mia, gus = await stage.come(stage.cast.mia), await stage.come("Gus")
    assert (await said(stage, mia, "Hello")).id != (await said(stage, gus, "Hello")).id


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "k"),
        (" \n", "k"),
        ("x" * (TEXT_LIMIT + 1), "k"),
        ("a\0b", "k"),
        ("a", ""),
        ("a", "k" * 65),
        ("a", "\n"),
        ("a", "k k"),
    ],
)
async def test_what_cannot_be_said_is_refused(stage: Stage, text: str, key: str) -> None:
    mia = await stage.come(stage.cast.mia)
    with pytest.raises(Invalid):
        await said(stage, mia, text, key=key)


async def test_nothing_is_said_after_the_end(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    first = await said(stage, mia, "Goodbye")
    await stage.end()
    with pytest.raises(Conflict):
        await said(stage, mia, "Wait", key="k2")
    assert await said(stage, mia, "Goodbye") == first


async def test_the_room_reads_the_last_messages(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    for number in range(5):
        await said(stage, mia, f"Number {number}", key=f"k{number}")
    last = await stage.store.read(messages_of_room, stage.session.id, limit=2)
    assert [message.text for message in last] == ["Number 3", "Number 4"]


async def test_messages_come_in_pages(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    for number in range(5):
        await said(stage, mia, f"Number {number}", key=f"k{number}")
    texts, cursor = [], None
    while True:
        page = await stage.store.read(messages_of, stage.session.id, by=stage.cast.mia, limit=2, cursor=cursor)
        texts.append([message.text for message in page.items])
        if (cursor := page.next) is None:
            break
    assert texts == [["Number 0", "Number 1"], ["Number 2", "Number 3"], ["Number 4"]]


async def test_what_is_said_to_one_is_read_by_those_two_alone(stage: Stage) -> None:
    mia, otto, gus = [await stage.come(who) for who in (stage.cast.mia, stage.cast.otto, "Gus")]
    message = await said(stage, mia, "Between us", to=otto)
    assert message.visible_to == otto.id
    await said(stage, gus, "For you, Mia", to=mia)
    await said(stage, gus, "For all", key="k2")
    texts = {
        reader.name: [
            message.text for message in (await stage.store.read(messages_of, stage.session.id, by=reader)).items
        ]
        for reader in (stage.cast.mia, stage.cast.otto, stage.cast.olga, stage.cast.ada, operator(mia.account))
    }
    assert texts == {
        stage.cast.mia.name: ["Between us", "For you, Mia", "For all"],
        stage.cast.otto.name: ["Between us", "For all"],
        stage.cast.olga.name: ["For all"],
        stage.cast.ada.name: ["For all"],
        "operator": ["For all"],
    }


async def test_nothing_is_said_to_somebody_of_another_session(stage: Stage) -> None:
    mia = await stage.come(stage.cast.mia)
    with pytest.raises(NotFound):
        await stage.store.write(say, mia.id, text="Hello?", key="k", now=stage.clock(), to=stage.session.id)
