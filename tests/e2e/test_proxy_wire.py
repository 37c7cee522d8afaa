"""The proxy as bytes on the wire: what cannot be made to leave, and how an answer that breaks off looks."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from tests.access.factories import bearer
from tests.conftest import ADMIN_KEY, new_database
from tests.e2e.service import Service
from tests.egress.tls import Authority, Hostile, http
from tests.integrations.factories import integration_body
from tests.users.factories import user_body

pytestmark = pytest.mark.asyncio(loop_scope="session")

MiB = 1024 * 1024


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The one that the service believes."""
    return Authority(tmp_path_factory.mktemp("authority"))


class Wire:
    """A service with an integration whose prefix is /api/v1, and what to send to it."""

    def __init__(self, service: Service, server: Hostile) -> None:
        self.service = service
        self.server = server
        with httpx2.Client(base_url=service.url, headers=bearer(ADMIN_KEY), verify=False) as client:
            user = client.post("/v1/users", json=user_body()).json()["id"]
            destination = {"base_url": f"{server.url}/api/v1", "auth": {"type": "bearer"}}
            body = integration_body(user, destination=destination)
            self.path = f"/v1/integrations/{client.post('/v1/integrations', json=body).json()['id']}/proxy"

    async def ask(
        self, line: str, *headers: str, host: str = "remuner.test"
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Send the head of a request in these very bytes; the connection is for one."""
        own = [f"Host: {host}", f"Authorization: Bearer {ADMIN_KEY}", "Connection: close"]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.service.port)
        writer.write("\r\n".join([line, *own, *headers, "", ""]).encode("latin-1"))
        return reader, writer

    async def send(self, line: str, *headers: str, body: bytes = b"", host: str = "remuner.test") -> bytes:
        """Send a request of these very bytes and return what comes until the connection ends."""
        reader, writer = await self.ask(line, *headers, host=host)
        writer.write(body)
        async with asyncio.timeout(20):
            answer = await reader.read()
        writer.close()
        return answer

    def heard(self) -> list[str]:
        """The request lines that the destination got since the last time."""
        lines = [request.decode("latin-1").split("\r\n")[0] for request in self.server.requests]
        self.server.requests.clear()
        return lines


@pytest_asyncio.fixture(scope="module", loop_scope="session", name="wire")
async def _wire(
    server_url: str, keyset_file: Path, tmp_path_factory: pytest.TempPathFactory, authority: Authority
) -> AsyncIterator[Wire]:
    """With proxies in the environment that nobody answers for, and little time for a call."""
    folder: Path = tmp_path_factory.mktemp("wire")
    async with new_database(server_url) as url, Hostile(authority.tls("localhost")) as server:
        dead = "http://127.0.0.1:9"
        env = {
            "REMUNER_DATABASE_URL": url,
            "REMUNER_KEYSET_FILE": str(keyset_file),
            "REMUNER_ADMIN_KEY": ADMIN_KEY,
            "REMUNER_EGRESS_ALLOW": f"localhost:{server.port}",
            "REMUNER_EGRESS_CA_FILE": str(authority.file),
            "REMUNER_PROXY_SECONDS": "2",
            **dict.fromkeys(("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY", "http_proxy"), dead),
        }
        with Service(folder, env=env) as service:
            await asyncio.to_thread(service.start)
            yield await asyncio.to_thread(Wire, service, server)


def status(answer: bytes) -> int:
    """The status of an answer."""
    return int(answer.split(b" ", 2)[1])


STAYS = {
    "{path}/x?q=1": "GET /api/v1/x?q=1 HTTP/1.1",
    "{path}/": "GET /api/v1/ HTTP/1.1",
    "{path}/labels/area%2Fapi": "GET /api/v1/labels/area%2Fapi HTTP/1.1",
    "{path}/x#fragment": "GET /api/v1/x HTTP/1.1",
    "{path}/@evil.example/x": "GET /api/v1/@evil.example/x HTTP/1.1",
    "{path}/x@evil.example:443": "GET /api/v1/x@evil.example:443 HTTP/1.1",
    "{path}/https:evil.example": "GET /api/v1/https:evil.example HTTP/1.1",
    "{path}/x?//evil.example/..": "GET /api/v1/x?//evil.example/.. HTTP/1.1",
    "http://evil.example{path}/x": "GET /api/v1/x HTTP/1.1",
    "https://user@evil.example:99{path}/x": "GET /api/v1/x HTTP/1.1",
}
"""What may be asked for, and what the destination hears: always itself, always behind the prefix."""

REFUSED = """
    {path}//evil.example/x {path}/https://evil.example/x {path}/../x {path}/../../../etc {path}/a/../../x {path}/./x
    {path}/%2e%2e/x {path}/%2E./x {path}/%252e%252e/x {path}/..%2fx {path}/..%5cx {path}/\\evil.example {path}/a%2f/b
    {path}/a%5cb {path}/..;/x {path}/a%00b {path}/a%0d%0aHost:evil {path}/a%zz {path}/caf\xe9 {path}%2fx {path}/a//b
    """


async def test_no_spelling_of_a_path_leaves_the_prefix(wire: Wire) -> None:
    """Another host, absolute or not, dots, slashes, fragments: the destination is the stored one, or there is none."""
    for target, line in STAYS.items():
        answer = await wire.send(f"GET {target.format(path=wire.path)} HTTP/1.1", host="evil.example")
        host = wire.server.requests[0].lower().partition(b"\r\nhost: ")[2].partition(b"\r\n")[0]
        assert (200, f"localhost:{wire.server.port}".encode()) == (status(answer), host), target
        assert [line] == wire.heard()
    for target in REFUSED.split():
        answer = await wire.send(f"GET {target.format(path=wire.path)} HTTP/1.1")
        assert status(answer) in {400, 404, 422}, (target, answer)
        assert [] == wire.heard(), target


async def test_other_methods_are_refused(wire: Wire) -> None:
    """CONNECT, TRACE and whatever nobody has thought of."""
    for line in (
        f"TRACE {wire.path}/x",
        "CONNECT evil.example:443",
        f"CONNECT {wire.path}/x",
        f"PROPFIND {wire.path}/x",
    ):
        answer = await wire.send(f"{line} HTTP/1.1")
        assert status(answer) in {400, 404, 405}, (line, answer)
    assert [] == wire.heard()


async def test_a_body_with_two_framings_is_one_request(wire: Wire) -> None:
    """The server takes the chunks and forgets the length, as RFC 9112, 6.3 has it; what goes on is framed anew."""
    smuggled = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n"
    for length in (5, len(smuggled)):
        headers = f"Content-Length: {length}", "Transfer-Encoding: chunked"
        await wire.send(f"POST {wire.path}/x HTTP/1.1", *headers, body=smuggled)
        assert wire.server.requests[0].endswith(b"\r\n\r\n0\r\n\r\n")
        assert ["POST /api/v1/x HTTP/1.1"] == wire.heard()
    for framing in ("Content-Length: 3\r\nContent-Length: 4", "Content-Length: +3", "Transfer-Encoding: x"):
        answer = await wire.send(f"POST {wire.path}/x HTTP/1.1", framing, body=b"abc")
        assert 400 == status(answer), framing
    assert [] == wire.heard()


def frame(kind: int, flags: int, stream: int, content: bytes = b"") -> bytes:
    """A frame of HTTP/2."""
    return len(content).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + content


async def test_a_body_in_http_2_needs_no_length(wire: Wire) -> None:
    """It ends with its last frame; and a call without one is a call without one."""
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0)
    for method, parts in (("POST", [b"few ", b"men"]), ("PUT", [b"men"]), ("GET", [])):
        fields = {":method": method, ":scheme": "http", ":authority": "remuner.test", ":path": f"{wire.path}/x"}
        fields["authorization"] = f"Bearer {wire.service.access_key}"
        written = b"".join(b"\0%c%b%c%b" % (len(n), n.encode(), len(v), v.encode()) for n, v in fields.items())
        reader, writer = await asyncio.open_connection("127.0.0.1", wire.service.port)
        writer.write(preface + frame(1, 4 if parts else 5, 1, written))
        writer.writelines(frame(0, number == len(parts), 1, part) for number, part in enumerate(parts, 1))
        async with asyncio.timeout(20):
            await reader.readuntil(b"well")
        writer.close()
        head, _, body = wire.server.requests.pop().partition(b"\r\n\r\n")
        told = (b"transfer-encoding: chunked" in head, b"".join(body.split(b"\r\n")[1::2]))
        assert (bool(parts), b"".join(parts)) == told


async def test_control_characters_do_not_leave(wire: Wire) -> None:
    """Neither as they are nor folded into a header."""
    for header in ("Accept: a\x00b", "Accept: a\rb", "Accept: a\r\n b", "Acc\x00ept: a", "Accept : a"):
        answer = await wire.send(f"GET {wire.path}/x HTTP/1.1", header)
        assert 400 == status(answer) or b"a\r\n b" not in b"".join(wire.server.requests), header
        assert all(b"\x00" not in request for request in wire.server.requests)
        wire.heard()


EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


async def test_events_come_as_they_are_sent(wire: Wire) -> None:
    """However small they are: the next one may take its time."""
    go_on = asyncio.Event()

    async def one_by_one(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{EVENTS}8\r\ndata: 1\n\r\n".encode())
        await go_on.wait()
        writer.write(b"8\r\ndata: 2\n\r\n0\r\n\r\n")

    wire.server.answer = one_by_one
    reader, writer = await wire.ask(f"GET {wire.path}/x HTTP/1.1")
    async with asyncio.timeout(1.5):
        first = await reader.readuntil(b"data: 1\n\r\n")
    go_on.set()
    assert b"x-remuner-upstream: true\r\n" in first
    assert (await reader.read()).endswith(b"data: 2\n\r\n0\r\n\r\n")
    writer.close()
    wire.heard()


async def test_a_client_that_goes_ends_its_call(wire: Wire) -> None:
    """Events without end are asked for no longer than somebody listens."""
    gone = asyncio.Event()

    async def endless(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{EVENTS}8\r\ndata: 1\n\r\n".encode())
        try:
            await asyncio.sleep(60)
        finally:
            gone.set()

    wire.server.answer = endless
    reader, writer = await wire.ask(f"GET {wire.path}/x HTTP/1.1")
    await reader.readuntil(b"data: 1\n")
    writer.close()
    async with asyncio.timeout(1.5):
        await gone.wait()
    wire.heard()


async def test_an_answer_that_breaks_off_is_seen_to_be_incomplete(wire: Wire) -> None:
    """Cut off, too large once undone, too slow: the client is told by a connection that ends before the body does."""

    async def cut_off(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(http(b"x" * MiB)[: MiB // 2])
        writer.close()

    async def slow(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(http(b"x" * MiB)[: MiB // 2])
        await asyncio.sleep(5)

    bomb = http(gzip.compress(bytes(11 * MiB)), "Content-Encoding: gzip")
    for answer in (cut_off, bomb, slow):
        wire.server.answer = answer
        received = await wire.send(f"GET {wire.path}/x HTTP/1.1")
        assert 200 == status(received)
        assert b"\r\ntransfer-encoding: chunked\r\n" in received
        assert not received.endswith(b"\r\n0\r\n\r\n")
    wire.server.answer = http(b"well")
    wire.heard()
    assert (await wire.send(f"GET {wire.path}/x HTTP/1.1")).endswith(b"\r\n\r\nwell")


async def test_chunks_do_not_tell_how_the_token_begins(wire: Wire) -> None:
    """A guess at the end of each part that comes, right or wrong: what is passed on is cut in the same way."""

    async def sizes(guess: bytes) -> list[int]:
        wire.server.answer = http(gzip.compress((b"." * (65536 - len(guess)) + guess) * 8), "Content-Encoding: gzip")
        rest = (await wire.send(f"GET {wire.path}/x HTTP/1.1")).partition(b"\r\n\r\n")[2]
        found = []
        while rest:
            size, _, rest = rest.partition(b"\r\n")
            found.append(int(size, 16))
            rest = rest[found[-1] + 2 :]
        return found

    assert await sizes(b"no") == await sizes(b"to")
