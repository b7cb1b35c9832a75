"""`parley --version` costs little more than Python itself."""

import subprocess
import sys

from parley import __version__

LOADED = """
import sys
sys.argv = ["parley", "--version"]
from parley.cli import main
main()
print(*sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names - {"__main__"}))
"""


def test_the_version_is_answered_before_anything_is_imported() -> None:
    plain = subprocess.run([sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, check=True)
    begun = {name.partition(".")[0] for name in plain.stdout.decode().split()}
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    version, loaded = done.stdout.splitlines()
    assert version == f"parley {__version__}"
    assert set(loaded.split()) - begun == {"parley"}
