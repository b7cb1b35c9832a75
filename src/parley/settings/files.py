"""The settings of recordings and files."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from parley.settings import readers
from parley.settings.about import About

_LARGEST = 2_000
_TYPES = (
    "pdf,txt,md,csv,json,ics,png,jpg,jpeg,gif,webp,heic,mp3,m4a,wav,ogg,mp4,webm,mov,zip,7z,"
    "doc,docx,xls,xlsx,ppt,pptx,odt,ods,odp"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSettings:
    """Which files are taken, and for how long recordings and files are kept."""

    files_keep: Annotated[
        timedelta,
        About(
            "PARLEY_FILES_KEEP",
            "Days for which recordings and files of sessions are kept, from when they are ready; 0 for ever. What is "
            "held is kept in any case.",
            readers.days,
            "0 (for ever)",
        ),
    ] = timedelta()
    file_limit: Annotated[
        int,
        About(
            "PARLEY_FILE_LIMIT",
            "How large a file may be that somebody shares in a room, in megabytes; 0 for no files at all.",
            readers.number(0, _LARGEST),
            "25",
        ),
    ] = 25
    file_types: Annotated[
        tuple[str, ...],
        About(
            "PARLEY_FILE_TYPES",
            "The endings of files that may be shared in a room, separated by commas; `*` for all.",
            readers.endings,
            "documents, pictures, sound, films and archives",
        ),
    ] = tuple(_TYPES.split(","))
    scan: Annotated[
        str | None,
        About(
            "PARLEY_SCAN",
            "A command that looks at every file before anybody gets it, for example `clamdscan --no-summary --fdpass`; "
            "the file's path is added. Status 0 lets it pass, 1 refuses it; with any other it is not taken for now.",
            readers.text,
            "none",
        ),
    ] = None
