"""The only place where the apps meet: one app's ports answered with the other's use cases.

In two services, these would become clients of each other's API, and nothing inside an app would change.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dishka import Provider, Scope, provide

from remuner.access.dependency_injection.providers import AccessDatabase
from remuner.access.domain.authenticate import CurrentUseLimits
from remuner.access.domain.ports import AuditTrail as AccessTrail
from remuner.audit.dependency_injection.providers import events_in
from remuner.audit.domain.use_cases import ForgetPerson, RecordEvents, RecordUses
from remuner.integrations.dependency_injection.providers import IntegrationsDatabase
from remuner.integrations.domain.entities import UserSummary
from remuner.integrations.domain.ports import AuditTrail as IntegrationsTrail
from remuner.integrations.domain.ports import CallerKeys, UserDirectory, UseTrail
from remuner.integrations.domain.use_cases import (
    ConfirmDepartures,
    IntegrationsOfUsers,
    ReleaseUser,
    UnconfirmedDepartures,
)
from remuner.shared.audit import AuditEntry
from remuner.shared.context import UseLimits, current_caller
from remuner.shared.database import Database
from remuner.users.dependency_injection.providers import UsersDatabase
from remuner.users.domain.entities import IntegrationSummary
from remuner.users.domain.errors import UserNotFound
from remuner.users.domain.ports import AuditTrail as UsersTrail
from remuner.users.domain.ports import UserIntegrations
from remuner.users.domain.use_cases import DeleteUser, IsUserActive, LookUpUsers

SWEEP_SECONDS = 60.0
"""How often cut deletions are looked for."""

_logger = logging.getLogger("remuner.bridges")


@dataclass(frozen=True, slots=True)
class UserIntegrationsBridge(UserIntegrations):
    """What users ask of integrations."""

    integrations: IntegrationsOfUsers
    release_user: ReleaseUser

    async def of_users(self, user_ids: Collection[UUID]) -> Mapping[UUID, tuple[IntegrationSummary, ...]]:
        """Group the integrations by their user."""
        of_users: dict[UUID, tuple[IntegrationSummary, ...]] = defaultdict(tuple)
        for each in await self.integrations(user_ids):
            of_users[each.user_id] += (IntegrationSummary(each.id, each.name, each.status.value),)
        return of_users

    async def release(self, user_id: UUID) -> Sequence[UUID]:
        """Hand on."""
        return await self.release_user(user_id)


@dataclass(frozen=True, slots=True)
class UserDirectoryBridge(UserDirectory):
    """What integrations ask of users."""

    look_up_users: LookUpUsers
    is_user_active: IsUserActive

    async def is_active(self, user_id: UUID) -> bool:
        """Hand on."""
        return await self.is_user_active(user_id)

    async def get_many(self, user_ids: Collection[UUID]) -> Mapping[UUID, UserSummary]:
        """Show of each user what integrations need."""
        users = await self.look_up_users(user_ids)
        return {
            user_id: UserSummary(user.id, user.first_name, user.last_name, user.email)
            for user_id, user in users.items()
        }


@dataclass(frozen=True, slots=True)
class AuditTrailBridge(UsersTrail, IntegrationsTrail, AccessTrail):
    """What every app asks of audit."""

    record_events: RecordEvents
    forget_person: ForgetPerson

    @classmethod
    def within(cls, database: Database) -> "AuditTrailBridge":
        """Return the trail in an app's own database, so that entries commit with the app's writes."""
        events = events_in(database)
        return cls(RecordEvents(events), ForgetPerson(events))

    async def record(self, *entries: AuditEntry) -> None:
        """Hand on."""
        await self.record_events(entries)

    async def forget(self, user_id: UUID) -> None:
        """Hand on."""
        await self.forget_person(user_id)


@dataclass(frozen=True, slots=True)
class UseTrailBridge(UseTrail):
    """What integrations ask of audit when a token is used."""

    record_uses: RecordUses

    async def intend(self, entry: AuditEntry) -> None:
        """Hand on."""
        await self.record_uses.now(entry)

    def conclude(self, entry: AuditEntry) -> None:
        """Hand on."""
        self.record_uses.soon(entry)


@dataclass(frozen=True, slots=True)
class CallerKeysBridge(CallerKeys):
    """What integrations ask of access."""

    current_use_limits: CurrentUseLimits

    async def limits(self) -> UseLimits | None:
        """Ask for the caller of the running request."""
        return await self.current_use_limits(current_caller.get())


@dataclass(frozen=True, slots=True)
class DepartureSweeper:
    """Completes deletions of users that were cut between the two apps.

    That happens only where the apps do not share a transaction: the integrations have let the user go for ever, and
    the process died before the user's row was deleted.
    """

    departures: UnconfirmedDepartures
    confirm: ConfirmDepartures
    delete_user: DeleteUser

    async def sweep(self) -> int:
        """Complete what was cut, and return how many departures are confirmed by that."""
        user_ids = await self.departures()
        for user_id in user_ids:
            try:
                await self.delete_user(user_id)
            except UserNotFound:
                continue
            _logger.warning("completed the deletion of user %s, which had been cut off", user_id)
        if user_ids:
            await self.confirm(user_ids)
        return len(user_ids)

    async def sweep_all(self) -> None:
        """Sweep until nothing is left."""
        while await self.sweep():
            pass


class BridgesProvider(Provider):
    """Built once, at start."""

    scope = Scope.APP

    user_integrations = provide(UserIntegrationsBridge, provides=UserIntegrations)
    user_directory = provide(UserDirectoryBridge, provides=UserDirectory)
    caller_keys = provide(CallerKeysBridge, provides=CallerKeys)
    use_trail = provide(UseTrailBridge, provides=UseTrail)
    sweeper = provide(DepartureSweeper)

    @provide
    def record_uses(self, database: IntegrationsDatabase) -> RecordUses:
        """In the integrations' database."""
        return RecordUses(events_in(database))

    @provide
    def users_trail(self, database: UsersDatabase) -> UsersTrail:
        """In the users' database."""
        return AuditTrailBridge.within(database)

    @provide
    def access_trail(self, database: AccessDatabase) -> AccessTrail:
        """In the database of access."""
        return AuditTrailBridge.within(database)

    @provide
    def integrations_trail(self, database: IntegrationsDatabase) -> IntegrationsTrail:
        """In the integrations' database."""
        return AuditTrailBridge.within(database)
