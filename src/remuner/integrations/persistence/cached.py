"""The integrations' persistence port with a cache in front of any implementation of it; it holds no sealed token."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter

from remuner.integrations.domain.entities import (
    Departure,
    Integration,
    IntegrationChanges,
    IntegrationQuery,
    IntegrationStatus,
    OwnedIntegration,
    Token,
    TokenResult,
)
from remuner.integrations.domain.ports import IntegrationPersistence, Revisions
from remuner.shared.cache import Cache
from remuner.shared.pagination import Page

_INTEGRATION: TypeAdapter[Integration | None] = TypeAdapter(Integration | None)
_INTEGRATIONS: TypeAdapter[Sequence[OwnedIntegration]] = TypeAdapter(list[OwnedIntegration])
_COUNTS: TypeAdapter[Mapping[IntegrationStatus, int]] = TypeAdapter(dict[IntegrationStatus, int])

_COUNTED = "integrations:counts"


def _integration(integration_id: UUID) -> str:
    return f"integrations:integration:{integration_id}"


def _of_user(user_id: UUID) -> str:
    return f"integrations:user:{user_id}"


@dataclass(frozen=True, slots=True)
class CachedIntegrations:
    """IntegrationPersistence; integrations, those of a user and their counts are kept, lists are not."""

    integrations: IntegrationPersistence
    cache: Cache

    async def add(self, integration: Integration, token: Token) -> None:
        """Add; its user has one more."""
        await self.integrations.add(integration, token)
        self.cache.touch(_of_user(integration.user_id), _COUNTED)

    async def get(self, integration_id: UUID) -> Integration | None:
        """Return the one that is kept, if there is one."""
        key = _integration(integration_id)
        return await self.cache.read(key, lambda: self.integrations.get(integration_id), _INTEGRATION)

    async def list(self, query: IntegrationQuery) -> Page[Integration]:
        """Hand on."""
        return await self.integrations.list(query)

    async def of_users(self, user_ids: Collection[UUID]) -> Sequence[OwnedIntegration]:
        """Return those of a single user as they are kept; of many, one query is less than asking for each."""
        if len(user_ids) != 1:
            return await self.integrations.of_users(user_ids)
        (user_id,) = user_ids
        return await self.cache.read(_of_user(user_id), lambda: self.integrations.of_users(user_ids), _INTEGRATIONS)

    async def change(
        self, seen: Integration, changes: IntegrationChanges, expected: Revisions, now: datetime
    ) -> Integration | None:
        """Change; its user shows it, and the one to whom it goes."""
        old = await self.integrations.change(seen, changes, expected, now)
        self.cache.touch(_integration(seen.id), _of_user(seen.user_id), _of_user(changes.user_id or seen.user_id))
        if changes.status is not None:
            self.cache.touch(_COUNTED)
        return old

    async def reassign(self, user_id: UUID, to_user_id: UUID, now: datetime) -> Sequence[UUID]:
        """Reassign; both users show it."""
        moved = await self.integrations.reassign(user_id, to_user_id, now)
        self.cache.touch(_of_user(user_id), _of_user(to_user_id), *map(_integration, moved))
        return moved

    async def remove(self, integration_id: UUID, expected: Revisions) -> Integration | None:
        """Remove; its user has one less."""
        removed = await self.integrations.remove(integration_id, expected)
        if removed is not None:
            self.cache.touch(_integration(integration_id), _of_user(removed.user_id), _COUNTED)
        return removed

    async def note_use(self, integration_id: UUID, token_version: int, now: datetime) -> None:
        """Note; the integration shows it."""
        await self.integrations.note_use(integration_id, token_version, now)
        self.cache.touch(_integration(integration_id))

    async def note_result(self, integration_id: UUID, token_version: int, result: TokenResult, now: datetime) -> bool:
        """Note; the integration shows it."""
        is_noted = await self.integrations.note_result(integration_id, token_version, result, now)
        self.cache.touch(_integration(integration_id))
        return is_noted

    async def claim_unverified(self, before: datetime, now: datetime, tick: timedelta) -> Sequence[UUID]:
        """Hand on; the claim is not shown."""
        return await self.integrations.claim_unverified(before, now, tick)

    async def count(self) -> Mapping[IntegrationStatus, int]:
        """Return the counts that are kept, if they are."""
        return await self.cache.read(_COUNTED, self.integrations.count, _COUNTS)

    async def admit(self, user_id: UUID) -> bool:
        """Hand on."""
        return await self.integrations.admit(user_id)

    async def depart(self, user_id: UUID) -> Departure:
        """Let the user go; what it had is gone."""
        departure = await self.integrations.depart(user_id)
        if not departure.active_ids:
            erased = (_integration(each.id) for each in departure.erased)
            self.cache.touch(_of_user(user_id), _COUNTED, *erased)
        return departure

    async def unconfirmed_departures(self, limit: int) -> Sequence[UUID]:
        """Hand on."""
        return await self.integrations.unconfirmed_departures(limit)

    async def confirm_departures(self, user_ids: Collection[UUID]) -> None:
        """Hand on."""
        await self.integrations.confirm_departures(user_ids)
