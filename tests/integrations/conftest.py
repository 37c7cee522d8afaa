"""Each implementation of the persistence port; a destination, and a service whose operator has opened the way to it."""

from collections.abc import AsyncIterator

import pytest
from tests.conftest import Client, Clients
from tests.egress.tls import Authority, Hostile
from tests.integrations.factories import Connections

from remuner.integrations.domain.ports import IntegrationPersistence
from remuner.integrations.persistence.cached import CachedIntegrations
from remuner.integrations.persistence.postgres import PostgresIntegrations
from remuner.shared.cache import Cache
from remuner.shared.database import Database
from remuner.shared.sealing import Sealer, ephemeral_sealer
from remuner.shared.settings import Settings


@pytest.fixture(scope="module")
def sealer() -> Sealer:
    """A keyset of these tests' own."""
    return ephemeral_sealer()


@pytest.fixture(params=["postgres", "cached"])
def connections(request: pytest.FixtureRequest, database: Database, sealer: Sealer) -> Connections:
    """Each implementation in turn, on a database of the test's own."""
    plain = PostgresIntegrations(database, sealer)
    if request.param == "postgres":
        return Connections(database.unit_of_work, plain)
    cache: Cache = request.getfixturevalue("cache")
    return Connections(cache.unit_of_work, CachedIntegrations(plain, cache))


@pytest.fixture
def integrations(connections: Connections) -> IntegrationPersistence:
    """The integrations of this implementation."""
    return connections.integrations


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The one that the service believes."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def server(authority: Authority) -> AsyncIterator[Hostile]:
    """A destination at https://localhost."""
    async with Hostile(authority.tls("localhost")) as server:
        yield server


@pytest.fixture
def opened(settings: Settings, authority: Authority, server: Hostile) -> Settings:
    """Settings that open the way to it, for bodies that are not large."""
    way = {"egress_allow": (("localhost", server.port),), "egress_ca_file": authority.file}
    return settings.model_copy(update={**way, "proxy_max_bytes": 200_000})


@pytest.fixture
async def caller(clients: Clients, opened: Settings) -> AsyncIterator[Client]:
    """A client of that service."""
    async with clients(settings=opened) as client:
        yield client
