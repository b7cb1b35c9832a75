"""Recordings of sessions: how they arrive in chunks, are put together and verified, and who agreed to them."""

from parley.recordings.consent import agree
from parley.recordings.facts import RecordingStarted, RecordingStopped
from parley.recordings.find_recordings import consents_of, marks_of, recording_of
from parley.recordings.finish import retry_recording
from parley.recordings.finisher import Finisher
from parley.recordings.keep_chunk import keep_chunk
from parley.recordings.mark import Mark, MarkKind
from parley.recordings.recording import CHUNK_LIMIT, Recording, chunk_of
from parley.recordings.running import running_in
from parley.recordings.start_recording import StartedRecording, start_recording
from parley.recordings.take_chunk import artefact_of_key, finish_recording, take_marks

__all__ = [
    "CHUNK_LIMIT",
    "Finisher",
    "Mark",
    "MarkKind",
    "Recording",
    "RecordingStarted",
    "RecordingStopped",
    "StartedRecording",
    "agree",
    "artefact_of_key",
    "chunk_of",
    "consents_of",
    "finish_recording",
    "keep_chunk",
    "marks_of",
    "recording_of",
    "retry_recording",
    "running_in",
    "start_recording",
    "take_marks",
]
