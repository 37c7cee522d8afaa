"""A PostgreSQL, a Valkey and a destination of the run's own, and what the contenders read and write there."""

import asyncio
import itertools
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from benchmarks.keys import ADMIN_KEY
from benchmarks.rows import fill
from benchmarks.serve import DESTINATION, serving
from remuner.composition import APPS
from remuner.shared.embedded import Addresses, EmbeddedServers
from remuner.shared.migrations import migrate
from remuner.shared.sealing import load_sealer, new_keyset


class Store:
    """Databases that are made when they are asked for, those of one size as copies of the first."""

    def __init__(self, addresses: Addresses, keyset_file: Path, destination: str) -> None:
        """`addresses` are those of servers that run, `destination` is the URL of one that tokens may be sent to."""
        self._addresses = addresses
        self._keyset_file = keyset_file
        self.destination = destination
        self._numbers = itertools.count()
        self._templates: dict[int, str] = {}

    def on(self, database_url: str) -> "Store":
        """Return one whose databases are on another PostgreSQL."""
        return Store(replace(self._addresses, database_url=database_url), self._keyset_file, self.destination)

    @property
    def way_out(self) -> Mapping[str, str]:
        """The environment in which the destination may be called."""
        return {"REMUNER_EGRESS_ALLOW": urlsplit(self.destination).netloc}

    def settings(self, persistence: str, users: int) -> Mapping[str, str]:
        """Make a database with so many users and return the environment of its service, with a Redis of its own."""
        number = next(self._numbers)
        return {
            "REMUNER_DATABASE_URL": asyncio.run(self._copied(f"bench_{number}", users)),
            "REMUNER_REDIS_URL": urlunsplit(urlsplit(self._addresses.redis_url)._replace(path=f"/{number}")),
            "REMUNER_PERSISTENCE": persistence,
            "REMUNER_KEYSET_FILE": str(self._keyset_file),
            "REMUNER_ADMIN_KEY": ADMIN_KEY,
            **self.way_out,
        }

    async def _copied(self, name: str, users: int) -> str:
        if users not in self._templates:
            self._templates[users] = await self._filled(f"template_{users}", users)
        await self._run(f"CREATE DATABASE {name} TEMPLATE {self._templates[users]} STRATEGY FILE_COPY")
        return self._url(name)

    async def _filled(self, name: str, users: int) -> str:
        await self._run(f"CREATE DATABASE {name}")
        await migrate(self._url(name), APPS)
        await fill(self._url(name), users, self.destination, load_sealer(self._keyset_file))
        return name

    async def _run(self, statement: str) -> None:
        server = await asyncpg.connect(self._addresses.database_url)
        await server.execute(statement)
        await server.close()

    def _url(self, name: str) -> str:
        return urlunsplit(urlsplit(self._addresses.database_url)._replace(path=f"/{name}"))


@contextmanager
def started() -> Iterator[Store]:
    """Run all three, the databases durable as in production, on a folder that goes with them."""
    with tempfile.TemporaryDirectory(prefix="remuner-bench-") as folder:
        new_keyset(Path(folder, "keyset.json"))
        with EmbeddedServers(Path(folder, "data")) as servers, serving(DESTINATION, {}) as destination:
            yield Store(servers.addresses, Path(folder, "keyset.json"), destination.url)
