"""What can be done with users: one callable for each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from remuner.shared.errors import PreconditionFailed
from remuner.shared.ids import new_id
from remuner.shared.pagination import Page
from remuner.users.domain.audit_entries import user_created, user_deleted, user_updated
from remuner.users.domain.entities import (
    NewUser,
    User,
    UserChanges,
    UserQuery,
    UserStatus,
    UserWithIntegrations,
)
from remuner.users.domain.errors import UnknownTeam, UserHasActiveIntegrations, UserNotFound
from remuner.users.domain.ports import (
    AuditTrail,
    Revisions,
    TeamPersistence,
    UnitOfWork,
    UserIntegrations,
    UserPersistence,
)

_BATCH = 1000
"""How many users one statement keeps."""


@dataclass(frozen=True, slots=True)
class CreateUser:
    """Make a user; raises EmailTaken or UnknownTeam."""

    unit_of_work: UnitOfWork
    users: UserPersistence
    teams: TeamPersistence
    trail: AuditTrail

    async def __call__(self, new: NewUser) -> UserWithIntegrations:
        """Return the user as kept, with its teams; a new user has no integrations."""
        await _check_teams(self.teams, new.team_ids)
        user = _new_user(new, datetime.now(UTC))

        async def work() -> User | None:
            await self.users.add(user)
            await self.trail.record(user_created(user, new.team_ids))
            if not new.team_ids:
                return user
            await self.users.set_teams(user.id, new.team_ids)
            return await self.users.get(user.id)

        return UserWithIntegrations(_found(await self.unit_of_work(work)), ())


@dataclass(frozen=True, slots=True)
class ImportUsers:
    """Make many users, all of them or none; raises UnknownTeam."""

    unit_of_work: UnitOfWork
    users: UserPersistence
    teams: TeamPersistence
    trail: AuditTrail

    async def __call__(
        self, new: Sequence[NewUser], *, keep: bool = True, progress: Callable[[int], None] = lambda _: None
    ) -> Sequence[int]:
        """Return the positions of those whose email another user, or an earlier one of them, has.

        If there are any, or without `keep`, none is kept. `progress` hears how many have been tried.
        """
        await _check_teams(self.teams, {team_id for each in new for team_id in each.team_ids})
        now = datetime.now(UTC)
        made = [(_new_user(each, now), each.team_ids) for each in new]

        async def work() -> None:
            taken = set[UUID]()
            for start in range(0, len(made), _BATCH):
                batch = made[start : start + _BATCH]
                taken |= set(await self.users.add_many([user for user, _ in batch]))
                kept = [(user, team_ids) for user, team_ids in batch if user.id not in taken]
                await self.trail.record(*(user_created(user, team_ids) for user, team_ids in kept))
                await self.users.join_teams([(user.id, team_id) for user, team_ids in kept for team_id in team_ids])
                progress(start + len(batch))
            if taken or not keep:
                raise _NotKept(taken)

        try:
            await self.unit_of_work(work)
        except _NotKept as error:
            return [position for position, (user, _) in enumerate(made) if user.id in error.taken]
        return ()


class _NotKept(Exception):
    """Ends a unit of work so that nothing of it is kept."""

    def __init__(self, taken: Collection[UUID]) -> None:
        self.taken = taken


@dataclass(frozen=True, slots=True)
class GetUser:
    """Show one user; raises UserNotFound."""

    users: UserPersistence
    integrations: UserIntegrations

    async def __call__(self, user_id: UUID) -> UserWithIntegrations:
        """Return the user with its teams and integrations."""
        user = _found(await self.users.get(user_id))
        of_users = await self.integrations.of_users([user_id])
        return UserWithIntegrations(user, of_users.get(user_id, ()))


@dataclass(frozen=True, slots=True)
class ListUsers:
    """Show the users that a query selects."""

    users: UserPersistence
    integrations: UserIntegrations

    async def __call__(self, query: UserQuery) -> Page[UserWithIntegrations]:
        """Return a page of users with their teams and integrations."""
        page = await self.users.list(query)
        of_users = await self.integrations.of_users([user.id for user in page.items])
        return page.map(lambda user: UserWithIntegrations(user, of_users.get(user.id, ())))


@dataclass(frozen=True, slots=True)
class LookUpUsers:
    """Show those of some users that exist: for other apps."""

    users: UserPersistence

    async def __call__(self, user_ids: Collection[UUID]) -> Mapping[UUID, User]:
        """Return the users by id, without their teams; missing ones are left out."""
        return {user.id: user for user in await self.users.get_many(user_ids)}


@dataclass(frozen=True, slots=True)
class IsUserActive:
    """Tell whether there is a user who is not inactive, from no cache: for other apps."""

    users: UserPersistence

    async def __call__(self, user_id: UUID) -> bool:
        """Return it as last written."""
        return await self.users.status(user_id) not in {None, UserStatus.INACTIVE}


@dataclass(frozen=True, slots=True)
class UpdateUser:
    """Change a user; raises UserNotFound, PreconditionFailed, EmailTaken or UnknownTeam."""

    unit_of_work: UnitOfWork
    users: UserPersistence
    teams: TeamPersistence
    get_user: GetUser
    trail: AuditTrail

    async def __call__(self, user_id: UUID, changes: UserChanges, expected: Revisions = None) -> UserWithIntegrations:
        """Return the user as it is after the change."""
        await _check_teams(self.teams, changes.team_ids)

        async def work() -> None:
            old = await self.users.change(user_id, changes, expected, datetime.now(UTC))
            if old is None:
                _found(await self.users.get(user_id))
                raise PreconditionFailed
            team_ids = () if changes.team_ids is None else await self.users.set_teams(user_id, changes.team_ids)
            await self.trail.record(user_updated(old, team_ids, changes))

        await self.unit_of_work(work)
        return await self.get_user(user_id)


@dataclass(frozen=True, slots=True)
class DeleteUser:
    """Erase a user and its inactive integrations.

    Raises UserNotFound, PreconditionFailed or UserHasActiveIntegrations. The integrations let the user go before the
    row does: where the two apps do not share a transaction, a deletion that was cut in between is completed by the
    next one.
    """

    unit_of_work: UnitOfWork
    users: UserPersistence
    integrations: UserIntegrations
    trail: AuditTrail

    async def __call__(self, user_id: UUID, expected: Revisions = None) -> None:
        """Nothing has changed when this raises."""

        async def work() -> None:
            user = _found(await self.users.hold(user_id))
            if expected is not None and user.revision not in expected:
                raise PreconditionFailed
            if active := await self.integrations.release(user_id):
                raise UserHasActiveIntegrations(active)
            team_ids = await self.users.set_teams(user_id, ())
            await self.users.remove(user_id)
            await self.trail.record(user_deleted(user, team_ids))
            await self.trail.forget(user_id)

        await self.unit_of_work(work)


@dataclass(frozen=True, slots=True)
class CountUsers:
    """Count the users by status."""

    users: UserPersistence

    async def __call__(self) -> Mapping[UserStatus, int]:
        """Return a count for every status."""
        counts = await self.users.count()
        return {status: counts.get(status, 0) for status in UserStatus}


def _new_user(new: NewUser, now: datetime) -> User:
    return User(new_id(), new.first_name, new.last_name, new.email, new.status, (), 1, now, now)


async def _check_teams(teams: TeamPersistence, team_ids: Collection[UUID] | None) -> None:
    """Refuse unknown teams before anything else; one that goes a moment later is refused by the persistence."""
    if team_ids and not set(team_ids) <= set(await teams.existing(team_ids)):
        raise UnknownTeam("team_ids")


def _found(user: User | None) -> User:
    if user is None:
        raise UserNotFound
    return user
