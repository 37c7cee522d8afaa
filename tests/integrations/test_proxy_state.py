"""When a token may be used, and what is known of its use: read from PostgreSQL at each call, noted around it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from dishka import Provider, Scope, provide
from tests.access.factories import bearer, post_key
from tests.conftest import Client, Clients
from tests.egress.tls import Hostile, http
from tests.integrations.factories import BEARER, post_connected
from tests.users.factories import post_user

from remuner.audit.domain.entities import Event
from remuner.audit.domain.use_cases import RecordUses
from remuner.audit.persistence.postgres import PostgresEvents
from remuner.composition import APPS
from remuner.integrations.dependency_injection.providers import IntegrationsDatabase
from remuner.integrations.domain.ports import UseTrail
from remuner.shared.audit import AuditEntry
from remuner.shared.database import Database, Row
from remuner.shared.errors import Unavailable
from remuner.shared.settings import Settings


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


async def test_another_attempt_goes_by_what_is_written_by_then(caller: Client, server: Hostile) -> None:
    """What was stopped after the first one is not called again."""
    path = await post_connected(caller, server.url)

    async def stop(_: bytes, writer: asyncio.StreamWriter) -> None:
        await caller.patch(path, json={"status": "inactive"})
        writer.write(http(b"", "Retry-After: 0", status="503 Busy"))

    server.answer = stop
    refused = await caller.get(f"{path}/proxy/x")
    assert (409, "integration_inactive", 1) == (refused.status_code, refused.json()["code"], len(server.requests))


async def test_what_is_stopped_between_two_attempts_is_not_tried_again(caller: Client, server: Hostile) -> None:
    """An integration or a key; nor is a call tried at another address, which the trail knows nothing of."""
    moved = {"destination": {"base_url": f"{server.url}/v2", "auth": BEARER}, "token": "new"}
    for change, status, code in (
        ({"status": "inactive"}, 409, "integration_inactive"),
        (None, 401, "unauthenticated"),
        (moved, 502, "upstream_unreachable"),
    ):
        path = await post_connected(caller, server.url)
        key = await post_key(caller, scopes=["integrations:use"])

        async def busy(
            _: bytes,
            writer: asyncio.StreamWriter,
            place: str = path if change else f"/v1/access-keys/{key['id']}",
            change: dict[str, Any] | None = change,
        ) -> None:
            await caller.patch(place, json=change or {"status": "inactive"})
            writer.write(http(b"busy", "Retry-After: 0", status="503 Busy"))

        server.answer = busy
        server.requests.clear()
        refused = await caller.get(f"{path}/proxy/x", headers=bearer(key["secret"]))
        assert (status, code, 1) == (refused.status_code, refused.json()["code"], len(server.requests))
        assert [None, code] == (await outcomes(caller, path, 1))[-1]["changes"]["error"]


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


class _Watched(Database):
    notes = 0

    async def fetch(self, sql: str, *values: object) -> list[Row]:
        self.notes += "SET token_last_used_at" in sql
        return await super().fetch(sql, *values)


async def test_a_use_is_written_down_once_a_minute(
    clients: Clients, opened: Settings, server: Hostile, database_url: str
) -> None:
    """The others cost no write."""
    watched = _Watched(database_url, {app: f"remuner.{app}.persistence.tables" for app in APPS})
    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: watched, provides=Database)
    async with clients(provider, settings=opened) as caller:
        path = await post_connected(caller, server.url)
        for _ in range(3):
            await caller.get(f"{path}/proxy/x")
    assert (3, 1) == (len(server.requests), watched.notes)


class _LateEvents(PostgresEvents):
    async def add(self, events: Sequence[Event]) -> None:
        await asyncio.sleep(0.1)
        await super().add(events)


class _LateUses(Provider):
    scope = Scope.APP

    @provide(override=True)
    def record_uses(self, database: IntegrationsDatabase) -> RecordUses:
        """Take some time."""
        return RecordUses(_LateEvents(database))


async def test_an_outcome_is_written_before_the_service_ends(
    clients: Clients, opened: Settings, server: Hostile, database: Database
) -> None:
    """Though nobody waits for it."""
    async with clients(_LateUses(), settings=opened) as caller:
        await caller.get(f"{await post_connected(caller, server.url)}/proxy/x")
    assert 1 == len(await database.fetch("SELECT 1 FROM audit.events WHERE action = 'integration.use_ended'"))
