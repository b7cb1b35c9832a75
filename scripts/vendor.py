"""Fetch what the pages and their tests use from elsewhere, each into its folder with licences and a manifest.

Run it after changing a version below or a name in `icons.txt`; it needs npm and whatever registry npm is set to use:

    python scripts/vendor.py
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PAGES = HERE.parent / "src/parley/web/static/vendor"
TESTS = HERE.parent / "tests/browser/vendor"
ICONS = HERE / "icons.txt"
SPRITE = "bootstrap-icons.svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package of the npm registry, pinned, and which of its files are taken under which name."""

    name: str
    version: str
    license: str
    files: dict[str, str]
    folder: Path = PAGES
    notice: str | None = None
    """Our name for its licence, kept in this folder, where the package names it without bringing the text."""


PACKAGES = (
    Package(
        name="bootstrap",
        version="5.3.9",
        license="MIT",
        files={"dist/css/bootstrap.min.css": "bootstrap.min.css", "LICENSE": "bootstrap.LICENSE"},
    ),
    Package(
        name="htmx.org",
        version="4.0.1",
        license="0BSD",
        files={"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE"},
    ),
    Package(
        name="bootstrap-icons",
        version="1.13.2",
        license="MIT",
        files={SPRITE: SPRITE, "LICENSE": "bootstrap-icons.LICENSE"},
    ),
    Package(
        name="@event-calendar/build",
        version="5.10.1",
        license="MIT",
        files={
            "dist/event-calendar.min.js": "event-calendar.min.js",
            "dist/event-calendar.min.css": "event-calendar.min.css",
        },
        notice="event-calendar.LICENSE",
    ),
    Package(
        name="axe-core",
        version="4.14.1",
        license="MPL-2.0",
        files={"axe.min.js": "axe.min.js", "LICENSE": "axe.LICENSE"},
        folder=TESTS,
    ),
)


def packed(package: Package, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the wanted files of the package as (our name, content)."""
    npm = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    archive = subprocess.run(npm, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    with tarfile.open(folder / archive) as tar:
        for theirs, ours in package.files.items():
            file = tar.extractfile(f"package/{theirs}")
            if file is None:
                raise FileNotFoundError(theirs)
            yield ours, file.read()
    if package.notice is not None:
        yield package.notice, (HERE / package.notice).read_bytes()


def kept(name: str, content: bytes) -> bytes:
    """Return what is kept of a file: of the sprite only our icons, everything else byte for byte."""
    return sprite(content.decode(), ICONS.read_text().split()) if name == SPRITE else content


def sprite(whole: str, names: list[str]) -> bytes:
    """Return a sprite of the named icons only."""
    symbols = {name: body for body, name in re.findall(r'(<symbol[^>]* id="([^"]+)">.*?</symbol>)', whole, re.DOTALL)}
    missing = [name for name in names if name not in symbols]
    if missing:
        raise LookupError(f"No such icons: {', '.join(missing)}")
    drawn = "\n".join(symbols[name] for name in sorted(names))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{drawn}\n</svg>\n'.encode()


def vendor(package: Package) -> Iterator[dict[str, str]]:
    """Write the wanted files of the package; yield what the manifest says of each."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in packed(package, Path(folder)):
            data = kept(name, content)
            (package.folder / name).write_bytes(data)
            yield {
                "path": name,
                "package": package.name,
                "version": package.version,
                "sha256": hashlib.sha256(data).hexdigest(),
                "license": package.license,
            }


def main() -> None:
    """Fill both folders; the `manifest.json` of each names the origin, licence and checksum of every file."""
    for folder in (PAGES, TESTS):
        folder.mkdir(parents=True, exist_ok=True)
        listed = [file for package in PACKAGES if package.folder == folder for file in vendor(package)]
        (folder / "manifest.json").write_text(json.dumps({"files": listed}, indent=2) + "\n")


if __name__ == "__main__":
    main()
