"""The tables: what PostgreSQL itself refuses, and how they come to be."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector

from remuner.composition import APPS
from remuner.shared.database import Database
from remuner.shared.migrations import migrate, pending, tortoise_config

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)
MODELS = {app: f"remuner.{app}.persistence.tables" for app in APPS}
TIMES = {"created_at": NOW, "updated_at": NOW}
USER = {
    "id": TWO,
    "first_name": "Ada",
    "last_name": "Lovelace",
    "email": "two@example.com",
    "status": "active",
    "first_name_key": "ada",
    "last_name_key": "lovelace",
    "email_key": "two@example.com",
    **TIMES,
}
TEAM = {"id": TWO, "name": "Two", "name_key": "two", **TIMES}
INTEGRATION = {
    "id": TWO,
    "name": "Two",
    "name_key": "two",
    "status": "active",
    "user_id": ONE,
    "sealed_token": b"sealed",
    "token_set_at": NOW,
    **TIMES,
}
ACCESS_KEY = {
    "id": TWO,
    "name": "Two",
    "name_key": "two",
    "digest": bytes(32),
    "scopes": ["users:read"],
    "status": "active",
    "api_version": "2",
    "created_at": NOW,
}
SESSION = {"id": TWO, "digest": bytes([2] * 32), "created_at": NOW, "last_used_at": NOW}
MEMBERSHIP = {"user_id": ONE, "team_id": ONE}
DEPARTED = {"user_id": TWO, "departed_at": NOW}
PROBE = {"id": 1, "sealed": b"sealed"}
TURN = {"id": 1, "taken_at": NOW}
RECORD = {
    "name": b"digest",
    "sealed_request": b"sealed",
    "status": 201,
    "headers": "{}",
    "body": b"{}",
    "created_at": NOW,
}
DELTA = {"name": "teams", "delta": 1}
EVENT = {"id": TWO, "at": NOW, "actor": "admin key", "action": "user.created", "resource_id": ONE, "changes": "{}"}
CACHE_STATE = {"id": 1, "open": False, "epoch": 0, "closed_until": NOW}
PERSONAL = {"event_id": ONE, "subject": ONE, "changes": "{}"}
GOOD: dict[str, dict[str, Any]] = {
    "users.users": USER,
    "users.teams": TEAM,
    "users.memberships": MEMBERSHIP,
    "users.idempotency_records": RECORD,
    "users.cache_state": CACHE_STATE,
    "users.count_deltas": DELTA,
    "integrations.integrations": INTEGRATION,
    "integrations.departed_users": DEPARTED,
    "integrations.keyset_probe": PROBE,
    "integrations.verification_turn": TURN,
    "integrations.idempotency_records": RECORD,
    "integrations.cache_state": CACHE_STATE,
    "integrations.count_deltas": DELTA,
    "access.access_keys": ACCESS_KEY,
    "access.sessions": SESSION,
    "access.idempotency_records": RECORD,
    "audit.events": EVENT,
    "audit.personal": PERSONAL,
}
ONCE = (
    "users.memberships",
    "integrations.keyset_probe",
    "integrations.verification_turn",
    "users.idempotency_records",
    "users.cache_state",
    "audit.personal",
)
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("users.cache_state", {"id": 2}, "cache_state_id_check"),
    ("users.users", {"first_name": ""}, "users_first_name_check"),
    ("users.users", {"first_name": "x" * 51}, "users_first_name_check"),
    ("users.users", {"last_name": ""}, "users_last_name_check"),
    ("users.users", {"last_name": "x" * 51}, "users_last_name_check"),
    ("users.users", {"email": "a@"}, "users_email_check"),
    ("users.users", {"email": "x" * 255}, "users_email_check"),
    ("users.users", {"status": "retired"}, "users_status_check"),
    ("users.users", {"status": ""}, "users_status_check"),
    ("users.users", {"revision": 0}, "users_revision_check"),
    ("users.users", {"email_key": "one@example.com"}, "users_email_key"),
    ("users.users", {"id": ONE}, "users_pkey"),
    ("users.teams", {"name": ""}, "teams_name_check"),
    ("users.teams", {"name": "x" * 51}, "teams_name_check"),
    ("users.teams", {"revision": 0}, "teams_revision_check"),
    ("users.teams", {"name_key": "one"}, "teams_name_key"),
    ("users.teams", {"id": ONE}, "teams_pkey"),
    ("users.memberships", {"user_id": TWO}, "memberships_user_id_fkey"),
    ("users.memberships", {"team_id": TWO}, "memberships_team_id_fkey"),
    ("integrations.integrations", {"name": ""}, "integrations_name_check"),
    ("integrations.integrations", {"name": "x" * 51}, "integrations_name_check"),
    ("integrations.integrations", {"status": "pending"}, "integrations_status_check"),
    ("integrations.integrations", {"sealed_token": b""}, "integrations_sealed_token_check"),
    ("integrations.integrations", {"token_version": 0}, "integrations_token_version_check"),
    ("integrations.integrations", {"revision": 0}, "integrations_revision_check"),
    ("integrations.integrations", {"name_key": "one"}, "integrations_name_key"),
    ("integrations.integrations", {"id": ONE}, "integrations_pkey"),
    ("integrations.departed_users", {"user_id": ONE}, "departed_users_pkey"),
    ("integrations.keyset_probe", {"id": 2}, "keyset_probe_id_check"),
    ("integrations.integrations", {"last_result": "maybe"}, "integrations_last_result_check"),
    ("integrations.verification_turn", {"id": 2}, "verification_turn_id_check"),
    ("access.access_keys", {"name": ""}, "access_keys_name_check"),
    ("access.access_keys", {"name": "x" * 51}, "access_keys_name_check"),
    ("access.access_keys", {"digest": bytes(31)}, "access_keys_digest_check"),
    ("access.access_keys", {"scopes": []}, "access_keys_scopes_check"),
    ("access.access_keys", {"scopes": ["users:read", "users:own"]}, "access_keys_scopes_check"),
    ("access.access_keys", {"status": "pending"}, "access_keys_status_check"),
    ("access.access_keys", {"api_version": "latest"}, "access_keys_api_version_check"),
    ("access.access_keys", {"revision": 0}, "access_keys_revision_check"),
    ("access.access_keys", {"scopes": ["integrations:use"], "use_limits": "[]"}, "access_keys_use_limits_check"),
    ("access.access_keys", {"scopes": ["integrations:use"], "use_limits": "null"}, "access_keys_use_limits_check"),
    ("access.access_keys", {"use_limits": "{}"}, "access_keys_use_limits_check"),
    ("access.access_keys", {"id": ONE}, "access_keys_pkey"),
    ("access.sessions", {"digest": bytes(33)}, "sessions_digest_check"),
    ("access.sessions", {"digest": bytes([1] * 32)}, "sessions_digest_key"),
    ("access.sessions", {"key_id": TWO}, "sessions_key_id_fkey"),
    ("access.sessions", {"id": ONE}, "sessions_pkey"),
    ("audit.events", {"id": ONE}, "events_pkey"),
    ("audit.events", {"action": "user"}, "events_action_check"),
    ("audit.personal", {"event_id": TWO}, "personal_event_id_fkey"),
]
NULLABLE = {
    *{("access_keys", "expires_at"), ("access_keys", "last_used_at"), ("access_keys", "use_limits")},
    ("sessions", "key_id"),
    *{("integrations", name) for name in ("destination", "last_verified_at", "last_result", "verify_claimed_at")},
    ("integrations", "token_last_used_at"),
    *{("events", "key_id"), ("events", "request_id")},
}


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A database with a row in each table but the memberships, the probe and the personal values."""
    connection = await asyncpg.connect(database_url)
    for app in ("users", "integrations"):
        await connection.execute(f"DELETE FROM {app}.cache_state")  # the row that the migration makes
    await connection.execute("DELETE FROM integrations.verification_turn")  # as well
    await _insert(connection, "users.users", USER | {"id": ONE, "email_key": "one@example.com"})
    await _insert(connection, "users.teams", TEAM | {"id": ONE, "name_key": "one"})
    await _insert(connection, "integrations.integrations", INTEGRATION | {"id": ONE, "name_key": "one"})
    await _insert(connection, "integrations.departed_users", DEPARTED | {"user_id": ONE})
    await _insert(connection, "access.access_keys", ACCESS_KEY | {"id": ONE})
    await _insert(connection, "access.sessions", SESSION | {"id": ONE, "digest": bytes([1] * 32), "key_id": ONE})
    await _insert(connection, "audit.events", EVENT | {"id": ONE})
    yield connection
    await connection.close()


