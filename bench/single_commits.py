"""Parley's command without group commit, to measure what that is worth: each write has a durable commit of its own."""

from parley.cli import main
from parley.ground.db import writer

if __name__ == "__main__":
    writer.GROUP = 1
    main()
