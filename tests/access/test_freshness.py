"""How soon a key or a session that was stopped stops: at once here, within a second on every other replica."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from dishka import Provider, Scope
from tests.access.factories import bare, bearer, post_key, sign_in
from tests.conftest import Client, Clients

from remuner.access.domain.authenticate import Authenticate, CurrentUseLimits
from remuner.cli.common import parts
from remuner.composition import APPS
from remuner.shared.context import UseLimits
from remuner.shared.database import Database, Row
from remuner.shared.errors import Unavailable
from remuner.shared.settings import Settings


class Interrupted(Database):
    """A database that can be away, and counts its reads of keys."""

    away = False
    key_reads = 0

    async def fetch(self, sql: str, *values: object) -> list[Row]:
        """Fail, or count and read."""
        if self.away:
            raise Unavailable
        self.key_reads += "digest FROM access.access_keys" in sql
        return await super().fetch(sql, *values)


@pytest.fixture
def interrupted(database_url: str) -> Interrupted:
    """The database of this test."""
    return Interrupted(database_url, {app: f"remuner.{app}.persistence.tables" for app in APPS})


def _with(database: Database) -> Provider:
    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: database, provides=Database)
    return provider


async def _until_refused(ask: Callable[[], Awaitable[int]]) -> float:
    """Return the seconds until the answer is 401; each before is 200."""
    begin = time.monotonic()
    while (status := await ask()) != 401:
        assert 200 == status
        await asyncio.sleep(0.01)
    return time.monotonic() - begin


@pytest.mark.parametrize("end", ["inactive", "deleted"])
async def test_a_stopped_key_stops_within_a_second_on_another_replica(clients: Clients, end: str) -> None:
    """Under requests all the time; so does its session, and at once where it was told."""
    async with clients() as one, clients() as two:
        made = await post_key(one)
        cookie = await sign_in(two, made["secret"])

        async def ask(client: Client, *, by_cookie: bool) -> int:
            if by_cookie:
                return (await bare(client, "GET", "/v1/users", cookie=cookie)).status_code
            return (await client.get("/v1/users", headers=bearer(made["secret"]))).status_code

        for client in (one, two):
            assert [200, 200] == [await ask(client, by_cookie=by_cookie) for by_cookie in (False, True)]
        path = f"/v1/access-keys/{made['id']}"
        stopped = await (one.delete(path) if end == "deleted" else one.patch(path, json={"status": "inactive"}))
        assert stopped.is_success
        assert [401, 401] == [await ask(one, by_cookie=by_cookie) for by_cookie in (False, True)]
        waits = await asyncio.gather(
            *(_until_refused(lambda by_cookie=by_cookie: ask(two, by_cookie=by_cookie)) for by_cookie in (False, True))  # type: ignore[misc]
        )
        assert max(waits) < 1


@pytest.mark.parametrize("end", ["inactive", "deleted"])
async def test_a_stopped_key_uses_no_token_from_then_on(client: Client, settings: Settings, end: str) -> None:
    """On another replica, too, which has read the key just before."""
    limits = {"integration_ids": None, "methods": ["GET"], "path_prefix": None}
    made = await post_key(client, scopes=["integrations:use"], use_limits=limits)
    async with parts(settings) as replica:
        caller = await replica.get(Authenticate).by_access_key(made["secret"])
        current = replica.get(CurrentUseLimits)
        assert caller
        assert UseLimits(methods=frozenset({"GET"})) == caller.use_limits == await current(caller)
        path = f"/v1/access-keys/{made['id']}"
        await (client.delete(path) if end == "deleted" else client.patch(path, json={"status": "inactive"}))
        assert await current(caller) is None
        await replica.get(Authenticate).finish()


async def test_an_ended_session_ends_within_a_second_on_another_replica(clients: Clients) -> None:
    """And at once where the browser was signed out."""
    async with clients() as one, clients() as two:
        cookie = await sign_in(one, (await post_key(one))["secret"])

        async def ask(client: Client) -> int:
            return (await bare(client, "GET", "/v1/session", cookie=cookie)).status_code

        assert [200, 200] == [await ask(one), await ask(two)]
        assert 204 == (await bare(one, "DELETE", "/v1/session", cookie=cookie)).status_code
        assert 401 == await ask(one)
        assert await _until_refused(lambda: ask(two)) < 1


async def test_concurrent_requests_read_a_key_once(clients: Clients, interrupted: Interrupted) -> None:
    """A hundred at once: one read of the key."""
    async with clients(_with(interrupted)) as client:
        secret = (await post_key(client))["secret"]
        answers = await asyncio.gather(*(client.get("/v1/session", headers=bearer(secret)) for _ in range(100)))
        assert {200} == {answer.status_code for answer in answers}
        assert interrupted.key_reads == 1


async def test_without_the_database_a_key_does_not_pass_for_long(clients: Clients, interrupted: Interrupted) -> None:
    """503 with Retry-After after a second, whatever is asked; with the database back it passes again."""
    async with clients(_with(interrupted)) as client:
        made = await post_key(client)
        cookie = await sign_in(client, made["secret"])
        known, unknown = bearer(made["secret"]), bearer(f"{made['secret'][:3]}{'0' * 8}{made['secret'][11:]}")
        assert 200 == (await client.get("/v1/session", headers=known)).status_code
        interrupted.away = True
        assert 200 == (await client.get("/v1/session", headers=known)).status_code
        await asyncio.sleep(1)
        for answer in (
            await client.get("/v1/session", headers=known),
            await client.get("/v1/session", headers=unknown),
            await bare(client, "GET", "/v1/session", cookie=cookie),
            await bare(client, "POST", "/v1/session", json={"access_key": made["secret"]}),
        ):
            assert (503, "service_unavailable") == (answer.status_code, answer.json()["code"])
            assert answer.headers["retry-after"].isdigit()
        assert 200 == (await client.get("/v1/session")).status_code
        assert 401 == (await client.get("/v1/session", headers=bearer("x"))).status_code
        interrupted.away = False
        assert 200 == (await client.get("/v1/session", headers=known)).status_code
        assert 200 == (await bare(client, "GET", "/v1/session", cookie=cookie)).status_code


async def test_wrong_credentials_are_limited_and_right_ones_pass(clients: Clients) -> None:
    """Keys, cookies and sign-ins count together: 429 with Retry-After instead of the 21st 401; missing ones do not."""
    async with clients() as client:
        made = await post_key(client)
        cookie = await sign_in(client, made["secret"])
        for _ in range(25):
            assert 401 == (await bare(client, "GET", "/v1/users")).status_code
        wrong: list[Callable[[], Awaitable[object]]] = [
            lambda: client.get("/v1/users", headers=bearer("x")),
            lambda: bare(client, "GET", "/v1/users", cookie="x"),
            lambda: bare(client, "POST", "/v1/session", json={"access_key": "x"}),
            lambda: client.get("/nowhere", headers=bearer("x")),
        ]
        answers = [await wrong[number % 4]() for number in range(24)]
        assert [401] * 20 + [429] * 4 == [answer.status_code for answer in answers]  # type: ignore[attr-defined]
        for answer in answers[20:]:
            assert "rate_limited" == answer.json()["code"]  # type: ignore[attr-defined]
            assert 1 <= int(answer.headers["retry-after"]) <= 60  # type: ignore[attr-defined]
        for right in (
            await client.get("/v1/users", headers=bearer(made["secret"])),
            await bare(client, "GET", "/v1/users", cookie=cookie),
            await bare(client, "POST", "/v1/session", json={"access_key": made["secret"]}),
        ):
            assert right.is_success
        assert 401 == (await bare(client, "GET", "/v1/users")).status_code
