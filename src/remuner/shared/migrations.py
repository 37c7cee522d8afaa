"""Bringing a database to the tables of this release; each app has a schema and a history of its own."""

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from tortoise.context import TortoiseContext
from tortoise.migrations import operations as ops
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor
from tortoise.transactions import in_transaction

from remuner.shared.database import Database, NotMigrated, connection_config, translated
from remuner.shared.errors import Unavailable

_LOCK = int.from_bytes(b"remuner")
# The extension stays when the index goes: others may use it.
_TRIGRAM_INDEX = """
DO $$
DECLARE
    home text;
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
    END IF;
    SELECT extnamespace::regnamespace INTO home FROM pg_extension WHERE extname = 'pg_trgm';
    IF home IS NOT NULL THEN
        EXECUTE 'CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin ({column} ' || home || '.gin_trgm_ops)';
    END IF;
EXCEPTION WHEN insufficient_privilege OR invalid_schema_name THEN
    RAISE NOTICE 'no index for q: %', SQLERRM;
END $$
"""


class WrongEncoding(Unavailable):
    """The database has another encoding than UTF-8."""

    detail = "The database's encoding is not UTF8: make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."


def tortoise_config(url: str, apps: Sequence[str]) -> dict[str, Any]:
    """Return what Tortoise's own command takes, too."""
    return {
        "connections": {"default": connection_config(url)},
        "apps": {
            app: {
                "models": [f"remuner.{app}.persistence.tables"],
                "migrations": f"remuner.{app}.persistence.migrations",
                "default_connection": "default",
            }
            for app in apps
        },
    }


def trigram_index(table: str, column: str) -> ops.RunSQL:
    """Return the operation that makes LIKE '%part%' on a column fast where the server has pg_trgm; else it scans.

    `table` has its schema before it. A server without the extension, or a role that may not create it, is no error.
    """
    schema, _, bare = table.partition(".")
    name = f"{bare}_{column}_trgm_idx"
    return ops.RunSQL(
        _TRIGRAM_INDEX.format(name=name, table=table, column=column),
        reverse_sql=f"DROP INDEX IF EXISTS {schema}.{name}",
    )


def part_statistics(table: str, column: str) -> ops.RunSQL:
    """Return the operation that lets PostgreSQL tell how many rows have a part, where one in a thousand has it.

    By the hundred values of its default it cannot tell one in a hundred from none.
    """
    return ops.RunSQL(
        [f"ALTER TABLE {table} ALTER {column} SET STATISTICS 1000", f"ANALYZE {table} ({column})"],
        reverse_sql=f"ALTER TABLE {table} ALTER {column} SET STATISTICS -1",
    )


async def migrate(url: str, apps: Sequence[str]) -> list[str]:
    """Apply what is pending and return its names, such as `users.0001_initial`.

    Several may start at once: a lock lets one do the work. Each app's step and the note of it are one transaction, so
    a crash in the middle leaves nothing half done. Raises WrongEncoding for a database that cannot hold every name.
    """
    config = tortoise_config(url, apps)
    isolation = {"default_transaction_isolation": "read committed"}  # a backfill has to see what its lock waited for
    config["connections"]["default"]["credentials"].update(command_timeout=None, server_settings=isolation)
    applied: list[str] = []
    async with TortoiseContext() as context:
        await context.init(config=config)
        with translated():
            await _require_utf8()
            await _migrate_apps(config, apps, applied)
    return applied


async def _require_utf8() -> None:
    async with in_transaction() as transaction:
        row = (await transaction.execute_query_dict("SHOW server_encoding"))[0]
    if row["server_encoding"] != "UTF8":
        raise WrongEncoding


async def _migrate_apps(config: dict[str, Any], apps: Sequence[str], applied: list[str]) -> None:
    for app in apps:
        async with in_transaction() as transaction:
            await transaction.execute_query("SELECT pg_advisory_xact_lock($1)", [_LOCK])
            # Even IF NOT EXISTS asks for the right to create, which a role may lack whose schemas were made for it.
            if not await transaction.execute_query_dict("SELECT 1 FROM pg_namespace WHERE nspname = $1", [app]):
                await transaction.execute_script(f'CREATE SCHEMA "{app}"')
            await transaction.execute_script(f'SET LOCAL search_path = "{app}"')
            executor = MigrationExecutor(transaction, {app: config["apps"][app]})
            await executor.recorder.ensure_schema(AsyncpgSchemaEditor(transaction, atomic=False))
            await executor.migrate(
                progress=lambda event, label, name: (
                    applied.append(f"{label}.{name}") if event == "apply_done" else None
                )
            )


async def pending(database: Database, apps: Sequence[str]) -> list[str]:
    """Return the names of the migrations that the database still lacks; raises Unavailable."""
    lacking: list[str] = []
    for app in apps:
        package = import_module(f"remuner.{app}.persistence.migrations")
        try:
            rows = await database.fetch(f'SELECT name FROM "{app}".tortoise_migrations')
        except NotMigrated:
            rows = []
        applied = {row["name"] for row in rows}
        names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
        lacking += [f"{app}.{name}" for name in names if name not in applied]
    return lacking
