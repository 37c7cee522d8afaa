"""Connections: kept, closed, never confused, and given up in time."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, aclosing, contextmanager
from typing import Any

import pytest
from tests.conftest import until
from tests.egress.calls import fetch
from tests.egress.dns import Dns
from tests.egress.tls import Answer, Authority, Hostile, http

from remuner.shared.egress import Egress, Resolver
from remuner.shared.upstream import Origin, UpstreamRequest, UpstreamTimeout, UpstreamUnreachable

FORGED = http(b"forged")


def test_to_be_made_it_needs_nothing() -> None:
    """No loop, no connection."""
    Egress()


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("GET", http(b"well")),
        ("GET", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwell\r\n0\r\n\r\n"),
        ("HEAD", http()),
        ("GET", http(status="404 Not Found")),
        ("DELETE", b"HTTP/1.1 204 No Content\r\n\r\n"),
    ],
)
async def test_a_connection_is_used_again(server: Hostile, egress: Egress, method: str, answer: bytes) -> None:
    """When the answer has been read to its end."""
    server.answer = answer
    for _ in range(3):
        await fetch(egress, server.origin, method)
    assert (1, 3) == (server.connections, len(server.requests))


async def test_at_once_there_are_as_many_as_calls(server: Hostile, egress: Egress) -> None:
    """And then they are used again."""
    for _ in range(2):
        assert [b"well"] * 30 == [
            answer.body for answer in await asyncio.gather(*(fetch(egress, server.origin) for _ in range(30)))
        ]
    assert (30, 60) == (server.connections, len(server.requests))


async def test_origins_do_not_share_connections(authority: Authority, server: Hostile) -> None:
    """Another name for the same address is another connection, another port too."""
    names = ["localhost", "127.0.0.1"]
    async with (
        Hostile(authority.tls("localhost")) as another,
        aclosing(
            Egress(
                allow=[*((name, server.port) for name in names), ("localhost", another.port)], ca_file=authority.file
            )
        ) as egress,
    ):
        for _ in range(2):
            for name in names:
                await fetch(egress, Origin("https", name, server.port))
            await fetch(egress, another.origin)
        assert (2, 1) == (server.connections, another.connections)


@pytest.mark.parametrize("left", ["before the body", "in the body", "by an error"])
async def test_who_leaves_early_closes_the_connection(server: Hostile, egress: Egress, left: str) -> None:
    """What is left of the answer is nobody's."""
    server.answer = http(bytes(300_000))

    async def leave() -> None:
        async with egress.send(UpstreamRequest(server.origin, "GET", b"/")) as answer:
            if left != "before the body":
                await anext(answer.body)
            if left == "by an error":
                raise LookupError(left)

    if left == "by an error":
        with pytest.raises(LookupError, match=left):
            await leave()
    else:
        await leave()
    await until(lambda: not server.open)
    server.answer = http(b"well")
    assert b"well" == (await fetch(egress, server.origin)).body
    assert 2 == server.connections


async def test_a_connection_that_has_been_closed_is_not_used(server: Hostile, egress: Egress) -> None:
    """Neither at once nor while it was idle, nor when the answer said so."""

    def closing(seconds: float) -> Answer:
        async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
            writer.write(http(b"well"))
            asyncio.get_running_loop().call_later(seconds, writer.close)

        return answer

    last = http(b"well", "Connection: close"), http(b"well").replace(b"1.1", b"1.0")
    for server.answer in (closing(0), closing(0.01), *last):
        assert b"well" == (await fetch(egress, server.origin)).body
        await asyncio.sleep(0.02)
    server.answer = http(b"well")
    assert b"well" == (await fetch(egress, server.origin)).body
    assert (5, 5) == (server.connections, len(server.requests))


async def test_an_end_instead_of_an_answer_is_unreachable(server: Hostile, egress: Egress) -> None:
    """On a kept connection, too; whether to try again the caller decides."""

    async def close(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.close()

    await fetch(egress, server.origin)
    server.answer = close
    with pytest.raises(UpstreamUnreachable):
        await fetch(egress, server.origin)
    assert (1, 2) == (server.connections, len(server.requests))


@pytest.mark.parametrize(
    "first", ["head", "no content", "length", "chunks", "later record", "garbage", "half an answer"]
)
@pytest.mark.parametrize("encrypted", [True, False])
async def test_what_follows_an_answer_is_not_the_next_one(authority: Authority, first: str, *, encrypted: bool) -> None:
    """A server that is led to send more than one answer gives none to the next caller, who has another token."""
    answers = {
        "head": (http() + FORGED,),
        "no content": (b"HTTP/1.1 204 No Content\r\n\r\n" + FORGED,),
        "length": (http(b"well") + FORGED,),
        "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwell\r\n0\r\n\r\n" + FORGED,),
        "later record": (http(b"well"), FORGED),
        "garbage": (http(b"well") + b"\r\n",),
        "half an answer": (http(b"well") + FORGED[:20],),
    }

    async def answer(request: bytes, writer: asyncio.StreamWriter) -> None:
        for part in answers[first] if b"/first" in request else [http(b"well")]:
            writer.write(part)  # with TLS, each is a record

    tls = authority.tls("localhost") if encrypted else None
    async with (
        Hostile(tls, answer=answer) as server,
        aclosing(Egress(allow=[("localhost", server.port)], ca_file=authority.file)) as egress,
    ):
        await fetch(egress, server.origin, "HEAD" if first == "head" else "GET", b"/first")
        assert b"well" == (await fetch(egress, server.origin)).body
        assert 2 == server.connections


