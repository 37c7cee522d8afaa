"""An HTTP/1.1 server of a test's own that answers what it is told, and the certificates that it shows."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self, TypeAlias

import trustme

from remuner.shared.upstream import Origin

_LINE = 2**24
"""The longest chunk that it reads."""

Answer: TypeAlias = bytes | Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
"""The bytes, or who writes them, and may close the writer."""


def http(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """Return an answer with its length."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


class Authority:
    """Signs certificates of servers; `file` is what a client has to know to believe them."""

    def __init__(self, folder: Path) -> None:
        """`folder` takes the file."""
        self._authority = trustme.CA()
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.file))

    def tls(self, *hosts: str, expired: bool = False) -> ssl.SSLContext:
        """Return what makes a server speak TLS, with a certificate for these names and addresses."""
        until = datetime.now(UTC) - timedelta(days=1) if expired else None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._authority.issue_cert(*hosts, not_after=until).configure_cert(context)
        return context


class Hostile:
    """A server on 127.0.0.1, in the loop of the test, from `async with` on.

    It notes the bytes of each request and the names that clients asked for (SNI), counts connections, and answers each
    request with `answer`.
    """

    def __init__(
        self, tls: ssl.SSLContext | None = None, host: str = "localhost", answer: Answer | None = None
    ) -> None:
        """`host` is the name in its URL; who listens there is the test's business."""
        self.answer: Answer = http(b"well") if answer is None else answer
        self.requests: list[bytes] = []
        self.names: list[str | None] = []
        self.connections = 0
        self.port = 0
        self._tls = tls
        self._host = host
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}
        if tls is not None:
            tls.sni_callback = lambda _, name, __: self.names.append(name)

    @property
    def origin(self) -> Origin:
        """Where it is."""
        return Origin("http" if self._tls is None else "https", self._host, self.port)

    @property
    def url(self) -> str:
        """The same as a URL."""
        return f"{self.origin.scheme}://{self._host}:{self.port}"

    @property
    def open(self) -> int:
        """How many connections there are now."""
        return len(self._open)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0, limit=_LINE, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        while self._open:
            for writer in self._open:
                writer.transport.abort()
            await asyncio.sleep(0)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read requests until the client has gone, which is when nobody answers them any more."""
        self.connections += 1
        asked: asyncio.Queue[bytes] = asyncio.Queue()
        self._open[writer] = answering = asyncio.create_task(self._answer(asked, writer))
        try:
            while True:
                request = await _request(reader)
                self.requests.append(request)
                asked.put_nowait(request)
        except (asyncio.IncompleteReadError, OSError):
            answering.cancel()
            await asyncio.wait([answering])
            del self._open[writer]

    async def _answer(self, asked: asyncio.Queue[bytes], writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await asked.get()
                if isinstance(self.answer, bytes):
                    writer.write(self.answer)
                else:
                    await self.answer(request, writer)
        finally:  # who waits for an answer that has failed would wait long
            writer.transport.abort()


async def _request(reader: asyncio.StreamReader) -> bytes:
    """Return a request with its body."""
    request = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in request.split(b"\r\n")[1:-2])
    if fields.get(b"transfer-encoding") == b"chunked":
        while not request.endswith(b"\r\n0\r\n\r\n"):
            request += await reader.readuntil(b"\r\n")
        return request
    return request + await reader.readexactly(int(fields.get(b"content-length", 0)))
