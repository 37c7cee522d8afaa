"""Whatever becomes of the cache, every answer is right and no request fails; it is used again when it is well."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from dishka import Provider, Scope
from prometheus_client.parser import text_string_to_metric_families
from tests.cache.valkey import Link, Valkey
from tests.conftest import Client, Clients
from tests.users.factories import post_team, post_user

from remuner.main import create_app
from remuner.shared.cache_state import CacheState, Patience
from remuner.shared.settings import Settings, SettingsError
from remuner.users.dependency_injection.providers import UsersCacheState, UsersDatabase

PERSISTENCES = ("postgres",)  # of the settings that the tests begin with
QUICK = Patience(poll=0.04, trust=0.3, notice=0.4, closed=0.5, mark=2)


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A Valkey of this test's own."""
    with Valkey(tmp_path) as valkey:
        yield valkey


@pytest.fixture
async def link(valkey: Valkey) -> AsyncIterator[Link]:
    """The way of one replica to it."""
    link = Link(valkey.port)
    async with link.open():
        yield link


def quick() -> Provider:
    """Let those who share the cache be impatient, so that a test is short."""

    def state(database: UsersDatabase) -> UsersCacheState:
        return UsersCacheState(CacheState("users", database, QUICK))

    provider = Provider(scope=Scope.APP)
    provider.provide(state)
    return provider


@dataclass(frozen=True, slots=True)
class Fault:
    """What is done to the cache, or to one replica's way to it, and how that is mended."""

    harm: Callable[[Valkey, Link], object]
    mend: Callable[[Valkey, Link], object] = lambda _valkey, _link: None


def _restart(valkey: Valkey) -> None:
    valkey.kill()
    valkey.start()


def _empty(valkey: Valkey) -> None:
    valkey.forget()
    _restart(valkey)


def _locked(valkey: Valkey) -> None:
    valkey.tell("ACL", "SETUSER", "default", "resetpass", ">secret")
    valkey.tell("CLIENT", "KILL", "USER", "default")


FAULTS = {
    "killed": Fault(lambda valkey, _: valkey.kill(), lambda valkey, _: valkey.start()),
    "restarted empty": Fault(lambda valkey, _: _empty(valkey)),
    "restarted from an old dump": Fault(lambda valkey, _: _restart(valkey)),  # made when the cache was warm
    "flushed": Fault(lambda valkey, _: valkey.tell("FLUSHALL")),
    "hanging": Fault(lambda valkey, _: valkey.suspend(), lambda valkey, _: valkey.resume()),
    "out of memory": Fault(
        lambda valkey, _: valkey.tell("CONFIG", "SET", "maxmemory", "1"),
        lambda valkey, _: valkey.tell("CONFIG", "SET", "maxmemory", "0"),
    ),
    "full": Fault(
        lambda valkey, _: valkey.tell("CONFIG", "SET", "maxmemory-policy", "allkeys-lru", "maxmemory", "1"),
        lambda valkey, _: valkey.tell("CONFIG", "SET", "maxmemory", "0"),
    ),
    "read only": Fault(
        lambda valkey, _: valkey.tell("REPLICAOF", "127.0.0.1", "1"),
        lambda valkey, _: valkey.tell("REPLICAOF", "NO", "ONE"),
    ),
    "locked": Fault(
        lambda valkey, _: _locked(valkey), lambda valkey, _: valkey.tell("ACL", "SETUSER", "default", "nopass")
    ),
    "slow": Fault(lambda _, link: setattr(link, "delay", 0.2), lambda _, link: setattr(link, "delay", 0)),
    "cut off": Fault(lambda _, link: link.sever(), lambda _, link: setattr(link, "cut", False)),
}


