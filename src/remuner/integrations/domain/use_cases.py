"""What can be done with integrations: one callable for each.

An integration always has a user. Whoever makes a user own an active integration first looks the user up, then, in the
unit of work, keeps it from departing; whoever lets a user go does so only when no active integration is left.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from remuner.integrations.domain.audit_entries import (
    integration_created,
    integration_deleted,
    integration_reassigned,
    integration_updated,
)
from remuner.integrations.domain.destinations import Destination
from remuner.integrations.domain.entities import (
    Integration,
    IntegrationChanges,
    IntegrationQuery,
    IntegrationStatus,
    IntegrationWithUser,
    NewIntegration,
    OwnedIntegration,
    UserSummary,
)
from remuner.integrations.domain.errors import IntegrationNotFound, UnknownUser, UserNotFound
from remuner.integrations.domain.ports import (
    AuditTrail,
    IntegrationPersistence,
    Revisions,
    SealedTokens,
    UnitOfWork,
    UserDirectory,
)
from remuner.shared.errors import ConcurrentUpdate, InvalidInput, PreconditionFailed
from remuner.shared.ids import new_id
from remuner.shared.pagination import Page
from remuner.shared.upstream import Upstream

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class CreateIntegration:
    """Make an integration; raises UnknownUser, IntegrationNameTaken, or InvalidInput for a destination over http."""

    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence
    directory: UserDirectory
    trail: AuditTrail
    upstream: Upstream

    async def __call__(self, new: NewIntegration) -> IntegrationWithUser:
        """Return the integration as kept."""
        user = await _known(self.directory, new.user_id)
        now = datetime.now(UTC)
        _refuse_closed(self.upstream, new.destination)
        integration = Integration(
            new_id(), new.name, new.status, new.user_id, 1, now, 1, now, now, new.destination, None, None, None
        )

        async def work() -> None:
            if not await self.integrations.admit(new.user_id):
                raise UnknownUser("user_id")
            await self.integrations.add(integration, new.token)
            await self.trail.record(integration_created(integration))

        await self.unit_of_work(work)
        return IntegrationWithUser(integration, user)


@dataclass(frozen=True, slots=True)
class GetIntegration:
    """Show one integration; raises IntegrationNotFound."""

    integrations: IntegrationPersistence
    directory: UserDirectory

    async def __call__(self, integration_id: UUID) -> IntegrationWithUser:
        """Return the integration with its user."""
        missing: UUID | None = None
        # Whoever is missing was erased after the first read: the integration too, unless it had been given away.
        while (integration := _found(await self.integrations.get(integration_id))).user_id != missing:
            users = await self.directory.get_many([integration.user_id])
            if integration.user_id in users:
                return IntegrationWithUser(integration, users[integration.user_id])
            missing = integration.user_id
        raise IntegrationNotFound


@dataclass(frozen=True, slots=True)
class ListIntegrations:
    """Show the integrations that a query selects."""

    integrations: IntegrationPersistence
    directory: UserDirectory

    async def __call__(self, query: IntegrationQuery) -> Page[IntegrationWithUser]:
        """Return a page of integrations with their users."""
        page = await self.integrations.list(query)
        users = await self.directory.get_many({integration.user_id for integration in page.items})
        items = tuple(
            IntegrationWithUser(integration, users[integration.user_id])
            for integration in page.items
            if integration.user_id in users  # as in GetIntegration
        )
        return Page(items, page.next, page.total)


@dataclass(frozen=True, slots=True)
class UpdateIntegration:
    """Change an integration.

    Raises IntegrationNotFound, UnknownUser, PreconditionFailed, IntegrationNameTaken, TokenRequired, or
    InvalidInput for a destination over http.
    """

    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence
    directory: UserDirectory
    get_integration: GetIntegration
    trail: AuditTrail
    upstream: Upstream

    async def __call__(
        self, integration_id: UUID, changes: IntegrationChanges, expected: Revisions = None
    ) -> IntegrationWithUser:
        """Return the integration as it is after the change."""
        _refuse_closed(self.upstream, changes.destination)
        if changes.user_id is not None:
            await _known(self.directory, changes.user_id)
        takes_hold = changes.user_id is not None or changes.status is IntegrationStatus.ACTIVE

        async def work() -> None:
            seen = _found(await self.integrations.get(integration_id))
            owner = changes.user_id or seen.user_id
            if takes_hold and not await self.integrations.admit(owner):
                if changes.user_id is not None:
                    raise UnknownUser("user_id")
                _found(await self.integrations.get(integration_id))
                raise ConcurrentUpdate  # it was given to another user before the one that was seen departed
            old = await self.integrations.change(seen, changes, expected, datetime.now(UTC))
            if old is None:
                current = _found(await self.integrations.get(integration_id))
                if expected is not None and current.revision not in expected:
                    raise PreconditionFailed
                raise ConcurrentUpdate  # it was given to another user since it was seen
            await self.trail.record(integration_updated(old, changes))

        await self.unit_of_work(work)
        return await self.get_integration(integration_id)


@dataclass(frozen=True, slots=True)
class ReassignIntegrations:
    """Give all integrations of a user who leaves to another one.

    Raises UserNotFound, UnknownUser or, for one and the same user, InvalidInput.
    """

    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence
    directory: UserDirectory
    trail: AuditTrail

    async def __call__(self, user_id: UUID, to_user_id: UUID) -> int:
        """Return how many there were; nothing has changed when this raises."""
        if user_id == to_user_id:
            raise InvalidInput("to_user_id", "This is the user who has them already. Name another one.")
        users = await self.directory.get_many([user_id, to_user_id])
        if to_user_id not in users:
            raise UnknownUser("to_user_id")
        if user_id not in users:
            raise UserNotFound

        async def work() -> int:
            if not await self.integrations.admit(to_user_id):
                raise UnknownUser("to_user_id")
            moved = await self.integrations.reassign(user_id, to_user_id, datetime.now(UTC))
            await self.trail.record(*(integration_reassigned(each, user_id, to_user_id) for each in moved))
            return len(moved)

        return await self.unit_of_work(work)


@dataclass(frozen=True, slots=True)
class DeleteIntegration:
    """Remove an integration and erase its token; raises IntegrationNotFound or PreconditionFailed."""

    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence
    trail: AuditTrail

    async def __call__(self, integration_id: UUID, expected: Revisions = None) -> None:
        """Nothing has changed when this raises."""

        async def work() -> None:
            removed = await self.integrations.remove(integration_id, expected)
            if removed is None:
                _found(await self.integrations.get(integration_id))
                raise PreconditionFailed
            await self.trail.record(integration_deleted(removed))

        await self.unit_of_work(work)


@dataclass(frozen=True, slots=True)
class CountIntegrations:
    """Count the integrations by status."""

    integrations: IntegrationPersistence

    async def __call__(self) -> Mapping[IntegrationStatus, int]:
        """Return a count for every status."""
        counts = await self.integrations.count()
        return {status: counts.get(status, 0) for status in IntegrationStatus}


@dataclass(frozen=True, slots=True)
class IntegrationsOfUsers:
    """Show the integrations of some users: for other apps."""

    integrations: IntegrationPersistence

    async def __call__(self, user_ids: Collection[UUID]) -> Sequence[OwnedIntegration]:
        """Return them by name."""
        return await self.integrations.of_users(user_ids)


@dataclass(frozen=True, slots=True)
class ReleaseUser:
    """Let a user go: for the app that erases users. Asks nobody and may be repeated."""

    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence
    trail: AuditTrail

    async def __call__(self, user_id: UUID) -> Sequence[UUID]:
        """Return the active integrations that stand in the way; without any, the user owns nothing for ever."""

        async def work() -> Sequence[UUID]:
            departure = await self.integrations.depart(user_id)
            await self.trail.record(*map(integration_deleted, departure.erased))
            return departure.active_ids

        return await self.unit_of_work(work)


@dataclass(frozen=True, slots=True)
class UnconfirmedDepartures:
    """Show users that were let go and may still be in the directory: a deletion that was cut in two."""

    integrations: IntegrationPersistence

    async def __call__(self, limit: int = 100) -> Sequence[UUID]:
        """Return the oldest ones."""
        return await self.integrations.unconfirmed_departures(limit)


@dataclass(frozen=True, slots=True)
class ConfirmDepartures:
    """Note that users are gone from the directory, too."""

    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence

    async def __call__(self, user_ids: Collection[UUID]) -> None:
        """May be repeated."""
        await self.unit_of_work(lambda: self.integrations.confirm_departures(user_ids))


@dataclass(frozen=True, slots=True)
class RowsByKey:
    """Count the rows that are sealed under each key."""

    tokens: SealedTokens

    async def __call__(self) -> Mapping[int, int]:
        """Return the counts by the keys' ids."""
        return await self.tokens.rows_by_key()


