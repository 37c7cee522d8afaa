"""A Valkey of a test's own that can be harmed, and the way to it that can be cut."""

import asyncio
import ssl
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

import psutil
import redis
from tests.e2e.service import free_port

from remuner.shared.servers import binaries

_READY_SECONDS = 10
_ADMIN = ("--user", "admin", "on", "nopass", "~*", "&*", "+@all")
"""Who is never locked out."""


class Valkey:
    """A server process; leaving kills it by pid."""

    def __init__(self, folder: Path, *options: str) -> None:
        """`folder` holds its dump; `options` are more of its own, such as `--maxmemory`, `1mb`."""
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.folder = folder
        self._options = options
        self._process: psutil.Popen | None = None

    def start(self) -> None:
        """Start it with what its dump holds, and return when it answers."""
        command = [str(binaries()[1]), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        self._process = psutil.Popen([*command, "--save", "", *_ADMIN, *self._options], stdout=subprocess.DEVNULL)
        end = time.monotonic() + _READY_SECONDS
        while time.monotonic() < end:
            try:
                self.tell("PING")
            except redis.RedisError:
                time.sleep(0.01)
            else:
                return
        self.kill()
        raise AssertionError("Valkey does not answer")

    def tell(self, *command: str | float) -> object:
        """Send a command past everybody else."""
        with redis.Redis.from_url(self.url, username="admin", password="any", socket_timeout=5) as client:
            return client.execute_command(*command)

    def kill(self) -> None:
        """End it at once, with all that it holds."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def running(self) -> bool:
        """Whether it was started and not killed."""
        return self._process is not None

    def forget(self) -> None:
        """Remove the dump, so that it starts empty."""
        (self.folder / "dump.rdb").unlink(missing_ok=True)

    def suspend(self) -> None:
        """Let it hang: connections stay, answers do not come."""
        assert self._process is not None
        self._process.suspend()

    def resume(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.resume()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


class Link:
    """A way to a server that can be slow or cut, on a port of its own."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None) -> None:
        """`port` is the server's; with `tls` this end is encrypted."""
        self._tls = tls
        self._server_port = port
        self.url = ""
        self.delay = 0.0
        self.cut = False
        self._pipes: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Listen; `url` is that of this end."""
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0, ssl=self._tls)
        try:
            self.url = f"{'rediss' if self._tls else 'redis'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/0"
            yield
        finally:
            server.close()
            self.sever()
            await asyncio.gather(*self._pipes, return_exceptions=True)

    def sever(self) -> None:
        """End all connections, and take no new ones while it is `cut`."""
        self.cut = True
        for pipe in self._pipes:
            pipe.cancel()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.cut:
            writer.close()
            return
        try:
            there = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            writer.close()
            return
        for source, target in ((reader, there[1]), (there[0], writer)):
            pipe = asyncio.create_task(self._pump(source, target))
            self._pipes.add(pipe)
            pipe.add_done_callback(self._pipes.discard)

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65536):
                await asyncio.sleep(self.delay / 2)
                if self.cut:
                    break
                target.write(data)
        finally:
            target.close()
