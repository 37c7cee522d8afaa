"""Every integration has a user, and no user is erased while it has an active one, whatever races and whoever is killed.

The races run in processes of their own (see race.py); afterwards the databases have to agree with every answer given.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextvars import Context
from typing import Any
from uuid import UUID

import pytest
from dishka import Provider, Scope
from tests import race
from tests.conftest import Client, Clients, new_database
from tests.verdict import COMMON, After, Call, Home, connected, new_integration, new_user, raced, worker

from remuner.bridges import DepartureSweeper
from remuner.integrations.dependency_injection.providers import IntegrationsDatabase
from remuner.integrations.domain.ports import IntegrationPersistence
from remuner.integrations.persistence.postgres import PostgresIntegrations
from remuner.main import build
from remuner.shared.sealing import Sealer
from remuner.shared.settings import Settings
from remuner.users.dependency_injection.providers import UsersDatabase


@pytest.fixture
async def together(settings: Settings) -> Home:
    """Both apps in one database."""
    return Home(settings, None)


@pytest.fixture
async def apart(settings: Settings, server_url: str) -> AsyncIterator[Home]:
    """Each app in a database that lacks the other's tables."""
    async with new_database(server_url) as integrations_url:
        home = Home(settings, integrations_url)
        for url, other in zip(home.urls, ("integrations", "users"), strict=True):
            async with connected(url) as connection:
                await connection.execute(f"DROP SCHEMA {other} CASCADE")
        yield home


@pytest.fixture(params=["together", "apart"])
def home(request: pytest.FixtureRequest) -> Home:
    """Either."""
    home: Home = request.getfixturevalue(request.param)
    return home


def sizes(usual: int, soak: int) -> pytest.MarkDecorator:
    """Race for so many moves in each process."""
    return pytest.mark.parametrize("calls", [usual, pytest.param(soak, marks=pytest.mark.soak)])


async def agree(home: Home, calls: Sequence[Call]) -> None:
    """Compare what is there with what was answered; what matters must have been tried."""
    after = await After.read(home)
    assert [] == after.contradictions(calls)
    tried = {f"{call.kind}: {call.answer}" for call in calls}
    assert COMMON <= tried
    assert {(True, "inactive"), (False, "active")} <= {
        (row["released"], row["status"]) for row in after.erased.values()
    }


@sizes(400, 2000)
async def test_races_leave_every_integration_with_a_user(home: Home, calls: int) -> None:
    """Two processes race over a few users: no orphan, no lost write, no deadlock, only documented answers."""
    await agree(home, await raced(home, calls, None, None))


