"""How many queries an answer takes: as many for a hundred rows as for one."""

from collections.abc import AsyncIterator
from contextvars import ContextVar

import pytest
from dishka import Provider, Scope
from tests.conftest import Client, Clients
from tests.integrations.factories import post_integration
from tests.users.factories import post_team, post_user

from remuner.composition import APPS
from remuner.shared.database import Database, Row

EXPECTED = {
    "/v1/users?limit=200": 3,
    "/v1/users?limit=200&include_total=true&q=user&sort=email": 4,
    "/v1/users?limit=200&team_id={team}": 3,
    "/v1/users/{user}": 2,
    "/v1/users/stats": 1,
    "/v1/teams?limit=200": 1,
    "/v1/teams?limit=200&include_total=true": 2,
    "/v1/teams/{team}": 1,
    "/v1/teams/{team}/members?limit=200": 4,
    "/v1/teams/stats": 1,
    "/v1/integrations?limit=200": 2,
    "/v1/integrations?limit=200&include_total=true&status=active&sort=name": 3,
    "/v1/integrations/{integration}": 2,
    "/v1/integrations/stats": 1,
    "/v1/audit-events?limit=200&action=integration.created": 2,
}


_asked: ContextVar[bool] = ContextVar("asked", default=False)

PERSISTENCES = ("postgres",)  # a cache has queries of its own, and none where it hits


class CountingDatabase(Database):
    """A database that counts the reads that the test asks for; every read goes through `fetch`."""

    queries = 0

    async def fetch(self, sql: str, *values: object) -> list[Row]:
        """Count, unless it is for a task of the service's own; then read."""
        self.queries += _asked.get()
        return await super().fetch(sql, *values)


@pytest.fixture
def counting(database_url: str) -> CountingDatabase:
    """The database of this test, counted."""
    return CountingDatabase(database_url, {app: f"remuner.{app}.persistence.tables" for app in APPS})


@pytest.fixture
async def client(clients: Clients, counting: CountingDatabase) -> AsyncIterator[Client]:
    """A client of a service on the counted database."""
    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: counting, provides=Database)
    async with clients(provider) as client:
        yield client


@pytest.mark.parametrize("rows", [1, 10, 100])
async def test_the_number_of_queries_does_not_follow_the_rows(
    client: Client, counting: CountingDatabase, rows: int
) -> None:
    """Each list, each resource and each count takes a fixed number of queries, however many rows there are."""
    _asked.set(True)
    team = await post_team(client)
    for i in range(rows):
        user = await post_user(client, team_ids=[team["id"]])
        integration = await post_integration(client, user["id"])
        if i:
            await post_team(client, user_ids=[user["id"]])
    found = {}
    for path in EXPECTED:
        before = counting.queries
        answer = await client.get(path.format(user=user["id"], team=team["id"], integration=integration["id"]))
        assert 200 == answer.status_code
        assert rows == len(answer.json().get("items", range(rows)))
        found[path] = counting.queries - before
    assert EXPECTED == found
