"""A write and its event are kept together, or neither is."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest
from dishka import Provider, Scope
from tests import race
from tests.audit import mortal
from tests.audit.factories import events, kept
from tests.conftest import Client, Clients, new_database
from tests.integrations.factories import integration_body, post_integration
from tests.users.factories import post_team, post_user, team_body, user_body
from tests.verdict import connected, plain

from remuner.integrations.domain.ports import AuditTrail as IntegrationsTrail
from remuner.shared.audit import AuditEntry
from remuner.shared.database import Database
from remuner.shared.errors import Unavailable
from remuner.shared.settings import Settings
from remuner.users.domain.ports import AuditTrail as UsersTrail

TABLES = ("users.users", "users.teams", "users.memberships", "integrations.integrations", "integrations.departed_users")


class Full(UsersTrail, IntegrationsTrail):
    """A trail that takes nothing."""

    def __init__(self, error: Exception) -> None:
        """`error` is what it raises."""
        self._error = error

    async def record(self, *entries: AuditEntry) -> None:
        """Raise, if there is anything to record."""
        if entries:
            raise self._error

    async def forget(self, user_id: UUID) -> None:  # noqa: ARG002 - whoever it is
        """Raise."""
        raise self._error


def full(error: Exception) -> Provider:
    """Exchange the trail of both apps."""
    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: Full(error), provides=UsersTrail)
    provider.provide(lambda: Full(error), provides=IntegrationsTrail)
    return provider


async def state(database: Database) -> list[str]:
    """Return every row of both apps and of the trail."""
    rows = [f"{row[0]}" for table in TABLES for row in await database.fetch(f"SELECT t::text FROM {table} t")]
    return [*sorted(rows), await kept(database)]


@pytest.mark.parametrize(("error", "status"), [(Unavailable(), 503), (RuntimeError("full"), 500)])
async def test_without_its_event_no_write_happens(
    clients: Clients, client: Client, database: Database, error: Exception, status: int
) -> None:
    """Whatever the trail raises: each write is refused, and every row of both apps is as it was."""
    ada, idle, mary = [await post_user(client) for _ in range(3)]
    team = await post_team(client, user_ids=[ada["id"]])
    crm = await post_integration(client, ada["id"])
    await post_integration(client, idle["id"], status="inactive")
    user, teams, integration = f"/v1/users/{ada['id']}", f"/v1/teams/{team['id']}", f"/v1/integrations/{crm['id']}"
    writes = [
        ("POST", "/v1/users", user_body(team_ids=[team["id"]])),
        ("PATCH", user, {"first_name": "Augusta", "team_ids": []}),
        ("DELETE", f"/v1/users/{mary['id']}", None),
        ("DELETE", f"/v1/users/{idle['id']}", None),
        ("POST", "/v1/teams", team_body(user_ids=[ada["id"]])),
        ("PATCH", teams, {"user_ids": []}),
        ("DELETE", teams, None),
        ("PUT", f"{teams}/members/{mary['id']}", None),
        ("DELETE", f"{teams}/members/{ada['id']}", None),
        ("POST", "/v1/integrations", integration_body(ada["id"])),
        ("PATCH", integration, {"token": "another", "name": "Other"}),
        ("DELETE", integration, None),
        ("POST", f"{user}/reassign-integrations", {"to_user_id": mary["id"]}),
    ]
    before = await state(database)
    async with clients(full(error)) as refused:
        statuses = [(await refused.request(method, path, json=body)).status_code for method, path, body in writes]
    assert [status] * len(writes) == statuses
    assert before == await state(database)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_killed_process_leaves_neither(client: Client, settings: Settings, moment: str) -> None:
    """`kill -9` after the change and before its event, or after both and before the commit: nothing has changed."""
    user = await post_user(client)
    path = f"/v1/users/{user['id']}"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", mortal.__name__, stdin=asyncio.subprocess.PIPE, cwd=Path(mortal.__file__).parents[2]
    )
    order = {"settings": plain(settings), "moment": moment, "path": path, "body": {"first_name": "Augusta"}}
    await process.communicate(json.dumps(order).encode() + b"\n")
    assert -signal.SIGKILL == process.returncode
    assert user == (await client.get(path)).json()
    assert ["user.created"] == [event["action"] for event in await events(client)]
    assert 200 == (await client.patch(path, json={"first_name": "Augusta"})).status_code
    assert ["user.updated", "user.created"] == [event["action"] for event in await events(client)]


async def test_each_app_keeps_its_events_in_its_own_database(settings: Settings, server_url: str) -> None:
    """Where the apps are apart, so are their events: each commits with what it tells of."""
    async with new_database(server_url) as integrations_url:
        async with race.service(settings, race.Apart(integrations_url)) as client:
            user = await post_user(client)
            integration = await post_integration(client, user["id"], status="inactive")
            await client.delete(f"/v1/users/{user['id']}")
            shown = [event["action"] for event in await events(client)]
        async with connected(integrations_url) as connection:
            rows = await connection.fetch("SELECT action, resource_id FROM audit.events ORDER BY at, id")
    assert ["user.deleted", "user.created"] == shown
    made = UUID(integration["id"])
    assert [("integration.created", made), ("integration.deleted", made)] == [tuple(row) for row in rows]
