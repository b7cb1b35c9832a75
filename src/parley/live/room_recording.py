"""A room that is recorded: everybody in it knows, and so does everybody who comes."""

from datetime import datetime

from msgspec.structs import replace

from parley.ground import ids
from parley.ground.db import Connection
from parley.live.effects import Effect
from parley.live.events import RecordingChanged, RecordingView
from parley.live.room import Room
from parley.recordings import running_in


def recording_view(artefact: int, *, who: int | None, since: datetime) -> RecordingView:
    """Return a recording as the protocol shows it."""
    return RecordingView(id=ids.text(artefact), who=None if who is None else ids.text(who), since=since)


def recording_of_room(db: Connection, session: int) -> RecordingView | None:
    """Return the recording that goes on in a session; None where none does."""
    running = running_in(db, session)
    if running is None:
        return None
    artefact, _ = running
    return recording_view(artefact.id, who=artefact.participant, since=artefact.created_at)


def change_recording(room: Room, recording: RecordingView | None) -> list[Effect]:
    """The session is recorded from now on, or not any more, and that is on the record."""
    if room.about.recording == recording:
        return []
    room.about = replace(room.about, recording=recording)
    return [room.broadcast(RecordingChanged(recording=recording))]
