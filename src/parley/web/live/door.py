"""The door of a meeting as its address names it: by the number alone, or by a personal link."""

from typing import Any

import msgspec
from litestar import Request

from parley import meetings
from parley.access import Context, client_info
from parley.ground.secrets import Keyring
from parley.meetings import JoinInfo, ShownLink
from parley.people import Caller


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody stands: before which meeting, with which key, and from which address on the network."""

    number: str
    key: str | None
    address: str
    ring: Keyring

    @property
    def path(self) -> str:
        """Where the meeting is joined through this door."""
        return f"/join/{self.number}" if self.key is None else f"/join/{self.number}/{self.key}"

    def link(self, device: str = "") -> ShownLink | None:
        """Return the personal link that is shown, by a browser that calls itself so; None at the door for all."""
        return None if self.key is None else ShownLink.of(self.key, device=device, ring=self.ring)

    async def look_up(self, context: Context, *, by: Caller | None) -> JoinInfo:
        """Return what is seen through it. Raises NotFound, and OverLimit for who tries out numbers."""
        return await meetings.look_up(context, self.number, by=by, link=self.link(), address=self.address)


def door_of(request: Request[Any, Any, Any], context: Context) -> Door:
    """Return the door that a request stands at; its address says which."""
    return Door(
        number=request.path_params["number"],
        key=request.path_params.get("key"),
        address=client_info(request.scope, context.settings).address,
        ring=request.app.state["ring"],
    )