@sizes(450, 2000)
async def test_a_killed_process_takes_nothing_along(home: Home, calls: int) -> None:
    """One of two is killed amid its writes: what it acknowledged stays, and the other goes on without a failure."""
    await agree(home, await raced(home, calls, calls // 2, None))


async def test_an_overtaken_activation_asks_the_new_owner(clients: Clients) -> None:
    """An integration that is given away while it is being activated becomes active only under its new owner's lock."""
    admitted: list[UUID] = []
    overtake: list[Callable[[], Coroutine[Any, Any, object]]] = []

    class Overtaken(PostgresIntegrations):
        async def admit(self, user_id: UUID) -> bool:
            admitted.append(user_id)
            stays = await super().admit(user_id)
            if overtake:  # outside this unit of work
                await asyncio.create_task(overtake.pop()(), context=Context())
            return stays

    def overtaken(database: IntegrationsDatabase, sealer: Sealer) -> IntegrationPersistence:
        return Overtaken(database, sealer)

    provider = Provider(scope=Scope.APP)
    provider.provide(overtaken)
    async with clients(provider) as client:
        old, new = await new_user(client), await new_user(client, "new@example.com")
        path = f"/v1/integrations/{await new_integration(client, old, 'Pipeline', 'inactive')}"
        admitted.clear()
        overtake.append(lambda: client.patch(path, json={"user_id": new}))
        answer = await client.patch(path, json={"status": "active"})
    assert [UUID(old), UUID(new), UUID(new)] == admitted
    assert (200, "active", new) == (answer.status_code, answer.json()["status"], answer.json()["user"]["id"])


async def test_the_api_is_the_same_together_and_apart(home: Home) -> None:
    """A user cannot go with an active integration, goes with the inactive one, and then is known to neither app."""
    async with race.service(home.settings, *home.parts) as client:
        user_id = await new_user(client)
        user = f"/v1/users/{user_id}"
        integration_id = await new_integration(client, user_id, "Pipeline")
        integration = f"/v1/integrations/{integration_id}"
        shown = (await client.get(user)).json()["integrations"]
        assert [{"id": integration_id, "name": "Pipeline", "status": "active"}] == shown
        assert user_id == (await client.get(integration)).json()["user"]["id"]
        refusal = await client.delete(user)
        assert (409, [integration_id]) == (refusal.status_code, refusal.json()["integration_ids"])
        assert 200 == (await client.patch(integration, json={"status": "inactive"})).status_code
        assert 204 == (await client.delete(user)).status_code
        gone = [(await client.get(user)).status_code, (await client.get(integration)).status_code]
        assert [404, 404] == gone
        assert 404 == (await client.delete(user)).status_code
        assert "422 user_not_found" == await _attempt(client, user_id)


async def _cut(home: Home, client: Client) -> str:
    """Let a process die in the middle of a deletion, and return the user."""
    user_id = await new_user(client)
    await new_integration(client, user_id, "Pipeline", "inactive")
    async with worker(home.job(user_id=user_id)) as process:
        assert -signal.SIGKILL == await process.wait()
    return user_id


async def _attempt(client: Client, user_id: str) -> str:
    body = {"name": "Another", "user_id": user_id, "token": "a token"}
    answer = await client.post("/v1/integrations", json=body)
    return f"{answer.status_code} {answer.json().get('code', '')}".strip()


async def test_a_deletion_cut_together_changes_nothing(together: Home) -> None:
    """In one database, a process that dies between the two steps of a deletion leaves the user as it was."""
    async with race.service(together.settings) as client:
        user_id = await _cut(together, client)
        assert "201" == await _attempt(client, user_id)
        shown = (await client.get(f"/v1/users/{user_id}")).json()["integrations"]
    assert ["Another", "Pipeline"] == [each["name"] for each in shown]


async def test_a_deletion_cut_apart_is_completed_by_the_next(apart: Home) -> None:
    """In two databases, the user is left and barred for ever, and a repeated DELETE completes what was begun."""
    async with race.service(apart.settings, *apart.parts) as client:
        user_id = await _cut(apart, client)
        user = f"/v1/users/{user_id}"
        left = await client.get(user)
        assert (200, []) == (left.status_code, left.json()["integrations"])
        assert "422 user_not_found" == await _attempt(client, user_id)
        assert [204, 404] == [(await client.delete(user)).status_code for _ in range(2)]


async def test_a_deletion_cut_apart_is_completed_by_the_sweeper(apart: Home) -> None:
    """In two databases, the sweeper deletes a user who was let go, once, and confirms the departure."""
    async with race.service(apart.settings, *apart.parts) as client:
        user_id = await _cut(apart, client)
        container = build(apart.settings, *apart.parts)
        sweeper = container.get(DepartureSweeper)
        async with container.get(UsersDatabase), container.get(IntegrationsDatabase):
            assert [1, 0] == [await sweeper.sweep(), await sweeper.sweep()]
        assert 404 == (await client.get(f"/v1/users/{user_id}")).status_code
    async with connected(apart.urls[1]) as connection:
        bars = await connection.fetch("SELECT user_id, confirmed FROM integrations.departed_users")
    assert [(UUID(user_id), True)] == [tuple(bar) for bar in bars]
