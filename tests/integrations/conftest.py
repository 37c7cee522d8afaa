"""A destination of the tests' own, and a service whose operator has opened the way to it."""

from collections.abc import AsyncIterator

import pytest
from tests.conftest import Client, Clients
from tests.egress.tls import Authority, Hostile

from remuner.shared.settings import Settings


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
