"""When a token may be used, and what is known of its use: read from PostgreSQL at each call, noted around it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from dishka import Provider, Scope
from tests.access.factories import bearer, post_key
from tests.conftest import Client, Clients
from tests.egress.tls import Hostile, http
from tests.integrations.factories import BEARER, post_connected
from tests.users.factories import post_user

from remuner.integrations.domain.ports import UseTrail
from remuner.shared.audit import AuditEntry
from remuner.shared.database import Database
from remuner.shared.errors import Unavailable
from remuner.shared.settings import Settings

PERSISTENCES = ["postgres", "cached"]


@pytest.fixture
async def replicas(clients: Clients, opened: Settings) -> AsyncIterator[tuple[Client, Client]]:
    """Two services on one database."""
    async with AsyncExitStack() as stack:
        one, other = [await stack.enter_async_context(clients(settings=opened)) for _ in range(2)]
        yield one, other


async def events(client: Client, path: str) -> list[dict[str, Any]]:
    """What the audit trail tells of the uses of an integration, the oldest first."""
    answer = await client.get("/v1/audit-events", params={"resource_id": path.split("/")[3]})
    return [
        each for each in reversed(answer.json()["items"]) if "_intended" in each["action"] or "_ended" in each["action"]
    ]


async def outcomes(client: Client, path: str, count: int) -> list[dict[str, Any]]:
    """As above, once so many calls are over."""
    async with asyncio.timeout(5):
        while sum("_ended" in each["action"] for each in await events(client, path)) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # it is written soon, not at once
    return await events(client, path)


async def test_what_is_stopped_is_refused_at_the_next_call_on_every_replica(
    replicas: tuple[Client, Client], server: Hostile
) -> None:
    """An integration, its user, a key: told to one replica, the other one refuses at once; put right, it goes on."""
    one, other = replicas
    user = await post_user(one)
    path = await post_connected(one, server.url, user_id=user["id"])
    key = await post_key(one, scopes=["integrations:use"])
    headers = bearer(key["secret"])
    inactive = (409, "integration_inactive")
    for place, refusal in (
        (path, inactive),
        (f"/v1/users/{user['id']}", inactive),
        (f"/v1/access-keys/{key['id']}", (401, "unauthenticated")),
    ):
        assert 200 == (await other.get(f"{path}/proxy/x", headers=headers)).status_code
        assert 200 == (await one.patch(place, json={"status": "inactive"})).status_code
        server.requests.clear()
        refused = await other.get(f"{path}/proxy/x", headers=headers)
        assert refusal == (refused.status_code, refused.json()["code"]), place
        assert [] == server.requests
        await one.patch(place, json={"status": "active"})
    assert 204 == (await one.delete(f"/v1/access-keys/{key['id']}")).status_code
    refused = await other.get(f"{path}/proxy/x", headers=headers)
    assert (401, 'Bearer realm="remuner"') == (refused.status_code, refused.headers["www-authenticate"])


async def test_another_attempt_goes_by_what_is_written_by_then(caller: Client, server: Hostile) -> None:
    """What was stopped after the first one is not called again."""
    path = await post_connected(caller, server.url)

    async def stop(_: bytes, writer: asyncio.StreamWriter) -> None:
        await caller.patch(path, json={"status": "inactive"})
        writer.write(http(b"", "Retry-After: 0", status="503 Busy"))

    server.answer = stop
    refused = await caller.get(f"{path}/proxy/x")
    assert (409, "integration_inactive", 1) == (refused.status_code, refused.json()["code"], len(server.requests))


async def test_a_new_token_is_what_the_next_call_has_on_every_replica(
    replicas: tuple[Client, Client], server: Hostile
) -> None:
    """A stream that runs ends with the old one."""
    one, other = replicas
    path = await post_connected(one, server.url, token="old")
    go_on = asyncio.Event()

    async def stream(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100010\r\n\r\n" + b"x" * 100_000)
        await go_on.wait()
        writer.write(b"the end of")

    server.answer = stream
    running = asyncio.create_task(other.get(f"{path}/proxy/x"))
    while not server.requests:  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.01)
    assert 200 == (await one.patch(path, json={"token": "new"})).status_code
    go_on.set()
    assert (await running).text.endswith("the end of")
    server.answer = http(b"well")
    await other.get(f"{path}/proxy/x")
    assert [b"Bearer old", b"Bearer new"] == [
        request.partition(b"authorization: ")[2].partition(b"\r")[0] for request in server.requests
    ]


async def test_what_is_stopped_between_two_attempts_is_not_tried_again(
    replicas: tuple[Client, Client], server: Hostile
) -> None:
    """An integration or a key; nor is a call tried at another address, which the trail knows nothing of."""
    one, other = replicas
    moved = {"destination": {"base_url": f"{server.url}/v2", "auth": BEARER}, "token": "new"}
    for change, status, code in (
        ({"status": "inactive"}, 409, "integration_inactive"),
        (None, 401, "unauthenticated"),
        (moved, 502, "upstream_unreachable"),
    ):
        path = await post_connected(one, server.url)
        key = await post_key(one, scopes=["integrations:use"])

        async def busy(
            _: bytes,
            writer: asyncio.StreamWriter,
            place: str = path if change else f"/v1/access-keys/{key['id']}",
            change: dict[str, Any] | None = change,
        ) -> None:
            await one.patch(place, json=change or {"status": "inactive"})
            writer.write(http(b"busy", "Retry-After: 0", status="503 Busy"))

        server.answer = busy
        server.requests.clear()
        refused = await other.get(f"{path}/proxy/x", headers=bearer(key["secret"]))
        assert (status, code, 1) == (refused.status_code, refused.json()["code"], len(server.requests))
        assert [None, code] == (await outcomes(one, path, 1))[-1]["changes"]["error"]


async def test_a_departed_user_cannot_be_behind_a_call(caller: Client, server: Hostile, database: Database) -> None:
    """Whom the integrations have let go for ever, though a row of its own were left by accident."""
    user = await post_user(caller)
    path = await post_connected(caller, server.url, user_id=user["id"])
    await database.fetch("INSERT INTO integrations.departed_users VALUES ($1::text::uuid, now())", user["id"])
    refused = await caller.get(f"{path}/proxy/x")
    assert (409, "integration_inactive") == (refused.status_code, refused.json()["code"])


async def test_a_token_never_opens_for_another_address(caller: Client, server: Hostile, database: Database) -> None:
    """Another address needs another token; with the row changed by hand, the old one does not open."""
    path = await post_connected(caller, server.url, token="old")
    for change in (
        {"destination": {"base_url": f"{server.url}/v2", "auth": BEARER}},
        {"destination": {"base_url": server.url, "auth": {"type": "query", "name": "q"}}},
        {"destination": None},
        {"provider": "hubspot"},
    ):
        refused = await caller.patch(path, json=change)
        found = refused.json()
        assert (422, "token_required", "/token") == (refused.status_code, found["code"], found["errors"][0]["pointer"])
    verify = {"path": "/me"}
    kept = await caller.patch(path, json={"destination": {"base_url": server.url, "auth": BEARER, "verify": verify}})
    assert (200, 1) == (kept.status_code, kept.json()["token_version"])
    assert 200 == (await caller.get(f"{path}/proxy/x")).status_code
    moved = f"{server.url}/v2"
    await database.fetch(
        "UPDATE integrations.integrations SET destination = jsonb_set(destination, '{base_url}', to_jsonb($1::text))",
        moved,
    )
    server.requests.clear()
    assert 500 == (await caller.get(f"{path}/proxy/x")).status_code
    assert [] == server.requests
    assert 200 == (await caller.patch(path, json={"token": "new"})).status_code
    assert 200 == (await caller.get(f"{path}/proxy/x")).status_code
    assert server.requests[0].startswith(b"GET /v2/x ")


async def test_each_call_is_noted_before_and_after(caller: Client, server: Hostile) -> None:
    """Who, where to without the query, and how it went, without the token and its length; of a failure its code."""
    path = await post_connected(caller, f"{server.url}/v1", token="tok")
    seen: list[list[str]] = []

    async def look(_: bytes, writer: asyncio.StreamWriter) -> None:
        seen.append([each["action"] for each in await events(caller, path)])
        writer.write(http(b"5: tok"))

    server.answer = look
    key = await post_key(caller, scopes=["integrations:use"])
    headers = {**bearer(key["secret"]), "X-Request-ID": "call-1"}
    await caller.post(f"{path}/proxy/a/tok?secret=1", content=b"six!!!", headers=headers)
    intended, ended = await outcomes(caller, path, 1)
    assert [["integration.use_intended"]] == seen
    told = {"method": [None, "POST"], "path": [None, "/v1/a/[redacted]"]}
    assert told == intended["changes"]
    milliseconds = ended["changes"].pop("milliseconds")[1]
    counts = {"status": [None, 200], "bytes_sent": [None, 6], "bytes_received": [None, 13]}
    assert {**told, **counts} == ended["changes"]
    assert 0 <= milliseconds < 5000
    for each in (intended, ended):
        assert ({"key_id": key["id"], "name": key["name"]}, "call-1") == (each["actor"], each["request_id"])
    await server.__aexit__()
    await caller.get(f"{path}/proxy/x")
    failed = (await outcomes(caller, path, 2))[-1]["changes"]
    assert ([None, "upstream_unreachable"], [None, 3], None) == (
        failed["error"],
        failed["attempts"],
        failed.get("status"),
    )


class _NoTrail(UseTrail):
    async def intend(self, entry: AuditEntry) -> None:  # noqa: ARG002 - the port's
        raise Unavailable

    def conclude(self, entry: AuditEntry) -> None:
        raise AssertionError(entry)


async def test_what_cannot_be_noted_does_not_leave(clients: Clients, opened: Settings, server: Hostile) -> None:
    """503, and the destination hears nothing."""
    unwritable = Provider(scope=Scope.APP)
    unwritable.provide(_NoTrail, provides=UseTrail)
    async with clients(unwritable, settings=opened) as caller:
        path = await post_connected(caller, server.url)
        refused = await caller.get(f"{path}/proxy/x")
    assert (503, "service_unavailable", []) == (refused.status_code, refused.json()["code"], server.requests)


async def test_an_integration_tells_when_its_token_was_used(replicas: tuple[Client, Client], server: Hostile) -> None:
    """Within a minute, on every replica, without a new ETag; a new token was never used."""
    one, other = replicas
    path = await post_connected(one, server.url)
    before = await other.get(path)
    assert None is before.json()["token_last_used_at"]
    await one.get(f"{path}/proxy/x")
    after = await other.get(path)
    assert before.json() | {"token_last_used_at": after.json()["token_last_used_at"]} == after.json()
    assert after.json()["token_last_used_at"] > before.json()["updated_at"]
    assert before.headers["etag"] == after.headers["etag"]
    await one.get(f"{path}/proxy/x")
    assert after.json() == (await other.get(path)).json()
    assert None is (await other.patch(path, json={"token": "new"})).json()["token_last_used_at"]
