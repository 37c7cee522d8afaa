"""IdempotencyRecords on PostgreSQL, a table in the schema of each app that creates something."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from tortoise.migrations import operations as ops

from remuner.shared.database import Database
from remuner.shared.idempotency import Answer, IdempotencyInProgress, IdempotencyKeyReused
from remuner.shared.sealing import Sealer, SealError

T = TypeVar("T")

_KEPT = timedelta(hours=24)


def idempotency_table(app: str) -> ops.RunSQL:
    """Return the operation that makes an app's table."""
    return ops.RunSQL(
        [
            f"""
            CREATE TABLE {app}.idempotency_records (
                name bytea NOT NULL CONSTRAINT idempotency_records_pkey PRIMARY KEY,
                sealed_request bytea NOT NULL,
                status smallint NOT NULL,
                headers jsonb NOT NULL,
                body bytea NOT NULL,
                created_at timestamptz NOT NULL
            )
            """,
            f"CREATE INDEX idempotency_records_created_at_idx ON {app}.idempotency_records (created_at)",
        ],
        reverse_sql=f"DROP TABLE {app}.idempotency_records",
    )


@dataclass(frozen=True, slots=True)
class PostgresIdempotencyRecords:
    """What was sent is kept as a sealed digest: without the keyset nobody can try out what a body was."""

    app: str
    database: Database
    sealer: Sealer
    work: Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]
    """The app's unit of work, which its use cases join."""

    async def unit_of_work(self, work: Callable[[], Awaitable[T]]) -> T:
        """Hand on."""
        return cast("T", await self.work(work))

    async def find(self, name: bytes, request: bytes) -> Answer | None:
        """Lock the name, then read: a statement of its own sees what the one before has committed."""
        (lock,) = await self.database.fetch(
            "SELECT pg_try_advisory_xact_lock($1)", int.from_bytes(name[:8], signed=True)
        )
        if not lock[0]:
            raise IdempotencyInProgress
        rows = await self.database.fetch(
            "SELECT sealed_request, status, headers, body "
            f"FROM {self.app}.idempotency_records WHERE name = $1 AND created_at > $2",
            name,
            datetime.now(UTC) - _KEPT,
        )
        if not rows:
            return None
        if not self._sealed(rows[0]["sealed_request"], name, request):
            raise IdempotencyKeyReused
        return Answer(rows[0]["status"], json.loads(rows[0]["headers"]), rows[0]["body"])

    async def keep(self, name: bytes, request: bytes, answer: Answer) -> None:
        """Insert the record, and delete a few that are too old: so many go as come."""
        table, now = f"{self.app}.idempotency_records", datetime.now(UTC)
        await self.database.fetch(
            f"DELETE FROM {table} WHERE created_at <= $1 AND (name = $2 OR name IN "
            f"(SELECT name FROM {table} WHERE created_at <= $1 ORDER BY created_at LIMIT 10 FOR UPDATE SKIP LOCKED))",
            now - _KEPT,
            name,
        )
        await self.database.fetch(
            f"INSERT INTO {table} (name, sealed_request, status, headers, body, created_at) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            name,
            self.sealer.seal(request, b"idempotency:" + name),
            answer.status,
            json.dumps(dict(answer.headers)),
            answer.body,
            now,
        )

    def _sealed(self, sealed: bytes, name: bytes, request: bytes) -> bool:
        try:
            return self.sealer.open(sealed, b"idempotency:" + name) == request
        except SealError:  # under a key that is no longer there: nobody can tell
            return False
