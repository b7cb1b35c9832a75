"""The tables of live sessions (nodes, rooms, seats) and all SQL on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Update,
    bindparam,
    func,
    insert,
    select,
    update,
)

from parley.ground.db import Id, Instant, metadata
from parley.live.house_rules import HouseRules
from parley.live.seat import Seat
from parley.people import Lobby

nodes = Table(
    "nodes",
    metadata,
    Column("id", Text, primary_key=True, comment="Name of the server process, the same after a restart"),
    Column("publishers", Integer, nullable=False, comment="How many people may publish in one of its rooms"),
    Column("started_at", Instant, nullable=False, comment="When it last started (UTC)"),
    Column(
        "alive_until", Instant, nullable=False, comment="Its lease: past this moment (UTC), others may take its rooms"
    ),
    comment="Server processes that keep rooms",
)

rooms = Table(
    "rooms",
    metadata,
    Column("session", Id, ForeignKey("sessions.id"), primary_key=True, autoincrement=False, comment="The session"),
    Column("epoch", Integer, nullable=False, comment="How often a server opened the room; part of its event ids"),
    Column("node", Text, ForeignKey("nodes.id"), comment="The server process that keeps it; empty for none"),
    Column("opened_at", Instant, nullable=False, comment="When it was last opened (UTC)"),
    Column("lobby", Text, nullable=False, server_default="off", comment="Who waits: off, guests or everyone"),
    Column("locked_at", Instant, comment="Since when it is locked (UTC); empty if not"),
    Column("silenced_at", Instant, comment="Since when attendees may not unmute themselves (UTC); empty if not"),
    comment="The room of each session that somebody came to",
)

seats = Table(
    "seats",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="Id of the seat, in time order"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account whose session it is"),
    Column("session", Id, ForeignKey("sessions.id"), nullable=False, comment="The session that it admits to"),
    Column("participant", Id, ForeignKey("participants.id"), nullable=False, comment="Whom it admits"),
    Column("person", Id, ForeignKey("users.id"), comment="The user; empty for a guest"),
    Column("name", Text, nullable=False, comment="What they are called in the room"),
    Column("role", Text, nullable=False, comment="host, cohost or attendee"),
    Column("publishes", Boolean, nullable=False, comment="Whether they may publish media"),
    Column("token_hash", LargeBinary(32), nullable=False, comment="SHA-256 of the token"),
    Column("issued_at", Instant, nullable=False, comment="When it was given out (UTC)"),
    Column("revoked_at", Instant, comment="When it was taken away (UTC)"),
    Column("admitted_at", Instant, comment="When its holder was let in (UTC); empty for who may have to wait"),
    Column("device", Text, comment="The browser that it was given to, by a name of its own; may be empty"),
    Column("link_of", Text, comment="Whose personal link they came by who are somebody else; mostly empty"),
    Column(
        "link_shared",
        Boolean,
        nullable=False,
        comment="Whether their personal link was open on another device when they came",
    ),
    Index("uq_seats_token_hash", "token_hash", unique=True),
    Index("ix_seats_session_id", "session", "id"),
    Index("ix_seats_participant", "participant"),
    comment="What admits people to rooms; one person may hold several, for one place",
)


# Nodes


def save_node(db: Connection, node: str, *, publishers: int, started_at: datetime, alive_until: datetime) -> None:
    """Write down that a node starts."""
    values = {"publishers": publishers, "started_at": started_at, "alive_until": alive_until}
    if db.execute(update(nodes).where(nodes.c.id == node).values(values)).rowcount == 0:
        db.execute(insert(nodes).values(id=node, **values))


def save_lease(db: Connection, node: str, *, alive_until: datetime) -> None:
    """Write down until when a node is alive."""
    db.execute(update(nodes).where(nodes.c.id == node).values(alive_until=alive_until))


def most_publishers(db: Connection, *, now: datetime) -> int | None:
    """Return how many may publish in a room of the roomiest node that is alive, or else of the one that was last.

    None when there never was a node.
    """
    alive = select(func.max(nodes.c.publishers)).where(nodes.c.alive_until > now)
    last = select(nodes.c.publishers).order_by(nodes.c.alive_until.desc()).limit(1)
    found: int | None = db.execute(alive).scalar()
    return db.execute(last).scalar() if found is None else found


# Rooms


def epoch_of(db: Connection, session: int) -> int:
    """Return how often the session's room was opened."""
    return db.execute(select(rooms.c.epoch).where(rooms.c.session == session)).scalar() or 0


def living_owner(db: Connection, session: int, *, now: datetime) -> str | None:
    """Return the node that keeps the room and is alive."""
    alive = select(nodes.c.id).join(rooms, rooms.c.node == nodes.c.id).where(nodes.c.alive_until > now)
    found: str | None = db.execute(alive.where(rooms.c.session == session)).scalar()
    return found


def save_room(db: Connection, session: int, *, epoch: int, node: str, opened_at: datetime) -> None:
    """Write down which node opened the room, for which time."""
    values = {"epoch": epoch, "node": node, "opened_at": opened_at}
    if db.execute(update(rooms).where(rooms.c.session == session).values(values)).rowcount == 0:
        db.execute(insert(rooms).values(session=session, **values))