class Replicas:
    """Two replicas, the first with a link to the cache that may fail, and a user whose names count the writes."""

    def __init__(self, one: Client, other: Client, path: str, team: str) -> None:
        """`path` is the user's, `team` the path of a team of the user's."""
        self.one = one
        self.other = other
        self._path = path
        self._team = team
        self._writes = 0

    async def agree(self) -> None:
        """Read, write and read again on both: each reads at once what the other wrote."""
        for writer, reader in ((self.one, self.other), (self.other, self.one)):
            for _ in range(3):  # so that what was read is kept
                await self._see(reader)
            self._writes += 1
            answer = await writer.patch(self._path, json={"first_name": f"Ada {self._writes}"})
            assert 200 == answer.status_code, answer.text
            answer = await writer.patch(self._team, json={"name": f"Team {self._writes}"})
            assert 200 == answer.status_code, answer.text
            await self._see(reader)
            await self._see(writer)

    async def count(self) -> None:
        """Make a user on each, and see it counted on the other."""
        for writer, reader in ((self.one, self.other), (self.other, self.one)):
            before = (await reader.get("/v1/users/stats")).json()["total"]
            await post_user(writer)
            assert before + 1 == (await reader.get("/v1/users/stats")).json()["total"]

    async def _see(self, reader: Client) -> None:
        answer = await reader.get(self._path)
        assert 200 == answer.status_code, answer.text
        seen = answer.json()
        team = f"Team {self._writes}" if self._writes else seen["teams"][0]["name"]
        first_name = f"Ada {self._writes}" if self._writes else seen["first_name"]
        assert (first_name, [team]) == (seen["first_name"], [team["name"] for team in seen["teams"]])


async def numbers(client: Client) -> dict[str, float]:
    """What `/metrics` says of the cache, the events by their name."""
    answer = await client.get("/metrics")
    samples = [
        sample
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name.startswith("remuner_cache_")
    ]
    return {sample.labels.get("event", sample.name): sample.value for sample in samples}


async def in_use(client: Client) -> None:
    """Wait until the replica uses the cache."""
    async with asyncio.timeout(10):
        while not (await numbers(client))["remuner_cache_open"]:  # noqa: ASYNC110 - what it waits for has no event
            await asyncio.sleep(0.02)


@pytest.fixture
async def replicas(clients: Clients, settings: Settings, valkey: Valkey, link: Link) -> AsyncIterator[Replicas]:
    """Two replicas that use the cache, which has a dump of what it held when it was warm."""
    async with AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(clients(quick(), settings=cached(settings, url)))
            for url in (link.url, valkey.url)
        ]
        user, team = await post_user(one), await post_team(one)
        await one.put(f"/v1/teams/{team['id']}/members/{user['id']}")
        pair = Replicas(one, other, f"/v1/users/{user['id']}", f"/v1/teams/{team['id']}")
        await in_use(one)
        await in_use(other)
        await pair.agree()
        await pair.count()
        valkey.tell("SAVE")
        yield pair


def cached(settings: Settings, url: str) -> Settings:
    """The settings of a replica that reaches the cache there."""
    return Settings.model_validate({**dict(settings), "redis_url": url, "persistence": "cached"})


@pytest.mark.parametrize("name", FAULTS)
async def test_every_answer_is_right(replicas: Replicas, valkey: Valkey, link: Link, name: str) -> None:
    """While it lasts and afterwards; then both replicas use the cache again."""
    await asyncio.to_thread(FAULTS[name].harm, valkey, link)
    for _ in range(2):
        await replicas.agree()
        await replicas.count()
    await asyncio.to_thread(FAULTS[name].mend, valkey, link)
    await replicas.agree()
    for client in (replicas.one, replicas.other):
        await in_use(client)
    before = (await numbers(replicas.one))["hit"]
    await replicas.agree()
    await replicas.count()
    assert before < (await numbers(replicas.one))["hit"]


