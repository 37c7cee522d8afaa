"""What goes to a destination and what comes back, over HTTP: /v1/integrations/{id}/proxy/{path}."""

import asyncio
import gzip
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import AsyncIterator
from urllib.parse import quote

from tests.conftest import Client, Clients
from tests.egress.tls import Answer, Hostile, http
from tests.integrations.factories import post_connected, post_integration
from tests.users.factories import post_user

from remuner.shared.settings import Settings

TOKEN = "canary-6Jq9%+/=\"'<>& end"
OWN = {"x-api-version", "x-request-id", "x-remuner-upstream", "cache-control", "content-security-policy", "server"}


def fields(request: bytes) -> list[tuple[str, str]]:
    """The headers of a request as the destination got them."""
    lines = request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    return [(name, value) for name, _, value in (line.partition(": ") for line in lines)]


PLACES: list[tuple[dict[str, str], str, list[tuple[str, str]]]] = [
    ({"type": "bearer"}, "", [("authorization", "Bearer tok")]),
    ({"type": "bearer", "name": "Zoho-oauthtoken"}, "", [("authorization", "Zoho-oauthtoken tok")]),
    ({"type": "basic"}, "", [("authorization", f"Basic {b64encode(b'tok:x').decode()}")]),
    ({"type": "basic", "username": "ada"}, "", [("authorization", f"Basic {b64encode(b'ada:tok').decode()}")]),
    ({"type": "header", "name": "X-Api-Token"}, "", [("x-api-token", "tok")]),
    ({"type": "query", "name": "api_token"}, "?api_token=tok", []),
]


async def test_the_token_is_put_in_as_the_destination_says(caller: Client, server: Hostile) -> None:
    """In the one place, and no credential of the caller's beside it."""
    for auth, query, headers in PLACES:
        path = await post_connected(caller, f"{server.url}/v1", auth=auth, token="tok")
        answer = await caller.get(f"{path}/proxy/me")
        assert (200, "well", "true") == (answer.status_code, answer.text, answer.headers["x-remuner-upstream"])
        request = server.requests.pop()
        told = [each for each in fields(request) if each[0] in {"authorization", "x-api-token", "cookie"}]
        assert (f"GET /v1/me{query} HTTP/1.1", headers) == (request.decode().split("\r\n")[0], told)


async def test_method_path_query_and_body_go_on_as_they_came(caller: Client, server: Hostile) -> None:
    """With the headers that say what they are."""
    path = await post_connected(caller, server.url)
    target = "/crm/v3/@me/caf%C3%A9%20b?q=a%20b&q=%2e%2e%2f&empty="
    headers = {"Content-Type": "application/json", "Accept": "text/x", "Accept-Language": "es", "User-Agent": "sdk/1"}
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        body = None if method in {"GET", "OPTIONS"} else b'{"name": "caf\xc3\xa9"}'
        await caller.request(method, f"{path}/proxy{target}", content=body, headers=headers)
        head, _, sent = server.requests.pop().partition(b"\r\n\r\n")
        assert (f"{method} {target} HTTP/1.1", body or b"") == (head.decode().split("\r\n")[0], sent)
        told = dict(fields(head))
        assert ("text/x", "es", "sdk/1") == (told["accept"], told["accept-language"], told["user-agent"])
        assert f"localhost:{server.port}" == told["host"]
        assert body is None or ("application/json", str(len(sent))) == (told["content-type"], told["content-length"])


