"""The command line. `parley --version` is answered before anything is imported."""

import sys

from parley import __version__


def main() -> None:
    """Run the command that was given; the exit status says whether it was done."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"parley {__version__}\n")
        return
    from parley.cli.commands import run  # noqa: PLC0415 (see above)

    run()