async def _slowly(_: bytes, writer: asyncio.StreamWriter) -> None:
    """Answer in parts, and never end."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for part in [b"1\r\na\r\n"] * 5:
        await asyncio.sleep(0)
        writer.write(part)
    await asyncio.sleep(60)


async def _cancelled_after(turns: int, call: Callable[[], Awaitable[object]]) -> None:
    task = asyncio.ensure_future(call())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_cancelled_call_closes_its_connection(authority: Authority) -> None:
    """Wherever it is cancelled: while it looks the name up, connects, shakes hands, sends, waits or reads."""
    async with (
        Hostile(authority.tls("localhost"), answer=_slowly) as server,
        Dns(["127.0.0.1"]) as dns,
        aclosing(Egress(allow=[("localhost", server.port)], ca_file=authority.file, resolver=dns)) as egress,
    ):
        for turns in range(80):
            await _cancelled_after(turns, lambda: fetch(egress, server.origin))
        assert len(server.requests) > 20
        await until(lambda: not server.open)
        server.answer = http(b"well")
        assert b"well" == (await fetch(egress, server.origin)).body


async def test_cancelled_calls_take_no_place(authority: Authority) -> None:
    """After more of them than connections may be open, there is room as before, and kept ones are used again."""
    async with (
        Hostile(answer=_slowly) as server,
        aclosing(Egress(allow=[("localhost", server.port)])) as egress,
    ):
        for turns in range(1100):
            await _cancelled_after(turns % 20, lambda: fetch(egress, server.origin))
        server.answer = http(b"well")
        made = server.connections
        for _ in range(5):
            assert b"well" == (await fetch(egress, server.origin)).body
        assert 1 == server.connections - made


async def test_a_time_limit_ends_a_call(server: Hostile, egress: Egress) -> None:
    """The caller's, around it; however slowly the other side goes on."""

    async def dripping(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"a")
            await asyncio.sleep(0.001)

    server.answer = dripping
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await fetch(egress, server.origin)
    await until(lambda: not server.open)


@contextmanager
def _full(host: str, port: int = 0) -> Iterator[int]:
    """Listen where nobody is let in any more; connections hang."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server((host, port), backlog=0))
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)  # noqa: FBT003 - it takes no name
            waiting.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


async def test_no_connection_in_time_is_a_timeout(authority: Authority) -> None:
    """After the seconds that are given, be it the look-up, the connection or TLS; each address has its share of them."""
    async with (
        Hostile() as silent,
        Hostile(authority.tls("localhost")) as well,
        Dns(None) as dumb,
        Dns(["127.0.0.2", "127.0.0.1"]) as both,
    ):
        with _full("127.0.0.1") as full, _full("127.0.0.2", well.port):
            allow = [("localhost", port) for port in (silent.port, well.port, full)]
            given: dict[str, Any] = {"allow": allow, "ca_file": authority.file}

            async def call(port: int, resolver: Resolver | None = None) -> bytes:
                async with aclosing(Egress(**given, resolver=resolver, connect_seconds=1)) as egress:
                    return (await fetch(egress, Origin("https", "localhost", port))).body

            begun = asyncio.get_running_loop().time()
            calls = call(silent.port), call(full), call(well.port, dumb), call(well.port, both)
            ended = await asyncio.gather(*calls, return_exceptions=True)
            taken = asyncio.get_running_loop().time() - begun
    assert [UpstreamTimeout] * 3 == [type(each) for each in ended[:3]]
    assert b"well" == ended[3]
    assert 0.9 < taken < 3


async def test_closing_closes_what_is_kept(server: Hostile, egress: Egress) -> None:
    """At the end of the process."""
    await fetch(egress, server.origin)
    assert 1 == server.open
    await egress.aclose()
    await until(lambda: not server.open)
