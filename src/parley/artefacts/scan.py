"""Looking at a file before anybody gets it: a command of the administrator's decides."""

import asyncio
import shlex
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from parley.ground.faults import Unreachable
from parley.ground.log import get_logger
from parley.ground.words import N_

_SECONDS = 60
_CLEAN, _REFUSED = 0, 1
_CANNOT = N_("The file could not be looked at just now. Please try again later.")
_log = get_logger("parley.artefacts")


async def passes(command: str, file: Path) -> bool:
    """Tell whether the command lets a file pass. Raises Unreachable when it cannot say."""
    words = [*shlex.split(command), str(file)]
    try:
        program = await asyncio.create_subprocess_exec(*words, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
    except OSError as fault:
        _log.error("files cannot be looked at", command=words[0], reason=str(fault))
        raise Unreachable(_CANNOT) from fault
    try:
        async with asyncio.timeout(_SECONDS):
            _, said = await program.communicate()
    except TimeoutError as fault:
        program.kill()
        await program.wait()
        raise Unreachable(_CANNOT) from fault
    if program.returncode not in {_CLEAN, _REFUSED}:
        reason = said.decode(errors="replace").strip()[:500]
        _log.error("files cannot be looked at", command=words[0], status=program.returncode, reason=reason)
        raise Unreachable(_CANNOT)
    return program.returncode == _CLEAN