async def _insert(connection: asyncpg.Connection, table: str, row: dict[str, Any]) -> None:
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    await connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", *row.values())


async def _refused(connection: asyncpg.Connection, table: str, row: dict[str, Any]) -> asyncpg.PostgresError:
    transaction = connection.transaction()
    await transaction.start()
    try:
        await _insert(connection, table, row)
    except asyncpg.IntegrityConstraintViolationError as error:
        return error
    finally:
        await transaction.rollback()
    pytest.fail(f"{table} took {row}")


async def test_good_rows_are_taken(connection: asyncpg.Connection) -> None:
    """The rows that the other tests spoil are good before; 50 characters are not too many, whatever their bytes."""
    for table, row in GOOD.items():
        await _insert(connection, table, row)
    for table in ("users.teams", "integrations.integrations"):
        long = "\N{GRINNING FACE}" * 50
        await _insert(connection, table, GOOD[table] | {"id": UUID(int=3), "name": long, "name_key": long})


async def test_bad_rows_are_refused_by_the_constraint_of_that_name(connection: asyncpg.Connection) -> None:
    """Lengths, statuses, uniqueness, references and versions hold in the database, whoever writes to it."""
    expected = [(table, values, name) for table, values, name in BAD]
    found = [
        (table, values, str((await _refused(connection, table, GOOD[table] | values)).constraint_name))
        for table, values, _ in BAD
    ]
    assert expected == found


