"""The process that those of `tests/preloaded.py` are forked from: it has imported Parley, and does nothing with it."""

import contextlib
import json
import os
import selectors
import signal
import socket
import sys

import parley.app.serve  # noqa: F401 (so that what is forked need not import it)
from parley.cli import main
from parley.cli.commands import commands
from tests.preloaded import LARGEST, PARLEY


class Origin:
    """Forks for each order, and tells who gave it how that ended."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._running: dict[int, tuple[int, socket.socket]] = {}
        self._news = selectors.DefaultSelector()
        self._news.register(orders, selectors.EVENT_READ)

    def fork(self) -> None:
        """Return in what was forked, once it can be `parley`; end when nobody is there to order."""
        while True:
            for key, _ in self._news.select():
                if key.fileobj is not self._orders:
                    self._tell_the_end(key.fd)
                elif self._take_an_order():
                    return

    def _take_an_order(self) -> bool:
        """Return True in the process that was forked."""
        order, files, _, _ = socket.recv_fds(self._orders, LARGEST, 4)
        if not order:
            self._end()
        teller = socket.socket(fileno=files.pop())
        pid = os.fork()
        if pid == 0:
            teller.close()
            self._leave()
            _become(files, **json.loads(order))
            return True
        for file in files:
            os.close(file)
        teller.send(str(pid).encode())
        ending = os.pidfd_open(pid)
        self._running[ending] = pid, teller
        self._news.register(ending, selectors.EVENT_READ)
        return False

    def _tell_the_end(self, ending: int) -> None:
        pid, teller = self._running.pop(ending)
        self._news.unregister(ending)
        os.close(ending)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with teller, contextlib.suppress(OSError):  # perhaps nobody waits for it
            teller.send(str(status).encode())

    def _end(self) -> None:
        for pid, _ in self._running.values():
            os.kill(pid, signal.SIGKILL)
        sys.exit()

    def _leave(self) -> None:
        """Close what is the origin's own."""
        self._news.close()
        self._orders.close()
        for ending, (_, teller) in self._running.items():
            os.close(ending)
            teller.close()


def _become(files: list[int], *, words: list[str], environment: dict[str, str]) -> None:
    for standard, file in enumerate(files):
        os.dup2(file, standard)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [PARLEY, *words]


if __name__ == "__main__":
    commands(["--version"], standalone_mode=False)  # after which all is imported that any command needs
    Origin(socket.socket(fileno=int(sys.argv[1]))).fork()
    main()