def save_released(db: Connection, session: int, *, node: str) -> None:
    """Write down that a node no longer keeps the room."""
    db.execute(update(rooms).where(rooms.c.session == session, rooms.c.node == node).values(node=None))


def house_of(db: Connection, session: int) -> HouseRules:
    """Return what was decided about the session's room."""
    columns = (rooms.c.lobby, rooms.c.locked_at, rooms.c.silenced_at)
    row = db.execute(select(*columns).where(rooms.c.session == session)).one_or_none()
    if row is None:
        return HouseRules()
    return HouseRules(lobby=Lobby(row.lobby), locked=row.locked_at is not None, may_unmute=row.silenced_at is None)


def save_house(db: Connection, session: int, house: HouseRules, *, at: datetime) -> None:
    """Write down what is decided about the session's room, also before it is opened."""
    values = {
        "lobby": house.lobby,
        "locked_at": at if house.locked else None,
        "silenced_at": None if house.may_unmute else at,
    }
    if db.execute(update(rooms).where(rooms.c.session == session).values(values)).rowcount == 0:
        db.execute(insert(rooms).values(session=session, epoch=0, opened_at=at, **values))


# Seats

_SEAT = (
    seats.c.id,
    seats.c.account,
    seats.c.session,
    seats.c.participant,
    seats.c.person,
    seats.c.name,
    seats.c.role,
    seats.c.publishes,
    seats.c.issued_at,
    seats.c.revoked_at,
    seats.c.admitted_at,
    seats.c.device,
    seats.c.link_of,
    seats.c.link_shared,
)
_SEAT_FIELDS = tuple(column.name for column in _SEAT)
_BY_TOKEN = select(*_SEAT).where(seats.c.token_hash == bindparam("hash"))
_BY_ID = select(*_SEAT).where(seats.c.id == bindparam("seat"))
_IN = select(*_SEAT).where(seats.c.session == bindparam("session")).order_by(seats.c.id)


def add_seat(db: Connection, seat: Seat, *, token_hash: bytes) -> None:
    """Write down a fresh seat."""
    row = {column.name: getattr(seat, column.name) for column in _SEAT}
    db.execute(insert(seats).values(row | {"token_hash": token_hash}))


def seat_with(db: Connection, token_hash: bytes) -> Seat | None:
    """Return the seat of a token, also one that was revoked."""
    row = db.execute(_BY_TOKEN, {"hash": token_hash}).one_or_none()
    return None if row is None else _seat(row)


def seat_of(db: Connection, seat: int) -> Seat | None:
    """Return a seat to its room."""
    row = db.execute(_BY_ID, {"seat": seat}).one_or_none()
    return None if row is None else _seat(row)


def seats_in(db: Connection, session: int) -> list[Seat]:
    """Return all seats of a session, oldest first."""
    return [_seat(row) for row in db.execute(_IN, {"session": session})]


def devices_of(db: Connection, participant: int) -> set[str]:
    """Return the browsers in which somebody came by a personal link, and still may."""
    valid = seats.c.participant == participant, seats.c.revoked_at.is_(None), seats.c.device.is_not(None)
    return set(db.execute(select(seats.c.device).where(*valid)).scalars())


def seated_in(db: Connection, session: int) -> set[int]:
    """Return the participants who asked to come in, those who only wait or were sent away, too."""
    return set(db.execute(select(seats.c.participant).where(seats.c.session == session)).scalars())


def save_revoked(db: Connection, participant: int, *, at: datetime) -> int:
    """Write down that a participant's seats are no longer valid; return how many were."""
    valid = update(seats).where(seats.c.participant == participant, seats.c.revoked_at.is_(None))
    return db.execute(valid.values(revoked_at=at)).rowcount


def save_admitted(db: Connection, participant: int, *, at: datetime) -> int:
    """Write down that a participant's valid seats are let in; return how many were not."""
    return db.execute(_waiting(participant).values(admitted_at=at)).rowcount


def save_waiting(db: Connection, seat: int) -> None:
    """Write down that the holder of a seat has to be let in."""
    db.execute(update(seats).where(seats.c.id == seat).values(admitted_at=None))


def save_refused(db: Connection, participant: int, *, at: datetime) -> int:
    """Write down that a participant's seats that wait are no longer valid; return how many were."""
    return db.execute(_waiting(participant).values(revoked_at=at)).rowcount


def _waiting(participant: int) -> Update:
    return update(seats).where(
        seats.c.participant == participant, seats.c.revoked_at.is_(None), seats.c.admitted_at.is_(None)
    )


def save_role(db: Connection, participant: int, *, role: str) -> int:
    """Write down that a participant's valid seats have another role; return how many had not."""
    others = update(seats).where(seats.c.participant == participant, seats.c.revoked_at.is_(None), seats.c.role != role)
    return db.execute(others.values(role=role)).rowcount


def _seat(row: Any) -> Seat:  # noqa: ANN401 (a row of _SEAT)
    return Seat(**dict(zip(_SEAT_FIELDS, row, strict=True)))
