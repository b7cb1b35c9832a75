"""What sessions leave behind beside their record: recordings, files; who may have them, share them, and who looked."""

from parley.artefacts.add_artefact import add_artefact, change_state, fail, keep_ready
from parley.artefacts.artefact import Artefact, ArtefactKind, ArtefactState
from parley.artefacts.delete_artefact import delete_artefact, delete_expired, forget_bytes, hold_artefact
from parley.artefacts.facts import ArtefactDeleted, FileShared
from parley.artefacts.find_artefacts import artefact_kept_by, artefact_seen_by, artefacts_of, keeps
from parley.artefacts.link import SharedLink
from parley.artefacts.look import look, look_by_link, play_by_link, views_of
from parley.artefacts.rows.artefacts import (
    IS_UNDER_WAY,
    artefact_in,
    artefact_whoever_asks,
    artefacts,
    deleted_with_bytes,
)
from parley.artefacts.scan import passes
from parley.artefacts.serve import content
from parley.artefacts.share import IssuedLink, links_of, share, withdraw_link
from parley.artefacts.share_file import (
    REFUSED,
    Stored,
    file_named,
    file_of_room,
    files_of_room,
    need_room_for_file,
    refuse_file,
    share_file,
)
from parley.artefacts.view import View, ViewKind

__all__ = [
    "IS_UNDER_WAY",
    "REFUSED",
    "Artefact",
    "ArtefactDeleted",
    "ArtefactKind",
    "ArtefactState",
    "FileShared",
    "IssuedLink",
    "SharedLink",
    "Stored",
    "View",
    "ViewKind",
    "add_artefact",
    "artefact_in",
    "artefact_kept_by",
    "artefact_seen_by",
    "artefact_whoever_asks",
    "artefacts",
    "artefacts_of",
    "change_state",
    "content",
    "delete_artefact",
    "delete_expired",
    "deleted_with_bytes",
    "fail",
    "file_named",
    "file_of_room",
    "files_of_room",
    "forget_bytes",
    "hold_artefact",
    "keep_ready",
    "keeps",
    "links_of",
    "look",
    "look_by_link",
    "need_room_for_file",
    "passes",
    "play_by_link",
    "refuse_file",
    "share",
    "share_file",
    "views_of",
    "withdraw_link",
]