async def test_it_may_be_away_at_the_start(clients: Clients, settings: Settings, valkey: Valkey) -> None:
    """The service starts and answers; `/readyz` and `/metrics` say what is missing; when it comes it is used."""
    valkey.kill()
    async with clients(quick(), settings=cached(settings, valkey.url)) as client:
        user = await post_user(client)
        assert user == (await client.get(f"/v1/users/{user['id']}")).json()
        ready, told = await client.get("/readyz"), await numbers(client)
        assert (200, "The cache does not answer, or takes no writes.") == (
            ready.status_code,
            ready.json()["checks"]["cache"],
        )
        assert (1, 0) == (told["remuner_cache_breaker_open"], told["remuner_cache_open"])
        await asyncio.to_thread(valkey.start)
        await in_use(client)
        assert "ok" == (await client.get("/readyz")).json()["checks"]["cache"]
        for _ in range(3):
            assert user == (await client.get(f"/v1/users/{user['id']}")).json()
        told = await numbers(client)
    assert (0, 1) == (told["remuner_cache_breaker_open"], told["remuner_cache_open"])
    assert 2 <= told["hit"]


async def test_a_replica_without_a_cache_is_heard_of(clients: Clients, settings: Settings, redis_url: str) -> None:
    """One that has another persistence closes the cache of the others before it writes, and tells nobody wrong."""
    async with clients(quick(), settings=cached(settings, redis_url)) as one, clients(quick()) as other:
        user, team = await post_user(one), await post_team(one)
        await one.put(f"/v1/teams/{team['id']}/members/{user['id']}")
        await in_use(one)
        pair = Replicas(one, other, f"/v1/users/{user['id']}", f"/v1/teams/{team['id']}")
        for _ in range(2):
            await pair.agree()
            await pair.count()
            await in_use(one)
        assert 2 <= (await numbers(one))["hit"]


async def test_the_cache_is_asked_for_by_a_url_that_is_there(settings: Settings) -> None:
    """REMUNER_PERSISTENCE=cached without a URL is refused at the start; without either, PostgreSQL serves alone."""
    with pytest.raises(SettingsError, match="REMUNER_REDIS_URL"):
        create_app(Settings.model_validate({**dict(settings), "persistence": "cached"}))
    found = [
        Settings.model_validate({**dict(settings), **given}).cached
        for given in ({}, {"redis_url": "redis://there"}, {"redis_url": "redis://there", "persistence": "postgres"})
    ]
    assert [False, True, False] == found


async def test_a_user_with_few_rights_will_do(clients: Clients, settings: Settings, valkey: Valkey) -> None:
    """Reading, writing and scripts; with a password in the URL."""
    rights = "+get +mget +set +del +exists +zadd +zrem +zremrangebyscore +pexpire +time +eval +info +select +client"
    valkey.tell("ACL", "SETUSER", "service", "on", ">s3cret", "~*", *rights.split())
    url = valkey.url.replace("redis://", "redis://service:s3cret@")
    async with clients(quick(), settings=cached(settings, url)) as client:
        user = await post_user(client)
        await in_use(client)
        for _ in range(3):
            assert user == (await client.get(f"/v1/users/{user['id']}")).json()
        assert 1 <= (await numbers(client))["hit"]


OPENSSL = shutil.which("openssl")


@pytest.mark.skipif(OPENSSL is None, reason="there is no openssl to make a certificate with")
async def test_the_way_may_be_encrypted(
    clients: Clients, settings: Settings, valkey: Valkey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`rediss://`, with a certificate that is trusted; one that is not is no way, and no reason to fail."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made: list[str | Path] = [
        str(OPENSSL),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    made += ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
    await asyncio.to_thread(subprocess.run, made, check=True, capture_output=True)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    link = Link(valkey.port, tls)
    async with link.open():
        async with clients(quick(), settings=cached(settings, link.url)) as client:
            await post_user(client)
            assert 1 == (await numbers(client))["remuner_cache_breaker_open"]
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with clients(quick(), settings=cached(settings, link.url)) as client:
            user = await post_user(client)
            await in_use(client)
            for _ in range(3):
                assert user == (await client.get(f"/v1/users/{user['id']}")).json()
            assert 1 <= (await numbers(client))["hit"]
