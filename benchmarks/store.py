"""A PostgreSQL and a Valkey of the run's own, and in them what the contenders read and write."""

import asyncio
import itertools
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from remuner.main import APPS
from remuner.shared.embedded import Addresses, EmbeddedServers
from remuner.shared.migrations import migrate
from remuner.shared.sealing import new_keyset

ADMIN_KEY = "rk_benchmark_0123456789012345678901234567890123456789"
USER_ID = "01900000-0000-7000-8000-000000000001"

_TEAM_ID = "01900000-0000-7000-8000-00000000000"
_USERS = """
INSERT INTO users.users (id, first_name, first_name_key, last_name, last_name_key, email, email_key, status, revision,
    created_at, updated_at)
SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Ada', 'ada', 'Lovelace ' || n, 'lovelace ' || n,
    'ada.' || n || '@example.com', 'ada.' || n || '@example.com', (ARRAY['active', 'pending', 'inactive'])[1 + n % 3],
    1, now(), now()
FROM generate_series(1, $1::int) AS n
"""
_OF_ONE_USER = f"""
INSERT INTO users.teams (id, name, name_key, created_at, updated_at) VALUES
    ('{_TEAM_ID}1', 'Analysts', 'analysts', now(), now()), ('{_TEAM_ID}2', 'Engines', 'engines', now(), now());
INSERT INTO users.memberships VALUES ('{USER_ID}', '{_TEAM_ID}1'), ('{USER_ID}', '{_TEAM_ID}2');
INSERT INTO integrations.integrations (id, name, name_key, status, user_id, sealed_token, token_set_at, created_at,
    updated_at) VALUES ('{USER_ID}', 'Payroll', 'payroll', 'active', '{USER_ID}', 'never opened', now(), now(), now());
"""


class Store:
    """Databases that are made when they are asked for."""

    def __init__(self, addresses: Addresses, keyset_file: Path) -> None:
        """`addresses` are those of servers that run."""
        self._addresses = addresses
        self._keyset_file = keyset_file
        self._numbers = itertools.count()

    def settings(self, persistence: str, users: int) -> Mapping[str, str]:
        """Make a database with so many users and return the environment of its service, with a Redis of its own."""
        number = next(self._numbers)
        return {
            "REMUNER_DATABASE_URL": asyncio.run(self._filled(f"bench_{number}", users)),
            "REMUNER_REDIS_URL": urlunsplit(urlsplit(self._addresses.redis_url)._replace(path=f"/{number}")),
            "REMUNER_PERSISTENCE": persistence,
            "REMUNER_KEYSET_FILE": str(self._keyset_file),
            "REMUNER_ADMIN_KEY": ADMIN_KEY,
        }

    async def _filled(self, name: str, users: int) -> str:
        url = self._addresses.database_url
        server = await asyncpg.connect(url)
        await server.execute(f"CREATE DATABASE {name}")
        await server.close()
        url = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        await migrate(url, APPS)
        database = await asyncpg.connect(url)
        await database.execute(_USERS, users)
        await database.execute(_OF_ONE_USER)
        await database.execute("VACUUM ANALYZE")
        await database.execute("CHECKPOINT")  # now, rather than in somebody's turn
        await database.close()
        return url


@contextmanager
def started() -> Iterator[Store]:
    """Run both servers, durable as in production, on a folder that goes with them."""
    with tempfile.TemporaryDirectory(prefix="remuner-bench-") as folder:
        new_keyset(Path(folder, "keyset.json"))
        with EmbeddedServers(Path(folder, "data")) as servers:
            yield Store(servers.addresses, Path(folder, "keyset.json"))
