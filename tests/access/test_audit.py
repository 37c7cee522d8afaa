"""What writes of access keys and sessions leave in the audit trail."""

import pytest
from dishka import Provider, Scope
from tests.access.factories import bearer, post_key, sign_in
from tests.audit.factories import events
from tests.conftest import Client, Clients

from remuner.access.domain.ports import AuditTrail
from remuner.shared.audit import AuditEntry
from remuner.shared.database import Database
from remuner.shared.ids import new_id

UNTIL = "2999-01-02T03:04:05Z"


async def test_the_life_of_a_key_is_in_the_trail(client: Client, database: Database) -> None:
    """Made, changed, removed, each with what was before and after; its secret is nowhere."""
    made = await post_key(client, name="payroll", scopes=["users:read"], expires_at=UNTIL)
    path = f"/v1/access-keys/{made['id']}"
    await client.patch(path, json={"name": "payroll sync", "status": "inactive"})
    assert 204 == (await client.delete(path)).status_code
    deleted, updated, created = await events(client, resource_id=made["id"])
    whole = {
        "name": "payroll",
        "scopes": ["users:read"],
        "status": "active",
        "api_version": "2",
        "expires_at": "2999-01-02T03:04:05+00:00",
    }
    assert ("access_key.created", {name: [None, value] for name, value in whole.items()}) == (
        created["action"],
        created["changes"],
    )
    changes = {"name": ["payroll", "payroll sync"], "status": ["active", "inactive"]}
    assert ("access_key.updated", changes) == (updated["action"], updated["changes"])
    left = whole | {"name": "payroll sync", "status": "inactive"}
    assert ("access_key.deleted", {name: [value, None] for name, value in left.items()}) == (
        deleted["action"],
        deleted["changes"],
    )
    assert {"type": "access_key", "id": made["id"]} == deleted["resource"]
    secret = made["secret"].rpartition("_")[2]
    rows = await database.fetch("SELECT e::text FROM audit.events e")
    assert not [row for row in rows if secret in row["e"]]


async def test_limits_are_in_the_trail(client: Client) -> None:
    """Where there are some: when the key is made and when it is removed."""
    limits = {"integration_ids": [str(new_id())], "methods": ["GET", "PUT"], "path_prefix": "/crm"}
    made = await post_key(client, scopes=["integrations:use"], use_limits=limits)
    assert 204 == (await client.delete(f"/v1/access-keys/{made['id']}")).status_code
    deleted, created = await events(client, resource_id=made["id"])
    assert ([None, limits], [limits, None]) == (created["changes"]["use_limits"], deleted["changes"]["use_limits"])


async def test_sessions_are_in_the_trail(client: Client) -> None:
    """Signing in is done by the key that was shown; signing out leaves an event once, however often it is repeated."""
    key = await post_key(client, name="operator")
    signed_in = await client.post("/v1/session", json={"access_key": key["secret"]}, headers={"Authorization": ""})
    assert 201 == signed_in.status_code
    headers = {"Cookie": signed_in.headers["set-cookie"].partition(";")[0], **bearer(key["secret"])}
    for _ in range(2):
        assert 204 == (await client.delete("/v1/session", headers=headers)).status_code
    ended, started = await events(client, resource_type="session")
    assert ["session.created", "session.ended"] == [started["action"], ended["action"]]
    assert ["expires_at"] == list(started["changes"])
    actor = {"key_id": key["id"], "name": "operator"}
    assert (actor, actor) == (started["actor"], ended["actor"])


async def test_signing_out_everywhere_leaves_an_event_for_each_session(client: Client) -> None:
    """None when there is none."""
    key = await post_key(client)
    for _ in range(2):
        await sign_in(client, key["secret"])
    for _ in range(2):
        assert 204 == (await client.delete("/v1/sessions", headers=bearer(key["secret"]))).status_code
    found = await events(client, resource_type="session", action="session.ended")
    assert 2 == len({each["resource"]["id"] for each in found})


@pytest.mark.parametrize("write", ["create", "update", "delete", "sign in"])
async def test_without_its_event_nothing_is_written(clients: Clients, client: Client, write: str) -> None:
    """If the trail fails, a key is neither made, changed nor removed, and nobody is signed in."""

    class Full:
        async def record(self, *entries: AuditEntry) -> None:  # noqa: ARG002
            raise RuntimeError

    provider = Provider(scope=Scope.APP)
    provider.provide(Full, provides=AuditTrail)
    key = await post_key(client, name="payroll")
    path = f"/v1/access-keys/{key['id']}"
    calls: dict[str, tuple[str, str, dict[str, object]]] = {
        "create": ("POST", "/v1/access-keys", {"name": "X", "scopes": ["users:read"]}),
        "update": ("PATCH", path, {"name": "changed"}),
        "delete": ("DELETE", path, {}),
        "sign in": ("POST", "/v1/session", {"access_key": key["secret"]}),
    }
    method, place, body = calls[write]
    async with clients(provider) as failing:
        answer = await failing.request(method, place, json=body)
    assert (500, False) == (answer.status_code, "set-cookie" in answer.headers)
    listed = (await client.get("/v1/access-keys")).json()["items"]
    assert ["payroll"] == [each["name"] for each in listed]
