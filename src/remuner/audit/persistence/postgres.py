"""The audit trail's persistence port on PostgreSQL.

Its writes are SQL without models: they run in the unit of work of whichever app writes, whose database may know no
other models than its own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remuner.audit.domain.entities import Actor, Event, EventQuery
from remuner.shared.database import Database, Row, Where, fetch_page
from remuner.shared.pagination import Page

_ADD = """
WITH added AS (
    INSERT INTO audit.events (id, at, key_id, actor, action, resource_id, changes, request_id)
    SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[],
        $8::text[])
    ON CONFLICT DO NOTHING
)
INSERT INTO audit.personal (event_id, subject, changes) SELECT * FROM unnest($9::uuid[], $10::uuid[], $11::jsonb[])
ON CONFLICT DO NOTHING
"""
_COLUMNS = """e.id, e.at, e.key_id, e.actor, e.action, e.resource_id, e.changes, e.request_id,
    p.subject, p.changes AS personal"""
_SOURCE = "audit.events e LEFT JOIN audit.personal p ON p.event_id = e.id"


@dataclass(frozen=True, slots=True)
class PostgresEvents:
    """EventPersistence on PostgreSQL."""

    database: Database

    async def add(self, events: Sequence[Event]) -> None:
        """Insert all rows with one statement."""
        if not events:
            return
        rows = [
            (
                event.id,
                event.at,
                event.actor.key_id,
                event.actor.name,
                event.action,
                event.resource_id,
                json.dumps(event.changes),
                event.request_id,
            )
            for event in events
        ]
        personal = [event for event in events if event.personal]
        await self.database.fetch(
            _ADD,
            *zip(*rows, strict=True),
            [event.id for event in personal],
            [event.subject for event in personal],
            [json.dumps(event.personal) for event in personal],
        )

    async def list(self, query: EventQuery) -> Page[Event]:
        """Read a page in one query, or two with a total, planned for the very values of the filters.

        PostgreSQL would settle for one plan, and for a rare action read the whole trail by it.
        """
        where = Where()
        for condition, value in (
            ("e.resource_type = ?", query.resource_type),
            ("e.resource_id = ?", query.resource_id),
            ("e.action = ?", query.action),
            ("e.key_id = ?", query.key_id),
            ("e.at >= ?", query.since),
            ("e.at < ?", query.until),
        ):
            if value is not None:
                where.add(condition, value)

        async def read() -> Page[Event]:
            await self.database.fetch("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")
            page = await fetch_page(
                self.database,
                columns=_COLUMNS,
                source=_SOURCE,
                where=where,
                page=query.page,
                order={"at": "e.at"},
                row_id="e.id",
            )
            return page.map(_event)

        return await self.database.unit_of_work(read)

    async def forget(self, subject: UUID) -> None:
        """Delete the personal rows; the trigger on them wants to hear before whose they are."""
        await self.database.fetch("SELECT set_config('remuner.audit_forget', $1::uuid::text, true)", subject)
        await self.database.fetch("DELETE FROM audit.personal WHERE subject = $1", subject)

    async def count(self, before: datetime) -> int:
        """Count the rows."""
        return int((await self.database.fetch("SELECT count(*) FROM audit.events WHERE at < $1", before))[0]["count"])

    async def prune(self, before: datetime, limit: int) -> int:
        """Delete rows, and their personal ones with them; the trigger on them wants to hear the date before."""
        await self.database.fetch(
            "SELECT set_config('remuner.audit_prune_before', $1::timestamptz::text, true)", before
        )
        rows = await self.database.fetch(
            "WITH gone AS (DELETE FROM audit.events WHERE id IN "
            "(SELECT id FROM audit.events WHERE at < $1 ORDER BY at, id LIMIT $2) RETURNING id) "
            "SELECT count(*) FROM gone",
            before,
            limit,
        )
        return int(rows[0]["count"])


def _event(row: Row) -> Event:
    return Event(
        row["id"],
        row["at"],
        Actor(row["key_id"], row["actor"]),
        row["action"],
        row["resource_id"],
        json.loads(row["changes"]),
        row["request_id"],
        row["subject"],
        json.loads(row["personal"] or "{}"),
    )
