"""The integrations' persistence ports on PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from remuner.integrations.domain.destinations import Destination
from remuner.integrations.domain.entities import (
    USE_NOTED_EVERY,
    Departure,
    Integration,
    IntegrationChanges,
    IntegrationQuery,
    IntegrationStatus,
    OwnedIntegration,
    Token,
    TokenResult,
)
from remuner.integrations.domain.errors import IntegrationNameTaken, TokenRequired
from remuner.integrations.domain.ports import Revisions
from remuner.integrations.persistence.tables import DepartedUserRow, IntegrationRow
from remuner.integrations.persistence.tokens import context, destination_of
from remuner.shared.counts import Counts
from remuner.shared.database import Database, Row, Where, change_rows, constraints, fetch_page
from remuner.shared.pagination import Page
from remuner.shared.sealing import Sealer
from remuner.shared.text import fold

# The sealed token is never selected.
_COLUMNS = """id, name, status, user_id, token_version, token_set_at, revision, created_at, updated_at, destination,
    token_last_used_at, last_verified_at, last_result"""
_STATUS = {each.value: each for each in IntegrationStatus}  # calling the class takes ten times as long
_RESULT = {each.value: each for each in TokenResult} | {None: None}
_VERIFIED = "status = 'active' AND destination ->> 'verify' IS NOT NULL"
_LOCK_KEY = "hashtextextended('remuner.integrations.user:' || $1::uuid::text, 0)"


@dataclass(frozen=True, slots=True)
class PostgresIntegrations:
    """IntegrationPersistence on PostgreSQL; tokens are sealed before they are bound to a statement."""

    database: Database
    sealer: Sealer

    async def add(self, integration: Integration, token: Token) -> None:
        """Insert the row."""
        with constraints({"integrations_name_key": IntegrationNameTaken}):
            await IntegrationRow.create(
                id=integration.id,
                name=integration.name,
                name_key=fold(integration.name),
                status=integration.status,
                user_id=integration.user_id,
                sealed_token=self._seal(integration.id, integration.token_version, integration.destination, token),
                token_version=integration.token_version,
                token_set_at=integration.token_set_at,
                revision=integration.revision,
                created_at=integration.created_at,
                updated_at=integration.updated_at,
                destination=_plain(integration.destination),
            )

    async def get(self, integration_id: UUID) -> Integration | None:
        """Read one row."""
        rows = await self.database.fetch(
            f"SELECT {_COLUMNS} FROM integrations.integrations WHERE id = $1", integration_id
        )
        return _integration(rows[0]) if rows else None

    async def list(self, query: IntegrationQuery) -> Page[Integration]:
        """Read a page in one query, or two with a total."""
        where = Where()
        if query.q is not None:
            where.add_part("name_key", fold(query.q))
        if query.status is not None:
            where.add("status = ?", query.status)
        if query.user_id is not None:
            where.add("user_id = ?", query.user_id)
        page = await fetch_page(
            self.database,
            columns=f"{_COLUMNS}, name_key",
            source="integrations.integrations",
            where=where,
            page=query.page,
            order={"created_at": "created_at", "name": "name_key"},
        )
        return page.map(_integration)

    async def of_users(self, user_ids: Collection[UUID]) -> Sequence[OwnedIntegration]:
        """Read of all rows of these users what they show, in one query."""
        if not user_ids:
            return ()
        rows = await self.database.fetch(
            "SELECT id, name, status, user_id FROM integrations.integrations WHERE user_id = ANY($1) "
            "ORDER BY name_key",
            list(user_ids),
        )
        return [OwnedIntegration(row_id, name, _STATUS[status], user_id) for row_id, name, status, user_id in rows]

    async def change(
        self, seen: Integration, changes: IntegrationChanges, expected: Revisions, now: datetime
    ) -> Integration | None:
        """Lock the row, then change it with one UPDATE: the seal of a new token is bound to the version before."""
        held = await self.database.fetch(
            f"SELECT {_COLUMNS} FROM integrations.integrations WHERE id = $1 AND user_id = $2 FOR UPDATE",
            seen.id,
            seen.user_id,
        )
        if not held or (expected is not None and held[0]["revision"] not in expected):
            return None
        old = _integration(held[0])
        values: dict[str, object] = {}
        if changes.name is not None:
            values |= {"name": changes.name, "name_key": fold(changes.name)}
        if changes.status is not None:
            values["status"] = changes.status
        if changes.user_id is not None:
            values["user_id"] = changes.user_id
        destination = changes.destination_of(old)
        if destination != old.destination:
            values["destination"] = _plain(destination)
        if changes.token is not None:
            version = old.token_version + 1
            sealed = self._seal(old.id, version, destination, changes.token)
            values |= {"sealed_token": sealed, "token_version": version, "token_set_at": now}
            values |= dict.fromkeys(("token_last_used_at", "last_verified_at", "last_result", "verify_claimed_at"))
        elif _binding(destination) != _binding(old.destination):
            raise TokenRequired
        with constraints({"integrations_name_key": IntegrationNameTaken}):
            await change_rows(IntegrationRow.filter(id=old.id), values, now)
        return old

    async def reassign(self, user_id: UUID, to_user_id: UUID, now: datetime) -> Sequence[UUID]:
        """Change the rows with one UPDATE."""
        rows = await self.database.fetch(
            "UPDATE integrations.integrations SET user_id = $2, updated_at = $3, revision = revision + 1 "
            "WHERE user_id = $1 RETURNING id",
            user_id,
            to_user_id,
            now,
        )
        return [row["id"] for row in rows]

    async def remove(self, integration_id: UUID, expected: Revisions) -> Integration | None:
        """Delete the row, and the sealed token with it."""
        rows = await self.database.fetch(
            "DELETE FROM integrations.integrations "
            f"WHERE id = $1 AND ($2::int[] IS NULL OR revision = ANY($2)) RETURNING {_COLUMNS}",
            integration_id,
            None if expected is None else list(expected),
        )
        return _integration(rows[0]) if rows else None

    async def note_use(self, integration_id: UUID, token_version: int, now: datetime) -> None:
        """Change the row, if it is time."""
        await self.database.fetch(
            "UPDATE integrations.integrations SET token_last_used_at = $3 WHERE id = $1 AND token_version = $2 "
            "AND (token_last_used_at IS NULL OR token_last_used_at <= $4)",
            integration_id,
            token_version,
            now,
            now - USE_NOTED_EVERY,
        )

    async def note_result(self, integration_id: UUID, token_version: int, result: TokenResult, now: datetime) -> bool:
        """Change the row; verified now, it is not due before the next period."""
        rows = await self.database.fetch(
            "UPDATE integrations.integrations SET last_verified_at = $4, last_result = $3, verify_claimed_at = $4 "
            "WHERE id = $1 AND token_version = $2 RETURNING id",
            integration_id,
            token_version,
            result,
            now,
        )
        return bool(rows)

    async def claim_unverified(self, before: datetime, now: datetime, tick: timedelta) -> Sequence[UUID]:
        """Take the turn, whose row all replicas wait for; then claim a share of all that are ever verified."""
        turn = await self.database.fetch(
            "UPDATE integrations.verification_turn SET taken_at = $1 WHERE taken_at <= $2 RETURNING taken_at",
            now,
            now - tick,
        )
        if not turn:
            return ()
        rows = await self.database.fetch(
            f"""
            UPDATE integrations.integrations SET verify_claimed_at = $2 WHERE id IN (
                SELECT id FROM integrations.integrations
                WHERE {_VERIFIED} AND coalesce(verify_claimed_at, '-infinity') < $1
                ORDER BY coalesce(verify_claimed_at, '-infinity'), id
                LIMIT (SELECT ceil(count(*) * $3::float8)::bigint FROM integrations.integrations WHERE {_VERIFIED})
                FOR UPDATE SKIP LOCKED
            ) RETURNING id
            """,
            before,
            now,
            tick / (now - before),
        )
        return [row["id"] for row in rows]

    async def count(self) -> Mapping[IntegrationStatus, int]:
        """Read the counts of those statuses that some have."""
        counts = await Counts("integrations", self.database).read()
        return {status: counts[name] for status in IntegrationStatus if (name := f"integrations.{status}") in counts}

    async def admit(self, user_id: UUID) -> bool:
        """Share the user's lock, then look for the bar, both in a function of the migrations."""
        rows = await self.database.fetch("SELECT integrations.admit($1)", user_id)
        return bool(rows[0][0])

    async def depart(self, user_id: UUID) -> Departure:
        """Take the user's lock alone, then look for active integrations in a statement of its own."""
        await self.database.fetch(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})", user_id)
        active = await self.database.fetch(
            "SELECT id FROM integrations.integrations WHERE user_id = $1 AND status = 'active' ORDER BY id",
            user_id,
        )
        if active:
            return Departure([row["id"] for row in active])
        erased = await self.database.fetch(
            f"DELETE FROM integrations.integrations WHERE user_id = $1 RETURNING {_COLUMNS}", user_id
        )
        await self.database.fetch(
            "INSERT INTO integrations.departed_users (user_id, departed_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            user_id,
            datetime.now(UTC),
        )
        return Departure(erased=[_integration(row) for row in erased])

    async def unconfirmed_departures(self, limit: int) -> Sequence[UUID]:
        """Read the oldest bars that are not confirmed."""
        rows = await self.database.fetch(
            "SELECT user_id FROM integrations.departed_users WHERE NOT confirmed ORDER BY departed_at LIMIT $1",
            limit,
        )
        return [row["user_id"] for row in rows]

    async def confirm_departures(self, user_ids: Collection[UUID]) -> None:
        """Mark the bars; they stay."""
        rows = DepartedUserRow.filter(user_id__in=list(user_ids))
        await rows.update(confirmed=True)

    def _seal(self, integration_id: UUID, version: int, destination: Destination | None, token: Token) -> bytes:
        return self.sealer.seal(token.reveal().encode("ascii"), context(integration_id, version, destination))


def _plain(destination: Destination | None) -> dict[str, object] | None:
    return asdict(destination) if destination else None


def _binding(destination: Destination | None) -> str | None:
    return destination.binding if destination else None


def _integration(row: Row) -> Integration:
    return Integration(
        row["id"],
        row["name"],
        _STATUS[row["status"]],
        row["user_id"],
        row["token_version"],
        row["token_set_at"],
        row["revision"],
        row["created_at"],
        row["updated_at"],
        destination_of(row["destination"]),
        row["token_last_used_at"],
        row["last_verified_at"],
        _RESULT[row["last_result"]],
    )
