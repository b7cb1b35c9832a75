"""What the handlers of a room have in common: answering somebody, refusing, and finding who is there."""

from typing import Any

from parley.live.effects import Effect, Send
from parley.live.events import Event, encode
from parley.live.occupant import Occupant
from parley.live.reasons import Error, Reason
from parley.live.room import Room


def there(room: Room, who: str) -> Occupant | None:
    """Return somebody who is connected."""
    occupant = room.occupants.get(int(who))
    return None if occupant is None or occupant.away else occupant


def send(to: int, event: Event | Error) -> Send:
    """Tell one person."""
    return Send(to, encode(event))


def refuse(occupant: Occupant, reason: Reason, **fields: Any) -> list[Effect]:  # noqa: ANN401 (fields of Error)
    """Answer that something was not done, and why."""
    return [send(occupant.id, Error(reason=reason, **fields))]
