"""How Chromium is started in tests: no sandbox, no network of its own, and a camera that needs no camera."""

import os
import shutil

from playwright.async_api import Browser, Playwright

FAKE_DEVICES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""A camera, a microphone and a screen that are drawn by Chromium, given without asking."""

SHARED_TAB = ("--auto-accept-this-tab-capture",)
"""Real pixels of the page's own tab, given without asking; FAKE_DEVICES would draw them instead."""

_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--allow-loopback-in-peer-connection",  # a machine with no network at all has loopback only
)


async def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Start a Chromium of its own process."""
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("Chromium is not there; `make test` installs it or says how")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # which Chromium refuses root
    return await playwright.chromium.launch(executable_path=program, args=[*_QUIET, *sandbox, *arguments])
