"""Two replicas: what is told to one of them counts at the next call of a destination through the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from tests.access.factories import bearer, post_key
from tests.conftest import Client, Clients
from tests.egress.tls import Hostile, http
from tests.integrations.factories import post_connected
from tests.users.factories import post_user

from remuner.shared.database import Database
from remuner.shared.settings import Settings

PERSISTENCES = ["postgres", "cached"]


@pytest.fixture
async def replicas(clients: Clients, opened: Settings) -> AsyncIterator[tuple[Client, Client]]:
    """Two services on one database."""
    async with AsyncExitStack() as stack:
        one, other = [await stack.enter_async_context(clients(settings=opened)) for _ in range(2)]
        yield one, other


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


async def test_what_decides_is_read_from_postgresql(caller: Client, server: Hostile, database: Database) -> None:
    """Where no cache hears of a change, and though what was before has just been read."""
    user = await post_user(caller)
    path = await post_connected(caller, server.url, user_id=user["id"])
    key = await post_key(caller, scopes=["integrations:use"])
    for table, refusal in (
        ("integrations.integrations", (409, "integration_inactive")),
        ("users.users", (409, "integration_inactive")),
        ("access.access_keys", (401, "unauthenticated")),
    ):
        for shown in (path, f"/v1/users/{user['id']}"):
            assert "active" == (await caller.get(shown)).json()["status"]
        assert 200 == (await caller.get(f"{path}/proxy/x", headers=bearer(key["secret"]))).status_code
        await database.fetch(f"UPDATE {table} SET status = 'inactive'")
        refused = await caller.get(f"{path}/proxy/x", headers=bearer(key["secret"]))
        assert refusal == (refused.status_code, refused.json()["code"]), table
        await database.fetch(f"UPDATE {table} SET status = 'active'")


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


async def test_an_integration_tells_when_its_token_was_used(replicas: tuple[Client, Client], server: Hostile) -> None:
    """Within a minute, on every replica, without a new ETag; and what a verification has found out."""
    one, other = replicas
    path = await post_connected(one, server.url, verify={"path": "/me"})
    before = await other.get(path)
    assert None is before.json()["token_last_used_at"]
    await one.get(f"{path}/proxy/x")
    after = await other.get(path)
    assert before.json() | {"token_last_used_at": after.json()["token_last_used_at"]} == after.json()
    assert after.json()["token_last_used_at"] > before.json()["updated_at"]
    assert before.headers["etag"] == after.headers["etag"]
    await one.get(f"{path}/proxy/x")
    assert after.json() == (await other.get(path)).json()
    assert "valid" == (await one.post(f"{path}/verify")).json()["result"]
    assert "valid" == (await other.get(path)).json()["last_result"]
    renewed = (await other.patch(path, json={"token": "new"})).json()
    assert (None, None) == (renewed["token_last_used_at"], renewed["last_result"])
