"""`parley doctor`: what is set up wrong, and how to mend it."""

import os
from typing import Annotated

import msgspec
import typer

from parley.cli.findings import findings
from parley.cli.speak import failing, said
from parley.settings import Settings

_MARKS = {"good": "  ok  ", "notice": " note ", "bad": " BAD  "}


def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")] = False) -> None:
    """Say what is set up wrong and how to mend it; changes nothing. Status 1 when something does not work."""
    with failing(as_json=as_json):
        found = list(findings(Settings.read(os.environ), os.environ))
    bad = sum(finding.state == "bad" for finding in found)
    lines = []
    for finding in found:
        lines.append(f"{_MARKS[finding.state]} {finding.about:12} {finding.says}")
        if finding.mend:
            lines.append(f"       {'':12} → {finding.mend}")
    lines.append("")
    lines.append("Nothing is wrong." if not bad else f"{bad} thing{'s' * (bad > 1)} to mend.")
    said(
        {"findings": [msgspec.to_builtins(finding) for finding in found], "bad": bad}, "\n".join(lines), as_json=as_json
    )
    if bad:
        raise SystemExit(1)
