"""One server for one folder, however the last one ended."""

import subprocess
import sys
from pathlib import Path

import pytest

from parley.ground.locks import AlreadyLocked, FolderLock

HOLD = """
import sys, time
from pathlib import Path
from parley.ground.locks import FolderLock
with FolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_server_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyLocked, match=str(holder.pid)), FolderLock(tmp_path):
            pass
        holder.kill()
        holder.wait()
        with FolderLock(tmp_path):
            assert (tmp_path / "serve.lock").exists()


def test_the_lock_is_free_again_after_a_stop(tmp_path: Path) -> None:
    for _ in range(2):
        with FolderLock(tmp_path):
            pass
