"""A PostgreSQL and a Valkey of the session's own; a database of its own for every test.

The servers are started once, by the process that runs `pytest`, for all of its workers. A template database is
migrated once; each test gets a copy of it, which takes milliseconds.
"""

import asyncio
import gc
import itertools
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx2
import pytest
import redis
from asgi_lifespan import LifespanManager
from dishka import Provider
from starlette.types import ASGIApp
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.transactions import in_transaction

from remuner.composition import APPS
from remuner.main import APIS, create_app
from remuner.shared.cache import Cache
from remuner.shared.cache_state import CacheState
from remuner.shared.database import Database
from remuner.shared.embedded import EmbeddedServers
from remuner.shared.migrations import migrate, tortoise_config
from remuner.shared.redis_wire import Wire
from remuner.shared.sealing import new_keyset
from remuner.shared.settings import Settings

ADMIN_KEY = "rk_test_0123456789012345678901234567890123456789"
_TEMPLATE = "remuner_template"
_SERVERS = pytest.StashKey[EmbeddedServers]()
_FOLDER = pytest.StashKey["tempfile.TemporaryDirectory[str]"]()
_URLS = pytest.StashKey[tuple[str, str]]()

Client = httpx2.AsyncClient
Clients = Callable[..., AbstractAsyncContextManager[Client]]


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers, unless this is a worker: it is told where they are."""
    if worker_input := getattr(config, "workerinput", None):
        config.stash[_URLS] = worker_input["urls"]
        return
    if config.option.collectonly:
        return
    memory = Path("/dev/shm")
    folder = tempfile.TemporaryDirectory(prefix="remuner-tests-", dir=memory if os.access(memory, os.W_OK) else None)
    servers = EmbeddedServers(Path(folder.name, "data"), durable=False).__enter__()
    config.stash[_FOLDER], config.stash[_SERVERS] = folder, servers
    config.stash[_URLS] = servers.addresses.database_url, servers.addresses.redis_url
    asyncio.run(_make_template(servers.addresses.database_url))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes seconds, so that in the end no worker waits for another that has just begun such a test."""
    items.sort(key=lambda item: not ("e2e" in item.path.parts or item.get_closest_marker("fuzz")))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare the garbage collector what stays until the end: modules and tests, which every full collection walks."""
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_configure_node(node: object) -> None:
    """Tell a worker where the servers are."""
    node.workerinput["urls"] = node.config.stash[_URLS]  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers."""
    if _SERVERS in config.stash:
        config.stash[_SERVERS].stop()
        config.stash[_FOLDER].cleanup()


async def _make_template(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(f"CREATE DATABASE {_TEMPLATE}")
    await connection.close()
    await migrate(named(url, _TEMPLATE), APPS)


def named(url: str, database: str) -> str:
    """The URL of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@pytest.fixture(scope="session")
def server_url(pytestconfig: pytest.Config) -> str:
    """The session's PostgreSQL."""
    return pytestconfig.stash[_URLS][0]


@pytest.fixture
def redis_url(pytestconfig: pytest.Config, worker_id: str) -> str:
    """An empty database of the session's Valkey, of this worker's own."""
    number = int(worker_id.removeprefix("gw")) if worker_id != "master" else 0
    url = pytestconfig.stash[_URLS][1].removesuffix("/0") + f"/{number}"
    with redis.Redis.from_url(url) as cache:
        cache.flushdb()
    return url


_numbers = itertools.count()


@asynccontextmanager
async def new_database(server_url: str, template: str = _TEMPLATE) -> AsyncIterator[str]:
    """Make a database, give its URL, and drop it."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    connection = await asyncpg.connect(server_url)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    try:
        yield named(server_url, name)
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


@pytest.fixture
async def database_url(server_url: str) -> AsyncIterator[str]:
    """A migrated database of this test's own."""
    async with new_database(server_url) as url:
        yield url


@pytest.fixture
async def empty_database_url(server_url: str) -> AsyncIterator[str]:
    """A database of this test's own without any table."""
    async with new_database(server_url, "template1") as url:
        yield url


async def migrate_back(url: str, app: str, to: str) -> None:
    """Undo an app's migrations after the one that is called so."""
    config = tortoise_config(url, [app])
    async with TortoiseContext() as context:
        await context.init(config=config)
        async with in_transaction() as transaction:
            await transaction.execute_script(f"SET LOCAL search_path = {app}")
            executor = MigrationExecutor(transaction, {app: config["apps"][app]})
            await executor.migrate([MigrationTarget(app, to)], direction="backward")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The database of this test, opened as the apps see it."""
    async with Database(database_url, {app: f"remuner.{app}.persistence.tables" for app in APPS}) as database:
        yield database


@pytest.fixture
async def cache(database: Database, redis_url: str) -> AsyncIterator[Cache]:
    """A cache that is open."""
    async with Cache(Wire(redis_url), CacheState("users", database)) as cache:
        await until(lambda: cache.open)
        yield cache


async def until(holds: Callable[[], bool]) -> None:
    """Wait for it."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - what it waits for has no event
            await asyncio.sleep(0.01)


@pytest.fixture(scope="session")
def keyset_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A keyset."""
    path = tmp_path_factory.mktemp("keyset") / "keyset.json"
    new_keyset(path)
    return path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module on the persistences that it names."""
    named = getattr(metafunc.module, "PERSISTENCES", None)
    if named and "persistence" in metafunc.fixturenames:
        metafunc.parametrize("persistence", named, indirect=True)


@pytest.fixture
def persistence(request: pytest.FixtureRequest) -> str:
    """The persistence that this test is about, else that which PERSISTENCE names."""
    return str(getattr(request, "param", os.environ.get("PERSISTENCE", "postgres")))


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, database_url: str, keyset_file: Path, tmp_path: Path, persistence: str
) -> Settings:
    """Settings for this test's database, untouched by the environment."""
    given: dict[str, object] = {"redis_url": request.getfixturevalue("redis_url")} if persistence == "cached" else {}
    given |= {"database_url": database_url, "keyset_file": keyset_file, "admin_key": ADMIN_KEY, "data_dir": tmp_path}
    return Settings.model_validate(given)


def client_of(app: ASGIApp, **headers: str) -> Client:
    """Return a client with the admin key."""
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app),
        base_url="http://remuner.test",
        headers={"Authorization": f"Bearer {ADMIN_KEY}", **headers},
    )


@pytest.fixture
def clients(settings: Settings) -> Clients:
    """Make a service on this test's database, with parts exchanged, and a client of it with the admin key."""

    @asynccontextmanager
    async def client(
        *overrides: Provider,
        headers: dict[str, str] | None = None,
        apis: Sequence[str] = APIS,
        settings: Settings = settings,
    ) -> AsyncIterator[Client]:
        app = create_app(settings, *overrides, apis=apis)
        async with LifespanManager(app), client_of(app, **(headers or {})) as client:
            yield client

    return client


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[ASGIApp]:
    """A service on this test's database."""
    app = create_app(settings)
    async with LifespanManager(app):
        yield app


@pytest.fixture
async def client(app: ASGIApp) -> AsyncIterator[Client]:
    """A client of it."""
    async with client_of(app) as client:
        yield client


@pytest.fixture
async def frontend(app: ASGIApp) -> AsyncIterator[Client]:
    """Another client of it, which asks for minor 1."""
    async with client_of(app, **{"X-API-Version": "1"}) as client:
        yield client
