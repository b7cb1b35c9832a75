"""The command line. `parley --version` is answered before anything is imported."""

import gc
import sys

from parley import __version__

_GARBAGE = 50_000
"""New objects before Python looks for garbage; at its usual 700, that takes a tenth of the time to start."""


def main() -> None:
    """Run the command that was given; the exit status says whether it was done."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"parley {__version__}\n")
        return
    gc.set_threshold(_GARBAGE)
    from parley.cli.commands import run  # noqa: PLC0415 (see above)

    run()
