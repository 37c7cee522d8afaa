"""Sealed tokens on PostgreSQL: opened for a call, counted by their keys, sealed anew."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from remuner.integrations.domain.destinations import Auth, AuthType, Destination, Verification
from remuner.integrations.domain.entities import IntegrationStatus, RewrappedPage, Token, UsableToken
from remuner.shared.database import Database
from remuner.shared.sealing import KeysetError, Sealer, SealError, sealing_key_id

_PROBE = b"remuner.keyset"
_STATUS = {each.value: each for each in IntegrationStatus}


def context(integration_id: UUID, version: int, destination: Destination | None) -> bytes:
    """Return what a sealed token is bound to: its row, its version and where it may go."""
    bound = f"integration:{integration_id}:{version}"
    return (f"{bound}:{destination.binding}" if destination else bound).encode()


def destination_of(kept: str | None) -> Destination | None:
    """Return the destination that a row holds as JSON."""
    if kept is None:
        return None
    parts = json.loads(kept)
    auth, verify = parts["auth"], parts["verify"]
    return Destination(
        parts["base_url"],
        Auth(AuthType(auth["type"]), auth["name"], auth["username"]),
        Verification(**verify) if verify else None,
    )


@dataclass(frozen=True, slots=True)
class PostgresUsableTokens:
    """UsableTokens on PostgreSQL."""

    database: Database
    sealer: Sealer

    async def get(self, integration_id: UUID) -> UsableToken | None:
        """Read the row and the bar in one query; raises SealError for a destination that the token is not bound to."""
        rows = await self.database.fetch(
            """
            SELECT sealed_token, token_version, status, user_id, destination, token_last_used_at,
                EXISTS (SELECT FROM integrations.departed_users d WHERE d.user_id = i.user_id) AS is_departed
            FROM integrations.integrations i WHERE id = $1
            """,
            integration_id,
        )
        if not rows:
            return None
        sealed, version, status, user_id, kept, last_used_at, is_departed = rows[0]
        destination = destination_of(kept)
        token = Token(self.sealer.open(sealed, context(integration_id, version, destination)).decode("ascii"))
        return UsableToken(token, version, _STATUS[status], user_id, is_departed, destination, last_used_at)


@dataclass(frozen=True, slots=True)
class PostgresSealedTokens:
    """SealedTokens on PostgreSQL; the row of the KeysetProbe is counted and sealed anew with them."""

    database: Database
    sealer: Sealer

    async def rows_by_key(self) -> Mapping[int, int]:
        """Count in one query by what the sealed bytes begin with."""
        rows = await self.database.fetch(
            "SELECT substring(sealed FOR 5) AS prefix, count(*) FROM (SELECT sealed FROM integrations.keyset_probe "
            "UNION ALL SELECT sealed_token FROM integrations.integrations) AS everything GROUP BY prefix"
        )
        counts = Counter[int]()
        for row in rows:
            counts[sealing_key_id(row["prefix"])] += row["count"]
        return counts

    async def rewrap(self, after: UUID | None, limit: int) -> RewrappedPage:
        """Read a page without locks, then change in one UPDATE those rows that are still as they were read."""
        if after is None:
            await self._rewrap_probe()
        rows = await self.database.fetch(
            "SELECT id, token_version, sealed_token, destination FROM integrations.integrations "
            "WHERE id > $1 ORDER BY id LIMIT $2",
            after or UUID(int=0),
            limit,
        )
        rewrapped: list[tuple[UUID, bytes, bytes]] = []
        unopened: list[UUID] = []
        for integration_id, version, sealed, destination in rows:
            try:
                anew = self.sealer.rewrap(sealed, context(integration_id, version, destination_of(destination)))
            except SealError:
                unopened.append(integration_id)
            else:
                if anew != sealed:
                    rewrapped.append((integration_id, sealed, anew))
        if rewrapped:
            await self.database.fetch(
                "UPDATE integrations.integrations AS kept SET sealed_token = anew "
                "FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS each (id, sealed, anew) "
                "WHERE kept.id = each.id AND kept.sealed_token = each.sealed",
                *(list(column) for column in zip(*rewrapped, strict=True)),
            )
        return RewrappedPage(len(rows), rows[-1]["id"] if len(rows) == limit else None, unopened)

    async def _rewrap_probe(self) -> None:
        for row in await self.database.fetch("SELECT sealed FROM integrations.keyset_probe"):
            with _right_keyset():
                anew = self.sealer.rewrap(row["sealed"], _PROBE)
            await self.database.fetch(
                "UPDATE integrations.keyset_probe SET sealed = $1 WHERE sealed = $2", anew, row["sealed"]
            )


@dataclass(frozen=True, slots=True)
class KeysetProbe:
    """Finds out whether the keyset is the one of this database, before a token needs it."""

    database: Database
    sealer: Sealer

    async def __call__(self) -> None:
        """Raise KeysetError for another keyset; a new database takes the first one that comes."""
        await self.database.fetch(
            "INSERT INTO integrations.keyset_probe (id, sealed) VALUES (1, $1) ON CONFLICT DO NOTHING",
            self.sealer.seal(_PROBE, _PROBE),
        )
        row = (await self.database.fetch("SELECT sealed FROM integrations.keyset_probe"))[0]
        with _right_keyset():
            self.sealer.open(row["sealed"], _PROBE)


@contextmanager
def _right_keyset() -> Iterator[None]:
    try:
        yield
    except SealError:
        raise KeysetError(
            "The tokens of this database were sealed with another keyset. Bring back the file it was started with."
        ) from None
