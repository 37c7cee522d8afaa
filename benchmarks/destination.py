"""`python -m benchmarks.destination`: a system that tokens are sent to, which costs as little as can be done in Python.

It answers 2 kB of JSON from memory; `…/stream/100` with 100 MB of it, as they are taken; `…/connections` with the
number of connections that there have been. A body, which needs a Content-Length, is read and thrown away.
"""

import asyncio
import json
import re
from typing import Annotated, cast

import typer
import uvloop

MEGABYTE = 1_000_000
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_NAMES = ("firstname", "lastname", "email", "company", "phone", "city", "lifecyclestage", "createdate")
_CONTACTS = [
    {"id": f"{number:012}", "properties": {name: f"{name} of {number}" for name in _NAMES}, "archived": False}
    for number in range(6)
]
DOCUMENT = json.dumps({"results": _CONTACTS}).encode().ljust(2000)
_BLOCK = DOCUMENT * 50


def answer(length: int, body: bytes = b"") -> bytes:
    """Return an answer as it is sent, or the head of it."""
    head = f"HTTP/1.1 200 OK\r\nServer: benchmark\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + body


_ANSWER = answer(len(DOCUMENT), DOCUMENT)


class Destination(asyncio.Protocol):
    """A connection, with one request after the other."""

    connections = 0
    """How many there have been."""

    def __init__(self) -> None:
        self._head = b""
        self._path = b""
        self._to_come = 0
        self._to_send = 0
        self._paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        Destination.connections += 1
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer when a request is there in all its length."""
        if not self._to_come:
            self._head, found, data = (self._head + data).partition(b"\r\n\r\n")
            if not found:
                return
            length = _LENGTH.search(self._head)
            self._to_come = int(length[1]) if length else 0
            self._path, self._head = self._head.split(b" ", 2)[1], b""
        self._to_come -= len(data)
        if not self._to_come:
            self._answer()

    def _answer(self) -> None:
        where, _, last = self._path.rpartition(b"/")
        if last == b"connections":
            body = str(Destination.connections).encode()
            self._transport.write(answer(len(body), body))
        elif where.endswith(b"/stream"):
            self._to_send = int(last) * MEGABYTE
            self._transport.write(answer(self._to_send))
            self._send()
        else:
            self._transport.write(_ANSWER)

    def pause_writing(self) -> None:
        self._paused = True

    def resume_writing(self) -> None:
        self._paused = False
        self._send()

    def _send(self) -> None:
        while self._to_send and not self._paused:
            self._to_send -= len(_BLOCK)
            self._transport.write(_BLOCK)


async def serve(port: int) -> None:
    """Serve until the process is ended."""
    server = await asyncio.get_running_loop().create_server(Destination, "127.0.0.1", port)
    await server.serve_forever()


def main(port: Annotated[int, typer.Option()]) -> None:
    """Serve on this port of 127.0.0.1."""
    uvloop.run(serve(port))


if __name__ == "__main__":
    typer.run(main)
