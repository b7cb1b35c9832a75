"""Serving: uvicorn with TLS that is read again when it is renewed, and a stop that nobody can hold up."""

import asyncio
import contextlib
import gc
import os
import socket
import ssl
from collections.abc import Callable

import uvicorn
from litestar import Litestar
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from parley import __version__, access
from parley.app.listener import Listener
from parley.app.readiness import get_ready
from parley.app.wiring import create_app
from parley.ground.clock import utc_now
from parley.ground.db import Store
from parley.ground.faults import Fault
from parley.ground.locks import FolderLock
from parley.ground.log import get_logger, set_up
from parley.ground.secrets import keyring
from parley.live import Transport
from parley.settings import Settings, SettingsError

Announce = Callable[[str, dict[str, str]], None]
"""Is told a sentence for people, and the same for programs."""

STOP_SECONDS = 3
"""How long open requests and sockets may take once the server was told to stop."""

_RENEWAL_SECONDS = 5
_RETRY_SECONDS = 5
_log = get_logger("parley.serve")


def serve(settings: Settings, *, announce: Announce) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises `AlreadyLocked` when another server uses the same PARLEY_DATA, `WrongKey` when the database was sealed with
    another key, and `SettingsError` when the certificate does not work. A database that is away is waited for.

    `announce` is told where Parley is and, as long as there is no account, the one-time link that makes the first.
    """
    _check_certificate(settings)
    set_up(json=settings.log == "json", level=settings.log_level)
    with FolderLock(settings.data):
        with contextlib.suppress(OperationalError):
            get_ready(settings.database, keyring(settings.data, written=settings.secret_key))
        app = create_app(settings)
        gc.collect()
        gc.freeze()  # what is there now stays: no request waits while it is searched for garbage
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            loop="uvloop",
            http=Listener,
            ws=Transport,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
            ssl_certfile=settings.tls_cert,
            ssl_keyfile=settings.tls_key,
        )
        with contextlib.suppress(KeyboardInterrupt):
            _Server(config, app=app, settings=settings, announce=announce).run()


def _check_certificate(settings: Settings) -> None:
    cert, key = settings.tls_cert, settings.tls_key
    if cert is None or key is None:
        return
    try:
        _try_out(os.fspath(cert), os.fspath(key))
    except (OSError, ValueError) as fault:
        found = f"PARLEY_TLS_CERT={cert} and PARLEY_TLS_KEY={key} do not work"
        raise SettingsError(f"{found}: a certificate chain and its key in PEM are expected ({fault}).") from fault


def _try_out(cert: str, key: str) -> None:
    """Raise OSError or ValueError for a pair that does not work."""
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key)


class _Server(uvicorn.Server):
    """A uvicorn server that says when it is ready, and notices a renewed certificate."""

    def __init__(self, config: uvicorn.Config, *, app: Litestar, settings: Settings, announce: Announce) -> None:
        super().__init__(config)
        self._app = app
        self._settings = settings
        self._announce = announce
        self._tasks: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the port, then say so."""
        await super().startup(sockets)
        if self.started:
            self._tasks = [asyncio.create_task(self._say_where()), asyncio.create_task(self._renew_tls())]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, with sockets and open requests given a few seconds."""
        for task in self._tasks:
            task.cancel()
        await super().shutdown(sockets)

    async def _say_where(self) -> None:
        await self._app.state.readiness.wait()
        url = self._settings.url
        self._announce(f"Parley {__version__} is at {url}", {"version": __version__, "url": url})
        link = await self._link()
        if link is not None:
            self._announce(
                f"There is no account yet. Make the first one here (once, within a day): {link}", {"link": link}
            )

    async def _link(self) -> str | None:
        """Return the link that makes the first account, as soon as the database lets it be made."""
        store: Store = self._app.state.store
        while True:
            try:
                return await store.write(access.setup_link, url=self._settings.url, now=utc_now())
            except (Fault, SQLAlchemyError) as fault:
                _log.warning("the link for the first account has to wait", reason=str(fault))
                await asyncio.sleep(_RETRY_SECONDS)

    async def _renew_tls(self) -> None:
        """Read certificate and key again when a file changed; connections that are open keep theirs."""
        cert, key = self._settings.tls_cert, self._settings.tls_key
        if cert is None or key is None:
            return
        seen = None
        while True:
            with contextlib.suppress(OSError):
                stamp = tuple((file.stat().st_mtime_ns, file.stat().st_ino) for file in (cert, key))
                if seen is not None and stamp != seen:
                    self._load(os.fspath(cert), os.fspath(key))
                seen = stamp
            await asyncio.sleep(_RENEWAL_SECONDS)

    def _load(self, cert: str, key: str) -> None:
        """Take the pair into use, once it was seen to work: loading a pair that does not match drops the old one."""
        try:
            _try_out(cert, key)
            if self.config.ssl is not None:
                self.config.ssl.load_cert_chain(cert, key)
        except (OSError, ValueError) as fault:
            _log.error("the renewed certificate does not work; the old one stays", file=cert, reason=str(fault))
        else:
            _log.info("the certificate was read again", file=cert)
