"""Under which name an artefact is saved by who downloads it."""

import mimetypes
import re

from parley.artefacts.artefact import Artefact, ArtefactKind

_NEVER = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST = 120


def file_name(artefact: Artefact) -> str:
    """Return a name that every system takes: a file's own, a recording's with its day."""
    plain = _NEVER.sub(" ", artefact.name).strip(" .")[:_LONGEST] or artefact.kind.value
    if artefact.kind is ArtefactKind.FILE:
        return plain
    ending = mimetypes.guess_extension(artefact.format) or ""
    return f"{plain} {artefact.created_at:%Y-%m-%d %H.%M}{ending}"
