"""Signalling for a bare call, `python -m bench.peers.call.server PORT`: rooms in memory, messages passed on by id."""

import itertools
import sys
from pathlib import Path

from aiohttp import WSMsgType, web

Room = dict[str, web.WebSocketResponse]

PAGE = Path(__file__).with_name("call.html")
rooms: dict[str, Room] = {}
ids = map(str, itertools.count(1))


async def page(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE)


async def signal(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse(heartbeat=20, max_msg_size=2**20)
    await socket.prepare(request)
    room = rooms.setdefault(request.match_info["room"], {})
    me = next(ids)
    await socket.send_json({"type": "welcome", "id": me, "peers": list(room)})
    room[me] = socket
    try:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                sent = message.json()
                if to := room.get(sent["to"]):
                    await to.send_json(sent | {"from": me})
    finally:
        del room[me]
        for other in list(room.values()):
            await other.send_json({"type": "left", "id": me})
    return socket


if __name__ == "__main__":
    app = web.Application()
    app.add_routes([web.get("/call/{room}", page), web.get("/signal/{room}", signal)])
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
