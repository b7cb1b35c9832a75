"""Personal links: who comes by one, as whom, and what is said when it was passed on."""

from datetime import UTC, datetime
from typing import Any

import pytest

from parley.ground.facts import BEGINNING, after
from parley.ground.faults import Forbidden, Invalid
from parley.ground.secrets import KEY_BYTES, Keyring
from parley.meetings import Reply, ShownLink, Way, respond, whose_links
from parley.meetings.personal_link import key_of, named_by
from parley.people import suspend_user
from parley.sessions import Departure, Participant, RoomRole, arrive, depart, participants_of
from tests.doors import Doors
from tests.meetings.joining import PASSWORD, Joining

GWEN = {"email": "gwen@guest.example", "name": "Gwen"}


def test_a_key_names_its_invitation_to_the_server_that_made_it() -> None:
    ring, other = Keyring(b"1" * KEY_BYTES), Keyring(b"2" * KEY_BYTES)
    key = key_of(17, ring=ring)
    assert len(key) == 32
    assert named_by(key, ring=ring) == 17
    assert named_by(key, ring=other) is None
    forged = [key_of(18, ring=ring)[:12] + key[12:], key[:-1], key + "A", "", "ä" * 32, "=" * 32, "\ud800" * 32]
    assert [named_by(each, ring=ring) for each in forged] == [None] * len(forged)


async def participants(joining: Joining) -> tuple[Participant, ...]:
    session = int((await joining.host.get(f"/api/v1/meetings/{joining.meeting['id']}")).json()["session"])
    return await joining.doors.store.read(participants_of, session, by=joining.doors.cast.ada)


async def start(
    joining: Joining,
    *invitees: dict[str, Any],
    **different: Any,  # noqa: ANN401 (fields of the meeting)
) -> list[dict[str, Any]]:
    await joining.plan(**different)
    invited = await joining.invite(*invitees)
    await joining.act("start")
    return invited


async def test_a_link_lets_in_without_name_and_password_as_who_is_invited(joining: Joining) -> None:
    mia, gwen = await start(joining, {"person": str(joining.doors.cast.mia.person)}, GWEN, password=PASSWORD)
    for invitation, name, person in ((mia, "Mia", joining.doors.cast.mia.person), (gwen, "Gwen", None)):
        link = joining.link(invitation)
        shown = await joining.look_up(link=link)
        assert (shown.name, shown.asks_name, shown.asks_password, shown.void_link) == (name, False, False, False)
        seat = (await joining.join(link=link, name="Somebody")).seat
        assert (seat.name, seat.person, seat.role) == (name, person, RoomRole.ATTENDEE)


async def test_ten_tabs_are_one_participant(joining: Joining) -> None:
    (gwen,) = await start(joining, GWEN)
    seats = [(await joining.join(link=joining.link(gwen, device="laptop"))).seat for _ in range(10)]
    assert len({seat.participant for seat in seats}) == 1
    assert not any(seat.link_shared for seat in seats)
    assert [(each.name, each.invited) for each in await participants(joining)] == [
        ("Olga", True),
        ("Otto", True),
        ("Gwen", True),
    ]


async def test_a_link_of_a_host_leads_nothing(joining: Joining) -> None:
    (otto,) = await start(joining, {"person": str(joining.doors.cast.otto.person)}, co_organizers=[])
    path = f"/api/v1/meetings/{joining.meeting['id']}"
    change = {"co_organizers": [str(joining.doors.cast.otto.person)]}
    await joining.host.patch(path, json=change, headers={"If-Match": '"1"'})
    assert (await joining.join(link=joining.link(otto))).seat.role is RoomRole.ATTENDEE
    assert (await joining.join(joining.doors.cast.otto, link=joining.link(otto))).seat.role is RoomRole.COHOST