async def test_every_constraint_is_tried(connection: asyncpg.Connection) -> None:
    """The list above names every constraint that the catalogue has, but the keys that are tried below."""
    rows = await connection.fetch(
        "SELECT conname FROM pg_constraint WHERE connamespace::regnamespace::text = ANY($1) AND contype <> 'n' "
        "AND conrelid::regclass::text NOT LIKE '%tortoise_migrations'",
        list(APPS),
    )
    below = {f"{table.partition('.')[2]}_pkey" for table in ONCE}
    assert {name for _, _, name in BAD} == {row["conname"] for row in rows} - below


async def test_no_column_may_be_empty(connection: asyncpg.Connection) -> None:
    """Every column is NOT NULL but for a few, and leaving one out does not fill it in, but for counters from 1."""
    for table, row in GOOD.items():
        for column in row:
            assert column == (await _refused(connection, table, row | {column: None})).column_name
            without = {name: value for name, value in row.items() if name != column}
            assert column == (await _refused(connection, table, without)).column_name
    nullable = await connection.fetch(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = ANY($1) AND is_nullable = 'YES'",
        list(APPS),
    )
    assert NULLABLE == {tuple(row) for row in nullable}
    counters = "SELECT revision, token_version FROM integrations.integrations"
    assert [(1, 1)] == [tuple(row) for row in await connection.fetch(counters)]


async def test_pairs_are_kept_once(connection: asyncpg.Connection) -> None:
    """A membership, a probe, a record or the personal values of an event are not there twice."""
    for table in ONCE:
        await _insert(connection, table, GOOD[table])
        assert f"{table.partition('.')[2]}_pkey" == (await _refused(connection, table, GOOD[table])).constraint_name


async def test_no_foreign_key_crosses_schemas(connection: asyncpg.Connection) -> None:
    """An app can move to a database of its own: what refers to its tables is its own."""
    rows = await connection.fetch(
        "SELECT f.relnamespace::regnamespace::text, t.relnamespace::regnamespace::text FROM pg_constraint c "
        "JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid WHERE c.contype = 'f'"
    )
    own = [("access", "access"), ("audit", "audit"), *[("users", "users")] * 2]
    assert own == sorted(tuple(row) for row in rows)


async def test_keys_compare_as_python_does(connection: asyncpg.Connection) -> None:
    """Columns for comparing have the collation "C", so that order does not follow the server's locale."""
    rows = await connection.fetch(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ANY($1) "
        "AND column_name LIKE '%\\_key' AND collation_name IS DISTINCT FROM 'C'",
        list(APPS),
    )
    assert [] == rows


async def test_every_app_keeps_its_own_tables_and_history(connection: asyncpg.Connection) -> None:
    """All tables are in the schemas of the apps, each with a history of that app's migrations alone."""
    rows = await connection.fetch(
        "SELECT schemaname || '.' || tablename AS name FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    histories = {f"{app}.tortoise_migrations" for app in APPS}
    assert {*GOOD, *histories} == {row["name"] for row in rows}
    for app in APPS:
        assert [(app,)] == [
            tuple(row) for row in await connection.fetch(f"SELECT DISTINCT app FROM {app}.tortoise_migrations")
        ]


async def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    """The first time applies each app's migrations in order, the second none; nothing is pending then."""
    first = await migrate(empty_database_url, APPS)
    assert [f"{app}.0001_initial" for app in APPS] == [name for name in first if "0001" in name]
    assert [] == await migrate(empty_database_url, APPS)
    async with Database(empty_database_url, MODELS) as database:
        assert [] == await pending(database, APPS)


async def test_pending_names_what_an_empty_database_lacks(empty_database_url: str) -> None:
    """Before the first migration everything is pending, under the names that `migrate` returns."""
    async with Database(empty_database_url, MODELS) as database:
        lacking = await pending(database, APPS)
    assert lacking == await migrate(empty_database_url, APPS)


async def test_four_may_migrate_at_once(empty_database_url: str) -> None:
    """Several that start together: each migration is applied by one, all of them succeed."""
    applied = await asyncio.gather(*(migrate(empty_database_url, APPS) for _ in range(4)))
    async with Database(empty_database_url, MODELS) as database:
        assert [] == await pending(database, APPS)
    names = sorted(name for each in applied for name in each)
    assert sorted(set(names)) == names


async def test_models_and_migrations_agree() -> None:
    """`tortoise makemigrations` would find nothing to do."""
    config = tortoise_config("postgres://nobody@127.0.0.1:1/none", APPS)
    async with TortoiseContext() as context:
        await context.init(config=config)
        assert context.apps is not None
        detector = MigrationAutodetector(context.apps, config["apps"])
        assert [] == [str(operation) for writer in await detector.changes() for operation in writer.operations]
