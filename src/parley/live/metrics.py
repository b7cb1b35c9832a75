"""Metrics of live sessions, for `/metrics`."""

from parley.ground.metrics import Counter, Gauge, registry

CONNECTIONS = Gauge("parley_live_connections", "Open sockets of live sessions", registry=registry)
ROOMS = Gauge("parley_live_rooms", "Rooms that this server keeps", registry=registry)
PEOPLE = Gauge("parley_live_people", "People who have a place in a room", registry=registry)
COMMANDS = Counter("parley_live_commands", "Events that clients sent", registry=registry)
FRAMES = Counter("parley_live_frames", "Frames that were sent to clients", registry=registry)
EVENTS = Counter("parley_live_events", "Events that were sent to clients", registry=registry)
CLOSED = Counter("parley_live_closed", "Sockets that the server closed, by reason", ["reason"], registry=registry)
