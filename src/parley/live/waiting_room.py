"""The waiting room: those who are not let in yet. Pure, like the room that it lies before."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from parley.live.effects import Close, ComeIn, Effect, Send
from parley.live.events import HeartbeatSent, LobbyChanged, Waiting, WaitingView, encode
from parley.live.reasons import Error, Reason, Refused
from parley.live.rules import MOST_WAITING, Rules
from parley.live.seat import Seat


class Knock(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who waits."""

    seat: Seat
    since: datetime
    last_seen: datetime
    heartbeat_sent_at: datetime

    def view(self) -> WaitingView:
        """Return who waits as hosts see them."""
        return WaitingView(
            id=str(self.seat.participant), name=self.seat.name, user=self.seat.person is not None, since=self.since
        )


class WaitingRoom:
    """Keeps who waits, in the order in which they came; `hosts` are the participants who may let them in now."""

    def __init__(self, hosts: Callable[[], list[int]]) -> None:
        self.knocks: dict[int, Knock] = {}
        self._hosts = hosts
        self._told: Waiting | None = None

    def view(self) -> list[WaitingView]:
        """Return everybody who waits."""
        return [knock.view() for knock in self.knocks.values()]

    def shown_to(self, who: int) -> list[Effect]:
        """Show a new host who waits; who is a host no more need not know any longer."""
        people = self.view() if who in self._hosts() else []
        return [Send(who, encode(LobbyChanged(people=people)))] if self.knocks else []

    def knock(self, seat: Seat, *, locked: bool, at: datetime) -> list[Effect]:
        """Let somebody wait; who waits already, in another window, goes on doing so. Raises Refused for too many."""
        who = seat.participant
        known = self.knocks.get(who)
        if known is None and len(self.knocks) >= MOST_WAITING:
            raise Refused(Reason.FULL, limit=MOST_WAITING)
        since = known.since if known else at
        waiting = Waiting(hosts=bool(self._hosts()), locked=locked)
        if not self.knocks:
            self._told = waiting
        self.knocks[who] = Knock(seat=seat, since=since, last_seen=at, heartbeat_sent_at=at)
        return [Send(who, encode(waiting)), *self._tell_hosts()]

    def heard(self, who: int, *, at: datetime) -> None:
        """Take note of a sign of life."""
        if who in self.knocks:
            self.knocks[who] = replace(self.knocks[who], last_seen=at)

    def let_in(self, admitted: Callable[[Seat], bool]) -> list[Effect]:
        """Let in who may come in now."""
        came = self._take(admitted)
        return [*map(ComeIn, came), *(self._tell_hosts() if came else ())]

    def turn_away(self, barred: Callable[[Seat], bool], error: Error) -> list[Effect]:
        """Send somebody away, and tell them why."""
        gone = self._take(barred)
        told = [effect for who in gone for effect in (Send(who, encode(error)), Close(who, error.reason))]
        return [*told, *(self._tell_hosts() if gone else ())]

    def lost(self, who: int) -> list[Effect]:
        """Somebody does not wait any more: they went, or their connection did."""
        return self._tell_hosts() if self.knocks.pop(who, None) else []

    def change_role(self, who: int, role: str) -> None:
        """Take note that somebody's seats have another role."""
        if who in self.knocks:
            knock = self.knocks[who]
            self.knocks[who] = replace(knock, seat=replace(knock.seat, role=role))

    def tick(self, *, rules: Rules, locked: bool, at: datetime) -> list[Effect]:
        """Time has passed: beat, see who fell silent, and tell those who wait what is different."""
        effects = self._tell_waiting(Waiting(hosts=bool(self._hosts()), locked=locked))
        heartbeat = encode(HeartbeatSent(at=at))
        for who, knock in list(self.knocks.items()):
            if at - knock.last_seen > rules.silence_timeout:
                effects += self.turn_away(knock.seat.__eq__, Error(reason=Reason.SILENT))
            elif at - knock.heartbeat_sent_at >= rules.heartbeat_interval:
                self.knocks[who] = replace(knock, heartbeat_sent_at=at)
                effects.append(Send(who, heartbeat))
        return effects

    def _take(self, wanted: Callable[[Seat], bool]) -> list[int]:
        taken = [who for who, knock in self.knocks.items() if wanted(knock.seat)]
        for who in taken:
            del self.knocks[who]
        return taken

    def _tell_hosts(self) -> list[Effect]:
        payload = encode(LobbyChanged(people=self.view()))
        return [Send(who, payload) for who in self._hosts()]

    def _tell_waiting(self, waiting: Waiting) -> list[Effect]:
        if waiting == self._told:
            return []
        self._told = waiting
        payload = encode(waiting)
        return [Send(who, payload) for who in self.knocks]
