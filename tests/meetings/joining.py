"""A meeting to join, and those who would."""

from typing import Any

import httpx

from parley import meetings
from parley.access import Context
from parley.live import IssuedSeat
from parley.meetings import ShownLink
from parley.people import Caller
from tests.doors import Doors
from tests.meetings.office import PLAN

PASSWORD = "open sesame"


class Joining:
    """A live meeting of Olga's with Otto as co-organizer."""

    def __init__(self, doors: Doors, host: httpx.AsyncClient) -> None:
        self.doors, self.host = doors, host
        self.context: Context = doors.app.state.context
        self.meeting: dict[str, Any] = {}

    async def plan(self, **different: Any) -> None:  # noqa: ANN401 (a field of any type)
        plan = PLAN | {"co_organizers": [str(self.doors.cast.otto.person)]} | different
        self.meeting = (await self.host.post("/api/v1/meetings", json=plan)).json()

    async def act(self, act: str) -> dict[str, Any]:
        answer = await self.host.post(f"/api/v1/meetings/{self.meeting['id']}/{act}")
        done: dict[str, Any] = answer.json()
        return done

    async def join(
        self,
        by: Caller | None = None,
        *,
        name: str = "",
        password: str | None = None,
        link: ShownLink | None = None,
        address: str = "192.0.2.1",
    ) -> IssuedSeat:
        return await meetings.join(
            self.context, self.meeting["number"], by=by, name=name, password=password, link=link, address=address
        )

    async def look_up(self, by: Caller | None = None, *, link: ShownLink | None = None) -> meetings.JoinInfo:
        return await meetings.look_up(self.context, self.meeting["number"], by=by, link=link, address="192.0.2.1")

    async def invite(self, *invitees: dict[str, Any]) -> list[dict[str, Any]]:
        """Invite people, and return their invitations as the API shows them."""
        path = f"/api/v1/meetings/{self.meeting['id']}/invitations"
        answer = (await self.host.post(path, json={"invitees": invitees})).raise_for_status()
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    def link(self, invitation: dict[str, Any], *, device: str = "") -> ShownLink:
        """Return the personal link of an invitation, as a browser of this name shows it."""
        key = invitation["link"].rpartition("/")[2]
        return ShownLink.of(key, device=device, ring=self.doors.app.state.ring)