async def test_who_is_signed_in_comes_as_themselves_and_it_is_said_by_whose_link(joining: Joining) -> None:
    cast = joining.doors.cast
    (gwen,) = await start(joining, GWEN, password=PASSWORD)
    shown = await joining.look_up(cast.mia, link=joining.link(gwen))
    assert (shown.name, shown.came_by, shown.asks_password) == ("Mia", "Gwen", False)
    seat = (await joining.join(cast.mia, link=joining.link(gwen))).seat
    assert (seat.name, seat.person, seat.link_of) == ("Mia", cast.mia.person, "Gwen")
    mia = next(each for each in await participants(joining) if each.person == cast.mia.person)
    assert mia.came_by == int(str(gwen["id"]))
    said = await joining.doors.store.read(whose_links, mia.session, by=cast.olga)
    assert said == [("Mia", "Gwen")]
    stranger = await joining.look_up(cast.zoe, link=joining.link(gwen))
    assert (stranger.name, stranger.came_by, stranger.asks_name) == (None, "Gwen", True)


async def test_a_user_of_another_account_who_is_invited_by_address_comes_as_invited(joining: Joining) -> None:
    (zoe,) = await start(joining, {"email": "zoe@example.net", "name": "Zoe of Contoso"})
    seat = (await joining.join(joining.doors.cast.zoe, link=joining.link(zoe))).seat
    assert (seat.name, seat.link_of) == ("Zoe of Contoso", None)


async def test_a_second_device_while_the_first_is_there_is_noticed(joining: Joining) -> None:
    (gwen,) = await start(joining, GWEN)
    store, now = joining.doors.store, joining.doors.clock()
    first = (await joining.join(link=joining.link(gwen, device="laptop"))).seat
    assert not (await joining.join(link=joining.link(gwen, device="phone"))).seat.link_shared  # nobody is there yet
    await store.write(arrive, first.participant, node="test", now=now)
    second = (await joining.join(link=joining.link(gwen, device="phone"))).seat
    assert (second.link_shared, second.participant) == (True, first.participant)
    noted = next(each for each in await participants(joining) if each.id == first.participant)
    assert noted.link_shared_at == now
    assert await store.read(whose_links, noted.session, by=joining.doors.cast.olga) == [("Gwen", None)]
    shared = (await store.read(after, BEGINNING)).facts[-1]
    assert (shared.type, shared.subject, shared.data["participant"]) == (
        "invitation.shared",
        int(gwen["id"]),
        first.participant,
    )


async def test_a_program_that_says_no_device_is_noticed_too(joining: Joining) -> None:
    (gwen,) = await start(joining, GWEN)
    store, now = joining.doors.store, joining.doors.clock()
    first = (await joining.join(link=joining.link(gwen, device="laptop"))).seat
    await store.write(arrive, first.participant, node="test", now=now)
    assert (await joining.join(link=joining.link(gwen))).seat.link_shared


@pytest.mark.parametrize("comment", ["a\x00b", "\x1b[2J"])
async def test_what_cannot_be_stored_is_no_comment(joining: Joining, comment: str) -> None:
    await joining.plan()
    await joining.invite({"person": str(joining.doors.cast.mia.person)})
    api, answer = await joining.doors.api(joining.doors.cast.mia), {"reply": "declined", "comment": comment}
    refused = await api.put(f"/api/v1/meetings/{joining.meeting['id']}/reply", json=answer)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "comment")


async def test_nobody_answers_before_they_are_invited(joining: Joining) -> None:
    await joining.plan()
    (gwen,) = await joining.invite(GWEN)
    store, long_ago = joining.doors.store, datetime(1, 1, 1, tzinfo=UTC)
    answered = await store.write(respond, int(gwen["id"]), Reply.ACCEPTED, through=Way.MAIL, at=long_ago)
    assert (answered.reply, answered.replied_at) == (Reply.ACCEPTED, answered.invited_at)