@dataclass(frozen=True, slots=True)
class RewrapTokens:
    """Seal all tokens anew under the primary key, while others read and write them.

    Each batch is kept by itself: stopped at any moment and started again, it goes on with what is left.
    """

    unit_of_work: UnitOfWork
    tokens: SealedTokens

    async def __call__(self, progress: Callable[[int], None] = lambda _: None) -> Sequence[UUID]:
        """Return the integrations whose tokens do not open. `progress` hears how many have been looked at."""
        unopened: list[UUID] = []
        seen, after, more = 0, None, True
        while more:
            page = await self.unit_of_work(partial(self.tokens.rewrap, after, _BATCH))
            unopened += page.unopened
            seen, after, more = seen + page.seen, page.last, page.last is not None
            progress(seen)
        return unopened


def _refuse_closed(upstream: Upstream, destination: Destination | None) -> None:
    if destination and destination.origin.scheme != "https" and not upstream.opens(destination.origin):
        raise InvalidInput("destination/base_url", "Only https://, unless the operator has opened this host and port.")


async def _known(directory: UserDirectory, user_id: UUID) -> UserSummary:
    users = await directory.get_many([user_id])
    if user_id not in users:
        raise UnknownUser("user_id")
    return users[user_id]


def _found(integration: Integration | None) -> Integration:
    if integration is None:
        raise IntegrationNotFound
    return integration
