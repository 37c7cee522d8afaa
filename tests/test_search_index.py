"""The index for `q`: there where the server can have one, missed nowhere else."""

import re
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from tests.conftest import migrate_back, named, new_database
from tests.shared.embedding import made_folder
from tests.system_postgres import BINARIES, MISSING, system_postgres
from tests.users.factories import People

from remuner.bridges import AuditTrailBridge
from remuner.composition import APPS
from remuner.shared.database import Database
from remuner.shared.migrations import migrate
from remuner.shared.pagination import Page, PageRequest
from remuner.users.domain.entities import User, UserQuery
from remuner.users.persistence.postgres import PostgresTeams, PostgresUsers

INDEXES = {"users": "users_search_key_trgm_idx", "integrations": "integrations_name_key_trgm_idx"}


@pytest.fixture(scope="module")
def system_url() -> Iterator[str]:
    """A server of the system's own that offers pg_trgm."""
    if not BINARIES:
        pytest.skip(MISSING)
    with made_folder() as folder, system_postgres(folder, durable=False) as url:
        yield url


@pytest.fixture
async def owned_url(system_url: str) -> AsyncIterator[str]:
    """A database on it without any table, and the ordinary role that owns it."""
    async with new_database(system_url, "template0") as url:
        name, parts = _name(url), urlsplit(url)
        await _run(url, f"CREATE ROLE {name} LOGIN PASSWORD 'p'", f"ALTER DATABASE {name} OWNER TO {name}")
        yield urlunsplit(parts._replace(netloc=f"{name}:p@{parts.hostname}:{parts.port}"))


def _name(url: str) -> str:
    return urlsplit(url).path.strip("/")