async def test_a_link_that_was_withdrawn_opens_the_ordinary_door(joining: Joining) -> None:
    (gwen,) = await start(joining, GWEN, password=PASSWORD)
    path = f"/api/v1/meetings/{joining.meeting['id']}/invitations/{gwen['id']}"
    assert (await joining.host.delete(path)).status_code == 204
    link = joining.link(gwen)
    shown = await joining.look_up(link=link)
    assert (shown.void_link, shown.asks_name, shown.asks_password, shown.name) == (True, True, True, None)
    with pytest.raises(Invalid, match="password"):
        await joining.join(link=link, name="Gwen")
    assert (await joining.join(link=link, name="Gwen", password=PASSWORD)).seat.link_of is None


async def test_links_of_other_meetings_of_nobody_and_of_suspended_users_are_void(joining: Joining) -> None:
    cast = joining.doors.cast
    await joining.plan()
    (elsewhere,) = await joining.invite(GWEN)
    (mia,) = await start(joining, {"person": str(cast.mia.person)})
    await joining.doors.store.write(suspend_user, cast.mia.person or 0, by=cast.ada, now=joining.doors.clock())
    for link in (joining.link(elsewhere), joining.link(mia), ShownLink(invitation=None)):
        shown = await joining.look_up(link=link)
        assert (shown.void_link, shown.asks_name, shown.invitation) == (True, True, None)


async def test_who_was_removed_does_not_come_back_by_their_link(joining: Joining) -> None:
    (gwen,) = await start(joining, GWEN)
    seat = (await joining.join(link=joining.link(gwen))).seat
    store, now = joining.doors.store, joining.doors.clock()
    await store.write(arrive, seat.participant, node="test", now=now)
    await store.write(depart, seat.participant, at=now, how=Departure.REMOVED)
    with pytest.raises(Forbidden):
        await joining.join(link=joining.link(gwen))


async def test_the_api_takes_and_shows_links(joining: Joining, doors: Doors) -> None:
    mia, gwen = await start(joining, {"person": str(doors.cast.mia.person), "required": True}, GWEN)
    assert mia["required"] is True
    key = str(gwen["link"]).rpartition("/")[2]
    joined = await doors.client().post("/api/v1/join", json={"number": joining.meeting["number"], "key": key})
    assert joined.status_code == 201
    path = f"/api/v1/meetings/{joining.meeting['id']}/invitations"
    listed = (await joining.host.get(path)).json()["items"]
    assert [(each["name"], each["link"]) for each in listed] == [("Mia", mia["link"]), ("Gwen", gwen["link"])]
    overseer = (await (await doors.api(doors.cast.ada)).get(path)).json()["items"]
    assert overseer[0]["link"] == mia["link"]  # administrators may change every meeting
    page = (await joining.host.get(path, params={"limit": 1})).json()
    rest = (await joining.host.get(path, params={"cursor": page["next"]})).json()
    assert [each["name"] for each in (*page["items"], *rest["items"])] == ["Mia", "Gwen"]
    changed = await joining.host.patch(f"{path}/{gwen['id']}", json={"required": True})
    assert changed.json()["required"] is True
    assert (await joining.host.post(path, json={"invitees": [{"person": "1"}]})).status_code == 422


async def test_who_is_invited_answers_for_themselves(joining: Joining, doors: Doors) -> None:
    (mia,) = await start(joining, {"person": str(doors.cast.mia.person)})
    path, her = f"/api/v1/meetings/{joining.meeting['id']}/reply", await doors.api(doors.cast.mia)
    assert (await her.get(path)).json()["reply"] == "needs-action"
    answered = (await her.put(path, json={"reply": "tentative", "comment": "Perhaps late"})).json()
    assert (answered["reply"], answered["comment"], answered["link"]) == ("tentative", "Perhaps late", None)
    listed = (await joining.host.get(f"/api/v1/meetings/{joining.meeting['id']}/invitations")).json()["items"]
    assert [(each["id"], each["reply"], each["replied_through"]) for each in listed] == [
        (mia["id"], "tentative", "account")
    ]
    assert (await joining.host.get(path)).status_code == 404