async def test_a_body_without_a_length_goes_on_without_one(caller: Client, server: Hostile) -> None:
    """It is framed anew, chunk by chunk."""
    path = await post_connected(caller, server.url)

    async def chunks() -> AsyncIterator[bytes]:
        for each in (b"one", b"two"):
            yield each

    await caller.post(f"{path}/proxy/x", content=chunks())
    assert server.requests[0].endswith(b"\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
    assert "content-length" not in dict(fields(server.requests[0]))


async def test_nothing_else_leaves(caller: Client, server: Hostile) -> None:
    """Not our credentials, cookies, forwarding, hop-by-hop headers, ranges, codings nor what nobody has thought of."""
    path = await post_connected(caller, server.url, token="tok")
    kept_back = {
        "Cookie": "remuner_session=canary",
        "X-Forwarded-For": "10.0.0.7",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=10.0.0.7",
        "X-API-Version": "2",
        "X-Request-ID": "canary",
        "Proxy-Authorization": "Basic canary",
        "Keep-Alive": "timeout=5",
        "TE": "trailers",
        "Upgrade": "websocket",
        "Expect": "100-continue",
        "Trailer": "x",
        "Range": "bytes=0-5",
        "Accept-Encoding": "gzip, br",
        "Origin": "https://remuner.test",
        "Referer": "https://remuner.test/canary",
        "X-Whatever": "canary",
        "X-Http-Method-Override": "DELETE",
        "X-GitHub-Hop": "canary",
        "Connection": "keep-alive, X-GitHub-Hop",
    }
    await caller.get(f"{path}/proxy/x", headers=kept_back)
    expected = {"host", "accept", "accept-encoding", "user-agent", "authorization"}
    assert (expected, "identity") == (
        {name for name, _ in fields(server.requests[0])},
        dict(fields(server.requests[0]))["accept-encoding"],
    )
    assert b"canary" not in server.requests[0]


async def test_the_callers_header_of_the_tokens_name_stays_here(caller: Client, server: Hostile) -> None:
    """In any spelling, though headers that begin so pass; and `Connection` cannot take the token out."""
    path = await post_connected(caller, server.url, auth={"type": "header", "name": "X-HubSpot-A-Key"}, token="tok")
    for name in ("X-HubSpot-A-Key", "x-hubspot-a-key", "X_HubSpot_A_Key", "X-HUBSPOT-A_KEY", "X-HubSpot-A.Key"):
        for more in ([], [("Connection", "X-HubSpot-A-Key")]):
            await caller.get(f"{path}/proxy/x", headers=[(name, "mine"), (name, "again"), *more])
            told = [each for each in fields(server.requests.pop()) if "key" in each[0].lower()]
            assert [("x-hubspot-a-key", "tok")] == told, name


QUERIES = """
    api_key=mine api%5Fkey=mine API_KEY=mine api-key=mine api.key=mine api+key=mine api_key[]=mine api_key%5B%5D=mine
    api_key%00=mine %20api_key=mine api%255Fkey=mine api%2525252525255Fkey=mine api_key
    api_key=mine&api_key=again b=2;api_key=mine
    """


async def test_the_callers_parameter_of_the_tokens_name_stays_here(caller: Client, server: Hostile) -> None:
    """However a server may read its name; what stands around it goes on."""
    path = await post_connected(caller, server.url, auth={"type": "query", "name": "api_key"}, token="a b&c")
    for query in QUERIES.split():
        await caller.get(f"{path}/proxy/x?a=1&{query}&c=%26")
        line = server.requests.pop().decode().split("\r\n")[0]
        around = "&b=2" if "b=2" in query else ""
        assert f"GET /x?a=1{around}&c=%26&api_key=a%20b%26c HTTP/1.1" == line, query


async def test_a_redirect_is_handed_back(caller: Client, server: Hostile) -> None:
    """Nobody follows it; `Location` is as it was."""
    server.answer = http(b"", "Location: https://evil.example/take?it=1", status="307 Temporary Redirect")
    path = await post_connected(caller, server.url)
    answer = await caller.get(f"{path}/proxy/x")
    assert (307, "https://evil.example/take?it=1", 1) == (
        answer.status_code,
        answer.headers["location"],
        len(server.requests),
    )


async def test_what_comes_back_cannot_act_here(caller: Client, server: Hostile) -> None:
    """Cookies, CORS, hop-by-hop headers and anything like our own stay there; the rest of the usual ones passes."""
    passed = {"content-type": "text/html", "etag": '"1"', "link": "</2>; rel=next", "x-ratelimit-remaining": "7"}
    held = (
        "Set-Cookie: remuner_session=evil",
        "Access-Control-Allow-Origin: *",
        "Access-Control-Allow-Credentials: true",
        "Content-Security-Policy: default-src *",
        "Strict-Transport-Security: max-age=0",
        "X-Request-ID: evil",
        "X-API-Version: evil",
        "X-Remuner-Upstream: evil",
        "X-Remuner-Anything: evil",
        "Cache-Control: public, max-age=31536000",
        "Clear-Site-Data: *",
        "Service-Worker-Allowed: /",
        "WWW-Authenticate: Basic realm=evil",
        "Sunset: evil",
        "Server: evil",
        "Refresh: 0; url=https://evil.example",
        "X-Hop: evil",
        "Connection: X-Hop, X-Ratelimit-Reset",
        "X-Ratelimit-Reset: evil",
        "Keep-Alive: evil",
        "Idempotency-Replayed: evil",
        "X-Ratelimit-Bell: evil\a",
    )
    server.answer = http(b"<script>", *(f"{name}: {value}" for name, value in passed.items()), *held)
    path = await post_connected(caller, server.url)
    answer = await caller.get(f"{path}/proxy/x")
    assert passed == {name: answer.headers[name] for name in passed}
    assert "evil" not in repr(answer.headers)
    assert ("no-store", "2") == (answer.headers["cache-control"], answer.headers["x-api-version"])
    assert "sandbox" in answer.headers["content-security-policy"]
    known = {*passed, *OWN, "vary", "content-length", "x-content-type-options", "x-frame-options"}
    assert {*answer.headers} <= known | {"referrer-policy", "cross-origin-resource-policy"}


async def test_no_page_can_be_made_of_what_comes_back(caller: Client, server: Hostile) -> None:
    """Nor a script or an image of one, nor can a page of another origin have a call made without reading its answer."""
    path = await post_connected(caller, server.url)
    for mode, use in (("navigate", "document"), ("no-cors", "script"), ("cors", "script"), ("no-cors", "empty")):
        refused = await caller.get(f"{path}/proxy/x", headers={"Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": use})
        assert (403, "cross_site_request") == (refused.status_code, refused.json()["code"]), (mode, use)
    assert [] == server.requests
    for headers in ({"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, {"Sec-Fetch-Mode": "same-origin"}):
        assert 200 == (await caller.get(f"{path}/proxy/x", headers=headers)).status_code


ECHOES = {
    "raw": TOKEN.encode(),
    "JSON": json.dumps(TOKEN).encode(),
    "base64": b64encode(TOKEN.encode()),
    "the whole of Basic": b64encode(f"ada:{TOKEN}".encode()),
    "the same for addresses": urlsafe_b64encode(f"ada:{TOKEN}".encode()).rstrip(b"="),
    "the same in an address": quote(b64encode(f"ada:{TOKEN}".encode()), safe="").encode(),
    "percent": b"canary-6Jq9%25%2B%2F%3D%22%27%3C%3E%26%20end",
}


async def test_an_echoed_token_is_redacted(caller: Client, server: Hostile) -> None:
    """In the body, in pieces, compressed, in a header; what stands around it comes back."""

    async def pieces(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for byte in echo:
            writer.write(b"1\r\n%c\r\n" % byte)
        writer.write(b"0\r\n\r\n")

    path = await post_connected(caller, server.url, auth={"type": "basic", "username": "ada"}, token=TOKEN)
    for spelling, echoed in ECHOES.items():
        echo = b"you sent " + echoed + b", did you?"
        ways: dict[str, Answer] = {
            "whole": http(echo),
            "in pieces": pieces,
            "gzip": http(gzip.compress(echo), "Content-Encoding: gzip"),
            "header": http(echo, f"X-Ratelimit-Echo: {echo.decode()}"),
        }
        for way, server.answer in ways.items():
            answer = await caller.get(f"{path}/proxy/x")
            expected = (200, "you sent [redacted], did you?")
            assert expected == (answer.status_code, answer.text.replace('"', "")), (spelling, way)
            assert "content-encoding" not in answer.headers
            assert "canary" not in repr(answer.headers)


async def test_an_answer_that_cannot_be_passed_on(caller: Client, server: Hostile) -> None:
    """Is a problem of ours, without the mark of the other side; and the next call is not disturbed."""
    path = await post_connected(caller, server.url)
    for given, code in (
        (http(b"x" * 200_001), "upstream_too_large"),
        (http(b"x", "Content-Encoding: br"), "upstream_malformed"),
        (http(b"x", "Content-Encoding: gzip"), "upstream_malformed"),
        (b"SSH-2.0-nothing\r\n\r\n", "upstream_malformed"),
    ):
        server.answer = given
        refused = await caller.post(f"{path}/proxy/x")
        assert (502, code) == (refused.status_code, refused.json()["code"])
        assert "x-remuner-upstream" not in refused.headers
        server.answer = http(b"well")
        assert "well" == (await caller.get(f"{path}/proxy/x")).text


async def test_nobody_there_and_nobody_who_answers(clients: Clients, opened: Settings, server: Hostile) -> None:
    """502 where there is no connection, 504 after the time that a call may take."""

    async def silent(_: bytes, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(10)

    server.answer = silent
    async with clients(settings=opened.model_copy(update={"proxy_seconds": 0.3})) as caller:
        path = await post_connected(caller, server.url)
        late = await caller.get(f"{path}/proxy/x")
        assert (504, "upstream_timeout") == (late.status_code, late.json()["code"])
        await server.__aexit__()
        gone = await caller.post(f"{path}/proxy/x")
        assert (502, "upstream_unreachable") == (gone.status_code, gone.json()["code"])


async def test_a_body_that_is_too_large_is_refused(caller: Client, server: Hostile) -> None:
    """413, by its length before anything leaves, and without one as soon as it is known."""
    path = await post_connected(caller, server.url)

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 100_000

    for content, connections in ((b"x" * 200_001, 0), (chunks(), 1)):
        answer = await caller.post(f"{path}/proxy/x", content=content)
        assert (413, "payload_too_large") == (answer.status_code, answer.json()["code"])
        assert (connections, []) == (server.connections, server.requests)


async def test_what_two_readers_could_read_in_two_ways_does_not_leave(caller: Client, server: Hostile) -> None:
    """Two framings, control characters: 422, if the server in front lets them through."""
    path = await post_connected(caller, server.url)
    framings = {"Content-Length": "1", "Transfer-Encoding": "chunked"}
    for headers, pointer in ((framings, "/Content-Length"), ({"Accept": "a\x00b"}, "/headers")):
        answer = await caller.post(f"{path}/proxy/x", content=b"x", headers=headers)
        assert (422, pointer) == (answer.status_code, answer.json()["errors"][0]["pointer"])
    assert 0 == server.connections


async def test_a_private_address_is_forbidden(caller: Client) -> None:
    """403, unless the operator has opened it."""
    for base in ("https://127.0.0.1:1", "https://10.0.0.7", "https://[::1]", "https://169.254.169.254"):
        answer = await caller.get(f"{await post_connected(caller, base)}/proxy/x")
        assert (403, "destination_forbidden") == (answer.status_code, answer.json()["code"])


async def test_without_a_destination_or_an_integration(caller: Client, server: Hostile) -> None:
    """409 and 404; a path that could leave the prefix is 422 before."""
    made = await post_integration(caller, (await post_user(caller))["id"])
    answer = await caller.get(f"/v1/integrations/{made['id']}/proxy/x")
    assert (409, "no_destination") == (answer.status_code, answer.json()["code"])
    for missing in ("0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4", "nothing"):
        answer = await caller.get(f"/v1/integrations/{missing}/proxy/x")
        assert (404, "integration_not_found") == (answer.status_code, answer.json()["code"])
    answer = await caller.get(f"/v1/integrations/{made['id']}/proxy/a%2f..")
    assert (422, "/path") == (answer.status_code, answer.json()["errors"][0]["pointer"])


async def test_a_call_is_repeated_where_that_may_help(caller: Client, server: Hostile) -> None:
    """Without a body, after 503 or a short Retry-After and a lost connection; never POST, nor for a long wait."""
    path = await post_connected(caller, server.url)
    answers: list[bytes] = []

    async def next_one(_: bytes, writer: asyncio.StreamWriter) -> None:
        answer = answers.pop(0)
        writer.write(answer)
        if not answer:
            writer.close()

    server.answer = next_one
    busy, later = (http(b"busy", f"Retry-After: {wait}", status="503 Busy") for wait in ("0", "60"))
    many, at_once = http(status="429 Many"), http(b"", "Retry-After: 0", status="429 Many")
    for method, body, given, status, calls in (
        ("GET", None, [busy, b"", http(b"well")], 200, 3),
        ("GET", None, [busy, busy, busy], 503, 3),
        ("GET", None, [later], 503, 1),
        ("GET", None, [many], 429, 1),
        ("GET", None, [at_once, http(b"well")], 200, 2),
        ("GET", None, [http(status="500 Error")], 500, 1),
        ("PUT", b"", [busy, http(b"well")], 200, 2),
        ("PUT", b"x", [busy], 503, 1),
        ("POST", b"", [busy], 503, 1),
        ("POST", b"", [b""], 502, 1),
    ):
        answers[:], server.requests[:] = given, []
        answer = await caller.request(method, f"{path}/proxy/x", content=body)
        assert (status, calls) == (answer.status_code, len(server.requests)), (method, given)


async def test_a_head_is_a_head(caller: Client, server: Hostile) -> None:
    """It goes as such, and comes back without a body."""
    server.answer = b'HTTP/1.1 200 OK\r\nContent-Length: 9\r\nETag: "1"\r\n\r\n'
    path = await post_connected(caller, server.url)
    answer = await caller.head(f"{path}/proxy/x")
    assert (200, b"", '"1"') == (answer.status_code, answer.content, answer.headers["etag"])
    assert "content-length" not in answer.headers
    assert server.requests[0].startswith(b"HEAD /x ")


async def test_a_large_answer_comes_in_pieces(caller: Client, server: Hostile) -> None:
    """Each as soon as it is there, without a length, and nginx holds none back; the connection is used again."""
    path = await post_connected(caller, server.url)
    for size, length, buffering in ((150_000, None, "no"), (9, "9", None)):
        server.answer = http(b"x" * size)
        answer = await caller.get(f"{path}/proxy/x")
        told = [answer.headers.get(name) for name in ("content-length", "x-accel-buffering")]
        assert (size, [length, buffering]) == (len(answer.content), told)
    assert 1 == server.connections
