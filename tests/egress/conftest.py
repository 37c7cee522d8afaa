"""An authority, a server that has its certificate, and what calls it."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from tests.egress.tls import Authority, Hostile

from remuner.shared.egress import Egress


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The one that these tests believe."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def server(authority: Authority) -> AsyncIterator[Hostile]:
    """A server at https://localhost."""
    async with Hostile(authority.tls("localhost", "127.0.0.1")) as server:
        yield server


@pytest.fixture
async def egress(authority: Authority, server: Hostile) -> AsyncIterator[Egress]:
    """To it the operator has opened the way."""
    async with aclosing(Egress(allow=[("localhost", server.port)], ca_file=authority.file)) as egress:
        yield egress
