"""A real mailbox: Debian's Dovecot with a folder and a port of its own, for one user."""

import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import msgspec

from tests.postgres import free_port

PASSWORD = "p@ss word"


class Dovecot(msgspec.Struct, frozen=True):
    """The mailbox of parley@example.com."""

    port: int

    @property
    def url(self) -> str:
        """The address that PARLEY_IMAP takes."""
        return f"imap://parley:p%40ss%20word@127.0.0.1:{self.port}/INBOX"

    def put(self, message: EmailMessage | bytes) -> None:
        """Put a message into the mailbox, as a mail server does that delivers it."""
        server = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        server.login("parley", PASSWORD)
        raw = message if isinstance(message, bytes) else message.as_bytes()
        kind, said = server.append("INBOX", "", imaplib.Time2Internaldate(time.time()), raw.replace(b"\n", b"\r\n"))
        assert kind == "OK", said
        server.logout()


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """Run Dovecot in a folder of its own, which is removed at the end."""
    folder, port = Path(tempfile.mkdtemp(prefix="parley-dovecot-")), free_port()
    home = folder / "home"
    home.mkdir()
    folder.chmod(0o755)  # its processes are of several users
    owner = pwd.getpwuid(os.getuid()) if os.getuid() else pwd.getpwnam("nobody")
    os.chown(home, owner.pw_uid, owner.pw_gid)
    (folder / "users").write_text(f"parley:{{PLAIN}}{PASSWORD}:{owner.pw_uid}:{owner.pw_gid}::{home}::\n")
    (folder / "dovecot.conf").write_text(_config(folder, port))
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    process = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
    try:
        _wait_until_it_listens(process, port, folder / "log")
        yield Dovecot(port)
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder)


def _config(folder: Path, port: int) -> str:
    me = pwd.getpwuid(os.getuid()).pw_name
    group = grp.getgrgid(os.getgid()).gr_name
    users = (
        f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {group}\n"
        if os.getuid()
        else ""
    )
    lookup = f"driver = passwd-file\n  args = username_format=%u {folder}/users\n"
    return (
        f"base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/log\n{users}"
        "protocols = imap\nlisten = 127.0.0.1\nssl = no\ndisable_plaintext_auth = no\n"
        "mail_location = maildir:~/mail\n"
        f"service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n"
        "  inet_listener imaps {\n    port = 0\n  }\n}\nservice anvil {\n  chroot =\n}\n"
        f"passdb {{\n  {lookup}}}\nuserdb {{\n  {lookup}}}\n"
    )


def _wait_until_it_listens(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=10).logout()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(log.read_text() if log.exists() else "Dovecot does not start")
