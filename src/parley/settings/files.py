"""The settings of recordings and files."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from parley.settings import readers
from parley.settings.about import About


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSettings:
    """For how long recordings and files are kept."""

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
