"""What the kernel says of a process and its children."""

import os
import subprocess
import sys

from bench import usage


def test_what_a_child_uses_is_counted_with_its_parent() -> None:
    hold = "import sys; held = bytes(50_000_000); print('ready', flush=True); sys.stdin.read()"
    alone = usage.resident_megabytes(os.getpid())
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert usage.resident_megabytes(child.pid) > 0
        assert usage.resident_megabytes(os.getpid()) > alone
        child.communicate()


def test_processor_time_only_grows() -> None:
    before = usage.cpu_seconds(os.getpid())
    sum(range(3_000_000))
    assert usage.cpu_seconds(os.getpid()) >= before >= 0
