"""Exact counts without counting: the deltas that triggers append in the transaction of each write, summed up.

Nobody changes a row that another needs, so writers neither wait for one another nor deadlock; folding keeps it short.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from tortoise.migrations import operations as ops

from remuner.shared.database import Database

FOLD_SECONDS = 1.0
_FEW = 100
_AT_ONCE = 50_000  # a statement has 3.5 seconds
_logger = logging.getLogger("remuner.counts")


def count_deltas_table(app: str) -> ops.RunSQL:
    """Return the operation that makes an app's table.

    Rows that were folded are dead: VACUUM comes for a thousand of them, however few live. The table has no key, and a
    publication of it wants to know what names a row.
    """
    return ops.RunSQL(
        [
            f"""
            CREATE TABLE {app}.count_deltas (name text NOT NULL, delta bigint NOT NULL)
                WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)
            """,
            f"ALTER TABLE {app}.count_deltas REPLICA IDENTITY FULL",
        ],
        reverse_sql=f"DROP TABLE {app}.count_deltas",
    )


def counted(app: str, table: str, *, by_status: bool = False) -> ops.RunSQL:
    """Return the operation that counts a table from now on, its rows included, as `table` or as `table.status`.

    CREATE TRIGGER locks the table: writers wait until the migration commits, and the backfill, in a statement of its
    own, sees all that the lock waited for. So does what answers a TRUNCATE.
    """
    deltas, function = f"{app}.count_deltas", f"{app}.count_{table}"
    name = "'{0}.' || {1}status" if by_status else "'{0}'"
    of_row, of_old, of_new = (name.format(table, row) for row in ("", "OLD.", "NEW."))
    triggers = {
        "INSERT": "REFERENCING NEW TABLE AS changed FOR EACH STATEMENT",
        "DELETE": "REFERENCING OLD TABLE AS changed FOR EACH STATEMENT",
        "TRUNCATE": "FOR EACH STATEMENT",
    }
    if by_status:
        triggers["UPDATE"] = "FOR EACH ROW WHEN (OLD.status <> NEW.status)"
    return ops.RunSQL(
        [
            f"""
            CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                CASE TG_OP
                WHEN 'INSERT' THEN
                    INSERT INTO {deltas} SELECT {of_row}, count(*) FROM changed GROUP BY 1;
                WHEN 'DELETE' THEN
                    INSERT INTO {deltas} SELECT {of_row}, -count(*) FROM changed GROUP BY 1;
                WHEN 'UPDATE' THEN
                    INSERT INTO {deltas} VALUES ({of_old}, -1), ({of_new}, 1);
                WHEN 'TRUNCATE' THEN
                    IF current_setting('transaction_isolation') <> 'read committed' THEN
                        RAISE EXCEPTION 'TRUNCATE of % is counted in READ COMMITTED only', TG_TABLE_NAME
                            USING HINT = 'An older snapshot does not show all that is truncated.';
                    END IF;
                    INSERT INTO {deltas} SELECT name, -sum(delta) FROM {deltas}
                        WHERE split_part(name, '.', 1) = '{table}' GROUP BY name;
                END CASE;
                RETURN NULL;
            END $$
            """,
            *(
                f"CREATE TRIGGER count_{event.lower()} AFTER {event} ON {app}.{table} {rest} "
                f"EXECUTE FUNCTION {function}()"
                for event, rest in triggers.items()
            ),
            f"INSERT INTO {deltas} SELECT {of_row}, count(*) FROM {app}.{table} GROUP BY 1",
        ],
        reverse_sql=f"DROP FUNCTION {function} CASCADE",
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """An app's counts, as of the moment of each read."""

    app: str
    database: Database

    async def read(self) -> Mapping[str, int]:
        """Return them by name, in one query; what there is none of is missing."""
        rows = await self.database.fetch(
            f"SELECT name, sum(delta)::bigint FROM {self.app}.count_deltas GROUP BY name HAVING sum(delta) <> 0"
        )
        return {row["name"]: row["sum"] for row in rows}

    async def fold(self) -> None:
        """Put a row for each name in the place of many, unless there are few, or somebody is at it."""
        table = f"{self.app}.count_deltas"

        async def work() -> None:
            (lock,) = await self.database.fetch(
                "SELECT pg_try_advisory_xact_lock(hashtextextended('remuner.counts:' || $1, 0))", self.app
            )
            if lock[0]:
                await self.database.fetch(
                    f"WITH gone AS (DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} "
                    f"LIMIT {_AT_ONCE})) RETURNING name, delta) INSERT INTO {table} "
                    "SELECT name, sum(delta) FROM gone GROUP BY name HAVING sum(delta) <> 0"
                )

        if await self.database.fetch(f"SELECT 1 FROM {table} OFFSET {_FEW} LIMIT 1"):
            await self.database.unit_of_work(work)
