"""Files in a room: everybody in it sees what was shared, and so does everybody who comes."""

from datetime import datetime

from msgspec.structs import replace

from parley.artefacts import files_of_room
from parley.ground import ids
from parley.ground.db import Connection
from parley.live.effects import Effect
from parley.live.events import FileAdded, FileDeleted, FileView
from parley.live.room import Room


def file_view(artefact: int, participant: int | None, name: str, size: int, *, at: datetime) -> FileView:
    """Return a file as the protocol shows it."""
    who = None if participant is None else ids.text(participant)
    return FileView(id=ids.text(artefact), who=who, name=name, bytes=size, at=at)


def shared_in_room(db: Connection, session: int) -> tuple[FileView, ...]:
    """Return what was shared in a session."""
    return tuple(
        file_view(one.id, one.participant, one.name, one.bytes or 0, at=one.created_at)
        for one in files_of_room(db, session)
    )


def add_file(room: Room, shared: FileView) -> list[Effect]:
    """A file was shared, and that is on the record."""
    if any(known.id == shared.id for known in room.about.files):
        return []
    room.about = replace(room.about, files=(*room.about.files, shared))
    return [room.broadcast(FileAdded(file=shared))]


def delete_file(room: Room, file: str) -> list[Effect]:
    """A file was deleted: nobody gets it any more."""
    left = tuple(known for known in room.about.files if known.id != file)
    if left == room.about.files:
        return []
    room.about = replace(room.about, files=left)
    return [room.broadcast(FileDeleted(file=file))]
