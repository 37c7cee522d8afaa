"""`/metrics`: who may read it, what is counted, and that no client can make it grow."""

from itertools import product

import pytest
from dishka import Provider, Scope
from prometheus_client.parser import text_string_to_metric_families
from tests.access.factories import everybody_is
from tests.conftest import Client, Clients
from tests.e2e.leaks import leaks
from tests.users.factories import post_user

from remuner.shared.context import Caller
from remuner.shared.database import Database
from remuner.shared.metrics import Metrics
from remuner.shared.scopes import AccessScope
from remuner.shared.served import Served

CANARY = "canary7f3a"
Series = dict[tuple[str, tuple[str, ...]], float]


async def series(client: Client) -> Series:
    """Every series of the service's own, by name and labels' values in the order of their names."""
    answer = await client.get("/metrics")
    assert (200, "text/plain; version=0.0.4; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    return {
        (sample.name.removeprefix("remuner_"), tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name.startswith("remuner_")
    }


async def test_only_a_key_with_the_scope_reads_it(clients: Clients) -> None:
    """Nobody: 401. A key with every other scope: 403. With this one alone: 200. Another method: 405."""
    metrics = frozenset({AccessScope.METRICS_READ})
    known = everybody_is(Caller(None, "may", metrics), Caller(None, "other", frozenset(AccessScope) - metrics))
    async with clients(known) as client:
        may, other = {"Authorization": "Bearer may"}, {"Authorization": "Bearer other"}
        calls = [("GET", {"Authorization": ""}), ("GET", other), ("GET", may), ("HEAD", may), ("POST", other)]
        answers = [await client.request(method, "/metrics", headers=headers) for method, headers in calls]
    assert [401, 403, 200, 200, 405] == [answer.status_code for answer in answers]
    assert ["unauthenticated", "missing_scope"] == [answer.json()["code"] for answer in answers[:2]]


async def test_requests_are_counted_by_template(client: Client) -> None:
    """By method, template, status and minor, with how long they took; refused attempts by code, from zero on."""
    before = await series(client)
    user = await post_user(client)
    for _ in range(3):
        await client.get(f"/v1/users/{user['id']}")
    await client.get("/v1/users/stats", headers={"Authorization": "Bearer wrong"})
    after = await series(client)
    assert 3 == after["http_requests_total", ("GET", "2", "/v1/users/{user_id}", "200")]
    assert 1 == after["http_requests_total", ("POST", "2", "/v1/users", "201")]
    assert 1 == after["http_requests_total", ("GET", "", "unrouted", "401")]
    assert 3 == after["http_request_duration_seconds_count", ("GET", "/v1/users/{user_id}")]
    assert 0 < after["http_request_duration_seconds_sum", ("GET", "/v1/users/{user_id}")] < 10
    refused = "http_refused_total", ("unauthenticated",)
    assert (0, 1) == (before[refused], after[refused])
    assert 0 == after["http_refused_total", ("missing_scope",)]


@pytest.fixture
async def known(client: Client) -> Series:
    """The series after one odd request of each kind."""
    await _odd(client, "0")
    await series(client)
    return await series(client)


async def _odd(client: Client, text: str) -> None:
    for method, path in product(("GET", text), (f"/{text}", f"/v1/{text}", f"/v1/users/{text}", f"/problems/{text}")):
        await client.request(method, f"{path}?{text}={text}", headers={"X-Request-ID": text, "User-Agent": text})
    await client.get("/v1/users", headers={"X-API-Version": text})
    await client.get("/v1/users", headers={"Authorization": f"Bearer {text}"})


async def test_no_client_can_add_a_series(client: Client, known: Series) -> None:
    """Whatever is made up in paths, methods, headers and queries falls into the series that are there."""
    for number in range(10):
        await _odd(client, f"{CANARY}{number}")
    now = await series(client)
    assert known.keys() == now.keys()
    assert CANARY not in (await client.get("/metrics")).text.lower()


class LeakingMetrics(Metrics):
    """Shows what nobody may see."""

    def count(self, request: Served) -> None:
        """Count it under a label that leaks."""
        super().count(request._replace(route=CANARY))


async def test_a_metric_that_leaks_would_be_found(clients: Clients) -> None:
    """The search for leaked tokens finds one in a label."""
    leaking = Provider(scope=Scope.APP)
    leaking.provide(lambda: LeakingMetrics(int), provides=Metrics)
    found = []
    for overrides in ((), (leaking,)):
        async with clients(*overrides) as client:
            await client.get("/v1/users")
            found.append(leaks(CANARY, {"metrics": (await client.get("/metrics")).content}))
    assert [set(), {"metrics"}] == found


async def test_the_pool_is_watched(database: Database) -> None:
    """As many connections are in use as there are transactions running."""
    metrics = Metrics(lambda: database.connections_in_use)
    line = "remuner_database_connections_in_use %d.0"

    async def work() -> str:
        return metrics.text().decode()

    assert line % 0 in metrics.text().decode()
    assert line % 1 in await database.unit_of_work(work)
    assert line % 0 in metrics.text().decode()
