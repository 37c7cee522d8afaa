"""The persistence ports of access on PostgreSQL."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from tortoise.expressions import F

from remuner.access.domain.entities import (
    AT_LONGEST,
    IDLE,
    NOTED_EVERY,
    AccessKey,
    AccessKeyChanges,
    AccessKeyQuery,
    AccessKeyStatus,
    Session,
    limits_as_json,
)
from remuner.access.persistence.tables import AccessKeyRow, SessionRow
from remuner.shared.context import NO_LIMITS, UseLimits
from remuner.shared.database import Database, Row, Where, constraints, fetch_page
from remuner.shared.pagination import Page
from remuner.shared.scopes import AccessScope
from remuner.shared.text import fold

_KEY = "id, name, scopes, status, api_version, revision, created_at, expires_at, last_used_at, use_limits"
_USE_LIMITS = """SELECT use_limits FROM access.access_keys WHERE id = $1 AND status = 'active'
    AND (expires_at IS NULL OR expires_at > $2) AND 'integrations:use' = ANY (scopes)"""
_SESSION = "id, key_id, created_at, last_used_at"


@dataclass(frozen=True, slots=True)
class PostgresAccessKeys:
    """AccessKeyPersistence on PostgreSQL."""

    database: Database

    async def add(self, key: AccessKey, digest: bytes) -> None:
        """Insert the row."""
        await AccessKeyRow.create(
            id=key.id,
            name=key.name,
            name_key=fold(key.name),
            digest=digest,
            scopes=[scope.value for scope in key.scopes],
            status=key.status,
            api_version=key.api_version,
            revision=key.revision,
            created_at=key.created_at,
            expires_at=key.expires_at,
            last_used_at=key.last_used_at,
            use_limits=limits_as_json(key.use_limits),
        )

    async def get(self, key_id: UUID) -> AccessKey | None:
        """Read one row."""
        rows = await self.database.fetch(f"SELECT {_KEY} FROM access.access_keys WHERE id = $1", key_id)
        return _key(rows[0]) if rows else None

    async def get_with_digest(self, key_id: UUID) -> tuple[AccessKey, bytes] | None:
        """Read one row."""
        rows = await self.database.fetch(f"SELECT {_KEY}, digest FROM access.access_keys WHERE id = $1", key_id)
        return (_key(rows[0]), rows[0]["digest"]) if rows else None

    async def hold(self, key_id: UUID) -> AccessKey | None:
        """Lock the row."""
        rows = await self.database.fetch(f"SELECT {_KEY} FROM access.access_keys WHERE id = $1 FOR UPDATE", key_id)
        return _key(rows[0]) if rows else None

    async def get_use_limits(self, key_id: UUID, now: datetime) -> UseLimits | None:
        """Read one column of one row, if the key opens something (AccessKey.opens)."""
        rows = await self.database.fetch(_USE_LIMITS, key_id, now)
        return _limits(rows[0]["use_limits"]) if rows else None

    async def list(self, query: AccessKeyQuery) -> Page[AccessKey]:
        """Read a page in one query, or two with a total."""
        where = Where()
        if query.q is not None:
            where.add_part("name_key", fold(query.q))
        if query.status is not None:
            where.add("status = ?", query.status)
        page = await fetch_page(
            self.database,
            columns=_KEY,
            source="access.access_keys",
            where=where,
            page=query.page,
            order={"created_at": "created_at"},
        )
        return page.map(_key)

    async def any(self) -> bool:
        """Look for one row."""
        return bool(await self.database.fetch("SELECT 1 FROM access.access_keys LIMIT 1"))

    async def change(self, key_id: UUID, changes: AccessKeyChanges) -> None:
        """Change the row with one UPDATE."""
        values: dict[str, object] = {}
        if changes.name is not None:
            values |= {"name": changes.name, "name_key": fold(changes.name)}
        if changes.status is not None:
            values["status"] = changes.status
        await AccessKeyRow.filter(id=key_id).update(**values, revision=F("revision") + 1)

    async def remove(self, key_id: UUID) -> None:
        """Delete the row and, with it, its sessions."""
        await AccessKeyRow.filter(id=key_id).delete()

    async def note_use(self, key_id: UUID, now: datetime) -> None:
        """Change the row with one UPDATE, unless another process did so within the minute."""
        await self.database.fetch(
            "UPDATE access.access_keys SET last_used_at = $2 "
            "WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)",
            key_id,
            now,
            now - NOTED_EVERY,
        )


@dataclass(frozen=True, slots=True)
class PostgresSessions:
    """SessionPersistence on PostgreSQL."""

    database: Database

    async def add(self, session: Session, digest: bytes) -> bool:
        """Delete the rows of those that are over, then insert the row, if the key is there."""
        await self.database.fetch(
            "DELETE FROM access.sessions WHERE created_at <= $1 OR last_used_at <= $2",
            session.created_at - AT_LONGEST,
            session.created_at - IDLE,
        )
        try:
            with constraints({"sessions_key_id_fkey": _KeyGone}):
                await SessionRow.create(
                    id=session.id,
                    digest=digest,
                    key_id=session.key_id,
                    created_at=session.created_at,
                    last_used_at=session.last_used_at,
                )
        except _KeyGone:
            return False
        return True

    async def find(self, digests: Collection[bytes]) -> Session | None:
        """Read one row."""
        rows = await self.database.fetch(
            f"SELECT {_SESSION} FROM access.sessions WHERE digest = ANY($1)", list(digests)
        )
        return _session(rows[0]) if rows else None

    async def note_use(self, session_id: UUID, now: datetime) -> None:
        """As for a key."""
        await self.database.fetch(
            "UPDATE access.sessions SET last_used_at = $2 WHERE id = $1 AND last_used_at <= $3",
            session_id,
            now,
            now - NOTED_EVERY,
        )

    async def remove(self, digests: Collection[bytes]) -> Session | None:
        """Delete the row."""
        rows = await self.database.fetch(
            f"DELETE FROM access.sessions WHERE digest = ANY($1) RETURNING {_SESSION}", list(digests)
        )
        return _session(rows[0]) if rows else None

    async def remove_all(self, key_id: UUID | None) -> Sequence[Session]:
        """Delete the rows."""
        rows = await self.database.fetch(
            f"DELETE FROM access.sessions WHERE key_id IS NOT DISTINCT FROM $1 RETURNING {_SESSION}", key_id
        )
        return [_session(row) for row in rows]


class _KeyGone(Exception):
    """The key was removed while somebody signed in with it."""


def _key(row: Row) -> AccessKey:
    return AccessKey(
        row["id"],
        row["name"],
        tuple(map(AccessScope, row["scopes"])),
        AccessKeyStatus(row["status"]),
        row["api_version"],
        row["revision"],
        row["created_at"],
        row["expires_at"],
        row["last_used_at"],
        _limits(row["use_limits"]),
    )


@lru_cache(maxsize=1000)  # a key's are read with every use of a token, and never change
def _limits(text: str | None) -> UseLimits:
    if text is None:
        return NO_LIMITS
    kept = json.loads(text)
    ids, methods = kept["integration_ids"], kept["methods"]
    return UseLimits(
        None if ids is None else frozenset(map(UUID, ids)),
        None if methods is None else frozenset(methods),
        kept["path_prefix"],
    )


def _session(row: Row) -> Session:
    return Session(row["id"], row["key_id"], row["created_at"], row["last_used_at"])
