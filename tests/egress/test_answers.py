"""What goes to the other side, and what is made of what comes back."""

import asyncio
import gzip
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from tests.egress.calls import fetch, parts
from tests.egress.tls import Authority, Hostile, http

from remuner.shared.egress import Egress
from remuner.shared.errors import RemunerError
from remuner.shared.upstream import (
    Headers,
    Origin,
    UpstreamAnswer,
    UpstreamMalformed,
    UpstreamRequest,
    UpstreamTooLarge,
    UpstreamUnreachable,
)

CANARY = b"canary7f3a"


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("GET", (), ""),
        ("DELETE", (), ""),
        ("POST", (), "content-length: 0\r\n"),
        ("PUT", ((b"content-length", b"0"),), "content-length: 0\r\n"),
        ("GET", ((b"host", b"evil.example"), (b"transfer-encoding", b"gzip")), ""),
        ("GET", ((b"accept", b"a"), (b"x-key", b"1"), (b"x-key", b"2")), "accept: a\r\nx-key: 1\r\nx-key: 2\r\n"),
    ],
)
async def test_a_call_without_body(
    server: Hostile, egress: Egress, method: str, headers: Headers, expected: str
) -> None:
    """Host and framing are ours, whatever is given; the other headers go as they are, and no other is added."""
    await fetch(egress, server.origin, method, b"/v1/people?q=%2e%2e", headers=headers)
    head = f"{method} /v1/people?q=%2e%2e HTTP/1.1\r\nhost: localhost:{server.port}\r\n{expected}\r\n"
    assert [head.encode()] == server.requests


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((), b"transfer-encoding: chunked\r\n\r\n3\r\nfew\r\n7\r\n brave \r\n3\r\nmen\r\n0\r\n\r\n"),
        (
            ((b"transfer-encoding", b"identity"),),
            b"transfer-encoding: chunked\r\n\r\n3\r\nfew\r\n7\r\n brave \r\n3\r\nmen\r\n0\r\n\r\n",
        ),
        (((b"content-length", b"13"),), b"content-length: 13\r\n\r\nfew brave men"),
    ],
)
async def test_a_body_is_framed_anew(server: Hostile, egress: Egress, headers: Headers, expected: bytes) -> None:
    """In chunks, unless its length is known."""
    body = parts(b"few", b"", b" brave ", b"men")
    await fetch(egress, server.origin, "POST", headers=headers, body=body)
    assert [b"POST / HTTP/1.1\r\nhost: localhost:%d\r\n" % server.port + expected] == server.requests


@pytest.mark.parametrize("length", [b"12", b"14"])
async def test_a_wrong_length_is_not_sent(server: Hostile, egress: Egress, length: bytes) -> None:
    """The other side would take what follows for another request."""
    with pytest.raises(UpstreamMalformed):
        await fetch(
            egress, server.origin, "POST", headers=[(b"content-length", length)], body=parts(b"few brave ", b"men")
        )
    assert b"well" == (await fetch(egress, server.origin)).body
    assert (2, 1) == (server.connections, len(server.requests))


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        (b"/a " + CANARY, ()),
        (b"/a\r\nx: " + CANARY, ()),
        (b"", ()),
        (b"/", ((b"x", b"a\r\ny: " + CANARY),)),
        (b"/", ((b"x " + CANARY, b"a"),)),
        (b"/", ((b"x", CANARY + b"\0"),)),
    ],
)
async def test_what_is_no_http_is_not_sent(server: Hostile, egress: Egress, target: bytes, headers: Headers) -> None:
    """No line end or NUL gets through, even if the caller let it, and no word of the refusal repeats it."""
    with pytest.raises(UpstreamMalformed) as caught:
        await fetch(egress, server.origin, "GET", target, headers=headers)
    assert [] == server.requests
    assert CANARY.decode() not in "".join(traceback.format_exception(caught.value))


def test_a_call_shows_no_secret() -> None:
    """Neither what goes nor what comes back, when somebody prints it."""
    request = UpstreamRequest(Origin("https", "a.example", 443), "GET", CANARY, [(b"x", CANARY)], parts(CANARY))
    answer = UpstreamAnswer(200, [(b"x", CANARY)], parts(CANARY))
    assert CANARY.decode() not in repr((request, answer))


async def test_what_the_body_raises_comes_out(server: Hostile, egress: Egress) -> None:
    """The caller knows best why its body ended, and the other side never sees an end."""

    async def body() -> AsyncIterator[bytes]:
        yield b"few "
        raise RemunerError("so few")

    with pytest.raises(RemunerError, match="so few"):
        await fetch(egress, server.origin, "POST", body=body())
    assert b"well" == (await fetch(egress, server.origin)).body
    assert (2, 1) == (server.connections, len(server.requests))


