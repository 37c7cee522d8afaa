"""Whether a token still works: asked for over HTTP, and found out by the service itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from tests.conftest import Client, Clients
from tests.egress.tls import Hostile, http
from tests.integrations.factories import post_connected, post_integration
from tests.integrations.test_proxy_state import events, outcomes
from tests.users.factories import post_user

from remuner.audit.domain.use_cases import RecordUses
from remuner.cli.common import parts
from remuner.integrations.api.proxy import calls_destination
from remuner.integrations.domain.token_use_cases import TICK, VerifyStaleTokens
from remuner.shared.database import Database
from remuner.shared.egress import Egress
from remuner.shared.settings import Settings

VERIFY = {"method": "POST", "path": "/me?fields=id", "valid": [200, 403], "rejected": [401]}


async def verified(client: Client, path: str) -> dict[str, Any]:
    """What a verification finds out."""
    answer = await client.post(f"{path}/verify")
    assert 200 == answer.status_code, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_status_of_the_answer_tells(caller: Client, server: Hostile) -> None:
    """As the destination's `verify` says; the integration shows it, also to who has it from before."""
    path = await post_connected(caller, f"{server.url}/v1", verify=VERIFY, token="tok")
    before = shown = await caller.get(path)
    for status, result in ((200, "valid"), (403, "valid"), (401, "rejected"), (500, "unknown"), (302, "unknown")):
        server.answer = http(b"canary", status=f"{status} x")
        found = await verified(caller, path)
        assert {"result": result, "status": status} == {name: found[name] for name in ("result", "status")}
        shown = await caller.get(path, headers={"If-None-Match": shown.headers["etag"]})
        assert [result, found["checked_at"]] == [shown.json()[name] for name in ("last_result", "last_verified_at")]
    changed = await caller.patch(path, json={"name": "CRM"}, headers={"If-Match": before.headers["etag"]})
    assert 200 == changed.status_code
    line, *_ = server.requests[0].decode().split("\r\n")
    assert ("POST /v1/me?fields=id HTTP/1.1", 5) == (line, len(server.requests))
    assert b"authorization: Bearer tok\r\n" in server.requests[0]


