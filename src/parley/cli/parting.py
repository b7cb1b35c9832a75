"""Suspending and deleting from the command line, with what becomes of coming meetings."""

from typing import Annotated, Any

import typer

from parley import access, meetings, people
from parley.cli.act import AsJson, found_user, run, shown
from parley.cli.people import Email
from parley.ground.clock import utc_now
from parley.meetings import Act, Fate, Outcome, Parting

Meetings = Annotated[
    Fate, typer.Option("--meetings", help="What becomes of coming meetings: keep, hand_over or cancel.")
]
To = Annotated[
    str | None,
    typer.Option("--to", metavar="EMAIL", help="Who takes them over; else a co-organizer, where there is one."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would become of coming meetings.")]


def suspend_user(
    email: Email,
    *,
    what: Meetings = Fate.KEEP,
    to: To = None,
    free: Annotated[bool, typer.Option("--free-licences", help="Free their licences for others.")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Shut somebody out at once, in every browser, token and meeting; their history stays."""
    parting = Parting(act=Act.SUSPEND, meetings=what, frees_licences=free)
    again = f"Suspended {email}. `parley user reactivate {email}` lets them in again."
    _part(email, parting, to=to, dry_run=dry_run, words=again, as_json=as_json)


def delete_user(
    email: Email, *, what: Meetings = Fate.HAND_OVER, to: To = None, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Delete somebody for good; the record keeps their name."""
    parting = Parting(act=Act.DELETE, meetings=what)
    _part(email, parting, to=to, dry_run=dry_run, words=f"Deleted {email}.", as_json=as_json)


def _part(email: str, parting: Parting, *, to: str | None, dry_run: bool, words: str, as_json: bool) -> None:
    async def part(context: access.Context) -> dict[str, Any]:
        found = await found_user(context, email)
        heir = None if to is None else (await found_user(context, to)).id
        chosen = Parting(act=parting.act, meetings=parting.meetings, to=heir, frees_licences=parting.frees_licences)
        by, now = people.operator(found.account), utc_now()
        if dry_run:
            outcomes = await context.store.read(meetings.foresee, found.id, chosen, by=by, now=now)
        else:
            outcomes = await context.store.write(meetings.part_with, found.id, chosen, by=by, now=now)
        after = await context.store.read(people.users_named, [found.id], account=found.account)
        return {
            "user": shown(after[found.id]),
            "dry_run": dry_run,
            "meetings": [_shown(outcome) for outcome in outcomes],
        }

    def sentence(done: dict[str, Any]) -> str:
        lines = [" ".join(("", f"{one['title']}:", one["fate"], one["to"] or "")).rstrip() for one in done["meetings"]]
        return "\n".join(["Nothing is changed yet." if dry_run else words, *lines])

    run(part, sentence, as_json=as_json)


def _shown(outcome: Outcome) -> dict[str, Any]:
    to = None if outcome.to is None else outcome.to.email
    return {"meeting": str(outcome.meeting.id), "title": outcome.meeting.title, "fate": outcome.fate, "to": to}
