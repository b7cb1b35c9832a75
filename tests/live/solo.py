"""A server of live sessions in a process of its own, to be killed: `python -m tests.live.solo DATABASE FOLDER PORT`."""

import asyncio
import sys
from pathlib import Path

import uvicorn

from parley.ground.db import open_store
from parley.live.rules import Rules
from tests.live.serving import live_app, server_config


async def serve(database: str, folder: Path, port: int) -> None:
    """Serve until a signal says to stop."""
    async with open_store(database) as store:
        app = live_app(store, folder, Rules(), port=port)
        await uvicorn.Server(server_config(app, port)).serve()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