async def test_a_destination_that_does_not_answer_is_unreachable(
    clients: Clients, opened: Settings, server: Hostile
) -> None:
    """A time-out is never a rejection, nor is a forbidden address or no host; without `verify` nobody is asked."""

    async def silent(_: bytes, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(10)

    server.answer = silent
    unreachable = ("unreachable", None)
    async with clients(settings=opened.model_copy(update={"proxy_seconds": 0.3})) as caller:
        for url in (server.url, "https://10.0.0.7", "https://nowhere.invalid"):
            found = await verified(caller, await post_connected(caller, url, verify=VERIFY))
            assert unreachable == (found["result"], found["status"])
        server.requests.clear()
        found = await verified(caller, await post_connected(caller, server.url))
    assert ("unknown", None, []) == (found["result"], found["status"], server.requests)


def test_a_verification_may_take_as_long_as_a_call() -> None:
    """As other requests may not."""
    paths = [
        "/v1/integrations/1/verify",
        "/v1/integrations/1/proxy/",
        "/v1/integrations/1",
        "/v1/integrations/1/verify/x",
    ]
    assert [True, True, False, False] == [calls_destination({"type": "http", "path": path}) for path in paths]


async def test_what_cannot_be_verified(caller: Client, server: Hostile) -> None:
    """404 without an integration, 409 without a destination and for one that is inactive."""
    path = await post_connected(caller, server.url, verify=VERIFY, status="inactive")
    bare = await post_integration(caller, (await post_user(caller))["id"])
    for place, status, code in (
        (path, 409, "integration_inactive"),
        (f"/v1/integrations/{bare['id']}", 409, "no_destination"),
        ("/v1/integrations/nothing", 404, "integration_not_found"),
    ):
        refused = await caller.post(f"{place}/verify")
        assert (status, code) == (refused.status_code, refused.json()["code"])
    assert [] == server.requests


async def test_a_result_is_that_of_its_token(caller: Client, server: Hostile) -> None:
    """One that is replaced meanwhile has none, and a new token begins without."""
    path = await post_connected(caller, server.url, verify=VERIFY)
    assert "valid" == (await verified(caller, path))["result"]
    assert None is (await caller.patch(path, json={"token": "second"})).json()["last_result"]

    async def replace(_: bytes, writer: asyncio.StreamWriter) -> None:
        await caller.patch(path, json={"token": "third"})
        writer.write(http(b"", status="401 No"))

    server.answer = replace
    assert "rejected" == (await verified(caller, path))["result"]
    assert None is (await caller.get(path)).json()["last_result"]


async def test_a_verification_is_noted_as_any_use(caller: Client, server: Hostile) -> None:
    """Before and after."""
    path = await post_connected(caller, server.url, verify=VERIFY)
    await verified(caller, path)
    await outcomes(caller, path, 1)
    told = [(each["action"], each["changes"]["path"][1]) for each in await events(caller, path)]
    assert [("integration.verify_intended", "/me"), ("integration.verify_ended", "/me")] == told


async def test_a_token_that_does_not_open_does_not_hold_up_the_others(
    client: Client, database: Database, server: Hostile, opened: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Though all come in one turn; it is told, without what was sealed."""
    moved, *others = [await post_connected(client, server.url, verify=VERIFY) for _ in range(13)]
    await database.fetch(
        "UPDATE integrations.integrations SET token_version = 2, verify_claimed_at = '-infinity' WHERE id = $1::uuid",
        moved.split("/")[3],
    )
    await _pass(database, TICK)
    async with _sweep(opened.model_copy(update={"verify_every_hours": TICK / timedelta(hours=1)})) as sweep:
        assert 13 == await sweep()
    assert ["valid"] * 12 == [(await client.get(path)).json()["last_result"] for path in others]
    assert f"SealError while verifying the token of integration {moved.split('/')[3]}" in caplog.text


@asynccontextmanager
async def _sweep(settings: Settings) -> AsyncIterator[VerifyStaleTokens]:
    async with parts(settings) as container:
        yield container.get(VerifyStaleTokens)
        await container.get(Egress).aclose()
        await container.get(RecordUses).finish()


@pytest.fixture
async def sweeps(opened: Settings) -> AsyncIterator[list[VerifyStaleTokens]]:
    """What two replicas do by themselves each tick, here when the test says so."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(_sweep(opened)) for _ in range(2)]


async def _pass(database: Database, by: timedelta) -> None:
    """Let the time pass: all that is noted lies further back."""
    await database.fetch("UPDATE integrations.verification_turn SET taken_at = taken_at - $1::interval", by)
    await database.fetch(
        "UPDATE integrations.integrations SET verify_claimed_at = verify_claimed_at - $1::interval", by
    )


async def test_stale_tokens_are_verified_by_one_replica_at_a_time(
    client: Client, database: Database, server: Hostile, sweeps: list[VerifyStaleTokens]
) -> None:
    """A share of them each tick, so that all are once in the period; the result is shown, as of a person's asking."""
    paths = [await post_connected(client, server.url, verify=VERIFY) for _ in range(3)]
    await post_connected(client, server.url)
    await post_connected(client, server.url, verify=VERIFY, status="inactive")
    one, other = sweeps
    await _pass(database, TICK)
    assert sorted([1, 0]) == sorted(await asyncio.gather(one(), other()))
    assert 0 == await other()
    found = [len(server.requests)]
    for sweep in (other, one, other):
        await _pass(database, TICK)
        await sweep()
        found.append(len(server.requests))
    assert [1, 2, 3, 3] == found
    shown = [(await client.get(path)).json() for path in paths]
    assert {"valid"} == {each["last_result"] for each in shown}
    await _pass(database, timedelta(hours=24))
    assert 1 == await one()


async def test_whoever_cannot_be_verified_does_not_hold_up_the_others(
    client: Client, database: Database, server: Hostile, sweeps: list[VerifyStaleTokens]
) -> None:
    """An inactive user's is passed over until the next period."""
    user = await post_user(client)
    await post_connected(client, server.url, verify=VERIFY, user_id=user["id"])
    await client.patch(f"/v1/users/{user['id']}", json={"status": "inactive"})
    await post_connected(client, server.url, verify=VERIFY)
    for calls in (0, 1, 1):
        await _pass(database, TICK)
        await sweeps[0]()
        assert calls == len(server.requests)


async def test_a_token_that_does_not_open_does_not_end_the_turn(
    client: Client, database: Database, opened: Settings, server: Hostile
) -> None:
    """All that were claimed with it are verified, those behind the ten of the first round too."""
    await post_connected(client, server.url, verify=VERIFY)
    await database.fetch("UPDATE integrations.integrations SET sealed_token = sealed_token || '1'::bytea")
    for _ in range(11):
        await post_connected(client, server.url, verify=VERIFY)
    await _pass(database, TICK)
    async with parts(opened.model_copy(update={"verify_every_hours": TICK / timedelta(hours=1)})) as container:
        assert 12 == await container.get(VerifyStaleTokens)()
        await container.get(Egress).aclose()
        await container.get(RecordUses).finish()
    assert 11 == len(server.requests)