async def test_an_answer_comes_as_it_is(server: Hostile, egress: Egress) -> None:
    """Status, headers with names in lower case, repeated ones too, and body."""
    server.answer = http(b"\0\xffno", "X-One: 1", "x-one: \xe4 2 ", "Content-Encoding: identity", status="418 I'm")
    async with egress.send(UpstreamRequest(server.origin, "GET", b"/")) as answer:
        body = b"".join([part async for part in answer.body])
    headers = [(b"x-one", b"1"), (b"x-one", "\xe4 2".encode()), (b"content-encoding", b"identity")]
    assert (418, [*headers, (b"content-length", b"4")], b"\0\xffno") == (answer.status, answer.headers, body)


async def test_an_answer_is_there_before_its_body(server: Hostile, egress: Egress) -> None:
    """Its parts come as they are sent."""
    more = asyncio.Event()

    async def slowly(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\non\r\n")
        await more.wait()
        writer.write(b"1\r\ne\r\n0\r\n\r\n")

    server.answer = slowly
    async with egress.send(UpstreamRequest(server.origin, "GET", b"/")) as answer:
        assert b"on" == await anext(answer.body)
        more.set()
        assert [b"e"] == [part async for part in answer.body]


async def test_an_interim_answer_is_none(server: Hostile, egress: Egress) -> None:
    """The final one counts; a change of protocol nobody asked for."""
    server.answer = b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" + http(b"well")
    assert b"well" == (await fetch(egress, server.origin)).body
    server.answer = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
    for headers in ((), ((b"connection", b"upgrade"), (b"upgrade", b"x"))):
        with pytest.raises(UpstreamMalformed):
            await fetch(egress, server.origin, headers=headers)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
async def test_a_redirect_is_handed_back(server: Hostile, egress: Egress, status: str) -> None:
    """With its Location as it came; nothing is sent there."""
    async with Hostile() as elsewhere:
        server.answer = http(b"", f"Location: {elsewhere.url}/in", status=status)
        answer = await fetch(egress, server.origin)
        assert (int(status[:3]), f"{elsewhere.url}/in") == (answer.status, answer.headers["location"])
        assert (1, 0) == (len(server.requests), elsewhere.connections)


async def test_cookies_are_not_kept(server: Hostile, egress: Egress) -> None:
    """The next call knows nothing of the last."""
    server.answer = http(b"", "Set-Cookie: a=b")
    await fetch(egress, server.origin)
    await fetch(egress, server.origin)
    assert server.requests[0] == server.requests[1]


async def test_only_http_1_is_spoken(authority: Authority) -> None:
    """Also to who would like another."""
    tls, spoken = authority.tls("localhost"), []
    tls.set_alpn_protocols(["h2", "http/1.1"])

    async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
        spoken.append(writer.get_extra_info("ssl_object").selected_alpn_protocol())
        writer.write(http())

    async with (
        Hostile(tls, answer=answer) as server,
        aclosing(Egress(allow=[("localhost", server.port)], ca_file=authority.file)) as egress,
    ):
        await fetch(egress, server.origin)
    assert ["http/1.1"] == spoken


@pytest.mark.parametrize("chunked", [True, False])
async def test_a_content_coding_is_undone(server: Hostile, egress: Egress, *, chunked: bool) -> None:
    """With the headers that would now be wrong."""
    coded = gzip.compress(b"well " * 100)
    server.answer = http(coded, "Content-Encoding: gzip", "ETag: a")
    if chunked:
        server.answer = b"HTTP/1.1 200 OK\r\nETag: a\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        server.answer += b"%x\r\n%b\r\n0\r\n\r\n" % (len(coded), coded)
    answer = await fetch(egress, server.origin)
    expected = {"etag": "a"} | ({"transfer-encoding": "chunked"} if chunked else {})
    assert (expected, b"well " * 100) == (answer.headers, answer.body)


async def test_a_length_beside_chunks_does_not_count(server: Hostile, egress: Egress) -> None:
    """Whoever believed it would see another end; so it is not handed on."""
    chunks = b"4\r\nwell\r\n0\r\n\r\n"
    server.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    answer = await fetch(egress, server.origin)
    assert ({"transfer-encoding": "chunked"}, b"well") == (answer.headers, answer.body)


@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", "200 OK"), ("GET", "304 Not Modified"), ("DELETE", "204 No Content")]
)
async def test_without_body_its_headers_say_nothing(server: Hostile, egress: Egress, method: str, status: str) -> None:
    """How long or how coded it would be is no reason to refuse the answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Encoding: br\r\nContent-Length: 99999999\r\n\r\n"
    server.answer = head.encode()
    answer = await fetch(egress, server.origin, method)
    assert ({"content-encoding": "br", "content-length": "99999999"}, b"") == (answer.headers, answer.body)


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LIMIT = 10 * 1024 * 1024
ZIPPED = gzip.compress(CANARY)
BOMB = gzip.compress(bytes(LIMIT + 1))


REFUSED = {
    "nothing": (b"", UpstreamUnreachable),
    "half a status": (b"HTTP/1.1 200", UpstreamUnreachable),
    "half a head": (HEAD + b"X: " + CANARY, UpstreamUnreachable),
    "another protocol": (b"SSH-2.0-" + CANARY + b"\r\n", UpstreamUnreachable),
    "interim": (b"HTTP/1.1 103 Early\r\n\r\n", UpstreamUnreachable),
    "no status": (CANARY + b"\r\n\r\n", UpstreamMalformed),
    "another version": (b"HTTP/2 200 OK\r\n\r\n", UpstreamMalformed),
    "no header": (HEAD + CANARY + b"\r\n\r\n", UpstreamMalformed),
    "NUL": (HEAD + b"X: \0" + CANARY + b"\r\n\r\n", UpstreamMalformed),
    "endless header": (HEAD + b"X: " + CANARY * 20_000, UpstreamMalformed),
    "length below 0": (HEAD + b"Content-Length: -1\r\n\r\n", UpstreamMalformed),
    "two lengths": (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", UpstreamMalformed),
    "transfer coding": (HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n", UpstreamMalformed),
    "half a body": (HEAD + b"Content-Length: 99\r\n\r\n" + CANARY, UpstreamMalformed),
    "half of the chunks": (CHUNKED + b"a\r\n" + CANARY + b"\r\n", UpstreamMalformed),
    "no chunk": (CHUNKED + CANARY + b"\r\n", UpstreamMalformed),
    "endless trailer": (CHUNKED + b"0\r\nX: " + CANARY * 20_000, UpstreamMalformed),
    "no gzip": (http(CANARY, "Connection: close", "Content-Encoding: gzip"), UpstreamMalformed),
    "half of gzip": (http(ZIPPED[:-1], "Connection: close", "Content-Encoding: gzip"), UpstreamMalformed),
    "unknown coding": (http(CANARY, "Connection: close", "Content-Encoding: br"), UpstreamMalformed),
    "bomb": (http(BOMB, "Connection: close", "Content-Encoding: gzip"), UpstreamTooLarge),
    "length": (HEAD + b"Content-Length: %d\r\n\r\n" % (LIMIT + 1) + CANARY, UpstreamTooLarge),
    "long body": (HEAD + b"\r\n" + bytes(LIMIT + 1), UpstreamTooLarge),
    "long chunk": (CHUNKED + b"%x\r\n" % (LIMIT + 1) + bytes(LIMIT + 1), UpstreamTooLarge),
}


@pytest.mark.parametrize("refused", REFUSED)
async def test_what_is_no_good_answer_is_refused(server: Hostile, egress: Egress, refused: str) -> None:
    """In words that repeat nothing of it; the connection is closed, and the next call has another."""
    sent, expected = REFUSED[refused]

    async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        writer.close()

    server.answer = answer
    with pytest.raises(expected) as caught:
        await fetch(egress, server.origin, headers=[(b"authorization", CANARY)])
    told = "".join(traceback.format_exception(caught.value))
    assert CANARY.decode() not in told
    assert "httpcore2." not in told
    server.answer = http(b"well")
    assert b"well" == (await fetch(egress, server.origin)).body
    assert 2 == server.connections


async def test_a_length_over_the_limit_is_refused_at_once(server: Hostile, egress: Egress) -> None:
    """Before the body comes."""
    server.answer = HEAD + b"Content-Length: %d\r\n\r\n" % (LIMIT + 1)
    with pytest.raises(UpstreamTooLarge):
        await fetch(egress, server.origin)


async def test_debug_logs_show_nothing(server: Hostile, egress: Egress, caplog: pytest.LogCaptureFixture) -> None:
    """The client's own would show headers and addresses, even if the root logger asked for all."""
    caplog.set_level(logging.DEBUG)
    server.answer = http(CANARY, f"Set-Cookie: {CANARY.decode()}")
    target, headers = b"/" + CANARY, [(b"authorization", CANARY)]
    await fetch(egress, server.origin, "POST", target, headers=headers, body=parts(CANARY))
    assert [] == [record.getMessage() for record in caplog.records if record.name.partition(".")[0] != "asyncio"]
    assert CANARY.decode() not in caplog.text
