"""The API of parting with somebody: it is here, for what becomes of their meetings is a part of it."""

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from parley import meetings
from parley.access import Context, needs
from parley.ground import ids
from parley.ground.faults import FieldError, Invalid, NotFound
from parley.ground.words import N_
from parley.meetings.part_with import Act, Fate, Outcome, Parting
from parley.people import Caller


class PartingRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is chosen. `to` takes meetings over; without one a co-organizer does, and where none can, it is cancelled.

    With `dry_run` nothing happens, and the answer is what would.
    """

    act: Act
    meetings: Fate = Fate.KEEP
    to: str | None = None
    frees_licences: bool = False
    dry_run: bool = False

    def as_parting(self) -> Parting:
        """Return the choice; raises Invalid when `to` is no id."""
        try:
            to = None if self.to is None else ids.parse(self.to)
        except NotFound as fault:
            raise Invalid(FieldError("to", N_("There is nobody under this id."))) from fault
        return Parting(act=self.act, meetings=self.meetings, to=to, frees_licences=self.frees_licences)


class OutcomeView(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one coming meeting; `to` is its next organizer."""

    meeting: str
    title: str
    fate: Fate
    to: str | None

    @classmethod
    def of(cls, outcome: Outcome) -> "OutcomeView":
        """Show what becomes of a meeting."""
        to = None if outcome.to is None else ids.text(outcome.to.id)
        return cls(meeting=ids.text(outcome.meeting.id), title=outcome.meeting.title, fate=outcome.fate, to=to)


class PartingView(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of the coming meetings of somebody who is suspended or deleted."""

    meetings: list[OutcomeView]


@post("/api/v1/users/{user:str}/part", opt=needs("people:write"), tags=["users"], status_code=HTTP_200_OK)
async def part_with(
    context: NamedDependency[Context],
    caller: NamedDependency[Caller],
    user: FromPath[str],
    data: JSONBody[PartingRequest],
) -> PartingView:
    """Suspend or delete somebody, and say what becomes of their coming meetings; or find out with `dry_run`."""
    parting, person = data.as_parting(), ids.parse(user)
    if data.dry_run:
        found = await context.store.read(meetings.foresee, person, parting, by=caller, now=context.clock())
    else:
        found = await context.store.write(meetings.part_with, person, parting, by=caller, now=context.clock())
    return PartingView(meetings=[OutcomeView.of(outcome) for outcome in found])


routes = [part_with]
