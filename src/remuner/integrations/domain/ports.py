"""What the integrations' domain needs from outside."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from remuner.integrations.domain.entities import (
    Departure,
    Integration,
    IntegrationChanges,
    IntegrationQuery,
    IntegrationStatus,
    OwnedIntegration,
    RewrappedPage,
    Token,
    TokenResult,
    UsableToken,
    UserSummary,
)
from remuner.shared.audit import AuditEntry
from remuner.shared.context import UseLimits
from remuner.shared.pagination import Page

T = TypeVar("T")

Revisions = Collection[int] | None
"""The revisions that a caller accepts (If-Match); None accepts any."""


class UnitOfWork(Protocol):
    """Everything that `work` writes in this app is kept together, or nothing is.

    Runs `work` again when the database or a ConcurrentUpdate asks for it, so it must be repeatable.
    """

    async def __call__(self, work: Callable[[], Awaitable[T]]) -> T: ...


class IntegrationPersistence(Protocol):
    """Keeps integrations and their sealed tokens. Nothing here returns a token."""

    async def add(self, integration: Integration, token: Token) -> None:
        """Keep a new integration; raises IntegrationNameTaken."""

    async def get(self, integration_id: UUID) -> Integration | None: ...

    async def list(self, query: IntegrationQuery) -> Page[Integration]: ...

    async def of_users(self, user_ids: Collection[UUID]) -> Sequence[OwnedIntegration]:
        """Return all integrations of these users, by name."""

    async def change(
        self, seen: Integration, changes: IntegrationChanges, expected: Revisions, now: datetime
    ) -> Integration | None:
        """Change it, raise the revision and return it as it was.

        None unless it still has the user that was seen and an expected revision.
        A new token replaces the sealed bytes of the old one in the same row, and nothing is known of its use. Raises
        IntegrationNameTaken, or TokenRequired for a destination that the token is not bound to.
        """

    async def reassign(self, user_id: UUID, to_user_id: UUID, now: datetime) -> Sequence[UUID]:
        """Give all integrations of one user to another, raise their revisions and return their ids."""

    async def remove(self, integration_id: UUID, expected: Revisions) -> Integration | None:
        """Remove it and its sealed token, and return it; None if no such integration has an expected revision."""

    async def note_use(self, integration_id: UUID, token_version: int, now: datetime) -> None:
        """Keep when this token was last used, unless that was written less than a minute ago; the revision stays."""

    async def note_result(self, integration_id: UUID, token_version: int, result: TokenResult, now: datetime) -> bool:
        """Keep what a verification has found out; the revision stays. False if there is another token by now."""

    async def claim_unverified(self, before: datetime, now: datetime, tick: timedelta) -> Sequence[UUID]:
        """Return active integrations whose token was not verified since `before`: a share of them for one tick.

        Whoever calls within a tick after somebody else gets none, on any replica; those that are returned are
        returned to nobody else before another period has passed.
        """

    async def count(self) -> Mapping[IntegrationStatus, int]:
        """Return how many integrations have each status; a status that none has may be missing."""

    async def admit(self, user_id: UUID) -> bool:
        """Keep the user from departing until the unit of work ends; False if it has departed.

        The first thing in a unit of work that makes the user own an active integration, and for one user only:
        with a single lock there is no order of locks to get wrong.
        """

    async def depart(self, user_id: UUID) -> Departure:
        """Erase the user's integrations and bar it from having new ones, for ever.

        If active ones stand in the way, nothing has changed.
        """

    async def unconfirmed_departures(self, limit: int) -> Sequence[UUID]:
        """Return users that have departed here and may still be in the directory."""

    async def confirm_departures(self, user_ids: Collection[UUID]) -> None:
        """Note that these users are gone from the directory, too."""


class SealedTokens(Protocol):
    """The sealed tokens by the keys that sealed them. Nothing here returns a token or sealed bytes."""

    async def rows_by_key(self) -> Mapping[int, int]:
        """Return how many rows are sealed under each key, by its id; a row that is no token's may be among them."""

    async def rewrap(self, after: UUID | None, limit: int) -> RewrappedPage:
        """Seal a page of tokens anew under the primary key, those behind `after` by the integrations' ids.

        Nothing else of an integration changes, and a token that is replaced meanwhile wins.
        """


class UsableTokens(Protocol):
    """The only way in which a token leaves the persistence: opened, for a call of its destination."""

    async def get(self, integration_id: UUID) -> UsableToken | None:
        """Return it as last written, from no cache."""


class CallerKeys(Protocol):
    """The access keys of the callers; another app keeps them."""

    async def limits(self) -> UseLimits | None:
        """Return what the running request's key is limited to, as last written; None if it opens nothing any more."""


class UserDirectory(Protocol):
    """The users that integrations may belong to; another app keeps them."""

    async def get_many(self, user_ids: Collection[UUID]) -> Mapping[UUID, UserSummary]:
        """Return those that exist, as last written."""

    async def is_active(self, user_id: UUID) -> bool:
        """Return whether the user exists and is not inactive, as last written, from no cache."""


class AuditTrail(Protocol):
    """Where every write is noted; another app keeps it."""

    async def record(self, *entries: AuditEntry) -> None:
        """Keep them with what the unit of work writes, or neither."""


class UseTrail(Protocol):
    """Where uses of tokens are noted, outside of a unit of work; another app keeps it."""

    async def intend(self, entry: AuditEntry) -> None:
        """Keep it before this returns; raises Unavailable."""

    def conclude(self, entry: AuditEntry) -> None:
        """Keep it soon, also if the database is away for a while."""