async def _run(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def _indexes(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("SELECT indexname FROM pg_indexes WHERE indexdef LIKE '% USING gin %'")
    await connection.close()
    return sorted(row["indexname"] for row in rows)


@pytest.mark.parametrize("apps", [("users", "integrations"), ("integrations", "users"), ("users",), ("integrations",)])
@pytest.mark.parametrize("home", [None, "public", '"Else where"'])
async def test_migrate_makes_the_indexes(
    system_url: str, owned_url: str, apps: tuple[str, ...], home: str | None
) -> None:
    """In whatever order, each app alone too, by a role that owns the database; with the extension there or not."""
    if home:
        prepare = f"CREATE SCHEMA IF NOT EXISTS {home}; GRANT USAGE ON SCHEMA {home} TO PUBLIC"
        await _run(named(system_url, _name(owned_url)), prepare, f"CREATE EXTENSION pg_trgm SCHEMA {home}")
    await migrate(owned_url, apps)
    assert sorted(INDEXES[app] for app in apps) == await _indexes(owned_url)


async def test_the_indexes_go_and_come_back(owned_url: str) -> None:
    """The migrations are reversible, and may be applied again."""
    await migrate(owned_url, APPS)
    for app in INDEXES:
        await migrate_back(owned_url, app, "0001_initial")
    assert [] == await _indexes(owned_url)
    names = ["0002_search_index", "0003_idempotency_records", "0004_counts", "0005_cache_state"]
    undone = [f"users.{name}" for name in (*names, "0006_search_statistics")]
    mine = ("0006_admit", "0007_search_statistics", "0008_destinations")
    undone += [f"integrations.{name}" for name in (*names, *mine)]
    assert undone == await migrate(owned_url, APPS)
    assert sorted(INDEXES.values()) == await _indexes(owned_url)


@pytest.mark.parametrize(
    "refusal",
    [
        "ALTER DATABASE {} OWNER TO remuner",
        "CREATE SCHEMA hidden; CREATE EXTENSION pg_trgm SCHEMA hidden",
        "DROP SCHEMA public",
    ],
)
async def test_where_the_role_may_not_there_is_no_index(system_url: str, owned_url: str, refusal: str) -> None:
    """Without the right to create or to use the extension, or without its schema, `migrate` does all the rest."""
    admin, role = named(system_url, _name(owned_url)), _name(owned_url)
    schemas = [f"CREATE SCHEMA {app} AUTHORIZATION {role}" for app in APPS]
    await _run(admin, *schemas, refusal.format(role))
    assert set(APPS) == {name.partition(".")[0] for name in await migrate(owned_url, APPS)}
    assert [] == await _indexes(owned_url)


async def test_the_embedded_server_scans(database: Database, database_url: str) -> None:
    """It has no pg_trgm: there is no index, and `q` answers."""
    trail = AuditTrailBridge.within(database)
    people = People(database.unit_of_work, PostgresUsers(database), PostgresTeams(database), trail)
    made = await people.user(last_name="Lovelace")
    assert [] == await _indexes(database_url)
    for q in ("lov", "LACE", "v", ""):
        assert (made,) == (await people.users.list(UserQuery(PageRequest(), q=q))).items


_MANY = """
    INSERT INTO users.users (id, first_name, first_name_key, last_name, last_name_key, email, email_key, status,
        created_at, updated_at)
    SELECT gen_random_uuid(), 'A', 'a', name, name, email, email, 'active', now(), now()
    FROM (SELECT md5(i::text) AS name FROM generate_series(1, 20000) AS i) AS names, concat(name, '@example.com') email
"""
SEARCHED = ("c4ca4238", "C4CA", "0b9852509a6f7584", "b@EXA", "_", "%", "ab", "F", "abc%", "9b@example")


async def test_q_uses_the_index(owned_url: str) -> None:
    """The list's own queries do, each time, but for parts without three letters; the rows are those of a scan."""
    await migrate(owned_url, APPS)
    await _run(owned_url, _MANY, "VACUUM ANALYZE users.users")
    async with Database(owned_url, {app: f"remuner.{app}.persistence.tables" for app in APPS}) as database:

        async def page(q: str, sort: str = "created_at", limit: int = 5) -> Page[User]:
            return await PostgresUsers(database).list(UserQuery(PageRequest(limit, sort, include_total=True), q=q))

        async def scans() -> int:
            await database.fetch("SELECT pg_stat_force_next_flush()")
            rows = await database.fetch(f"SELECT pg_stat_get_numscans('users.{INDEXES['users']}'::regclass)")
            return int(rows[0][0])

        for _ in range(10):  # more than the five after which PostgreSQL may settle for one plan
            await page("c4")
        assert 0 == await scans()
        for _ in range(10):
            assert 1 == (await page("C4CA4238")).total
        assert 20 == await scans()
        for _ in range(10):  # a short page looks cheap to read in its order, until one knows that the part is rare
            await page("c4ca4238a0b923820dcc509a6f75849b", limit=1)
        assert 40 == await scans()
        searched = [(q, sort) for q in SEARCHED for sort in ("last_name", "email", "created_at")]
        indexed = [await page(*each) for each in searched]
        await database.fetch(f"DROP INDEX users.{INDEXES['users']}")
        assert [await page(*each) for each in searched] == indexed


_RARE = """
    INSERT INTO integrations.integrations (id, name, name_key, status, user_id, sealed_token, token_set_at, created_at,
        updated_at)
    SELECT id, name, name, 'active', id, 'x', now(), now(), now()
    FROM (SELECT gen_random_uuid() AS id, 'n' || i || repeat('rare', (i % 200 = 0)::int) AS name
        FROM generate_series(1, 20000) AS i) AS names;
    INSERT INTO users.users (id, first_name, first_name_key, last_name, last_name_key, email, email_key, status,
        created_at, updated_at)
    SELECT id, 'A', 'a', name, name, name || '@example.com', name || '@example.com', 'active', created_at, updated_at
    FROM integrations.integrations;
    ANALYZE
"""


@pytest.mark.parametrize(
    ("table", "column"), [("users.users", "search_key"), ("integrations.integrations", "name_key")]
)
async def test_postgresql_knows_how_many_have_a_part(database: Database, table: str, column: str) -> None:
    """So that it reads the index for a part that few have, and the rows in their order for one that many have."""
    for statement in _RARE.split(";"):
        await database.fetch(statement)
    rows = await database.fetch(f"EXPLAIN SELECT FROM {table} WHERE {column} LIKE '%rare%'")
    estimated = int(re.findall(r"rows=(\d+)", "".join(row[0] for row in rows))[-1])
    assert 50 < estimated < 200, "there are 100"
