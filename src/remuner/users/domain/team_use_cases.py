"""What can be done with teams: one callable for each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from remuner.shared.errors import PreconditionFailed
from remuner.shared.ids import new_id
from remuner.shared.pagination import Page, PageRequest
from remuner.users.domain.audit_entries import (
    member_added,
    member_removed,
    team_created,
    team_deleted,
    team_updated,
)
from remuner.users.domain.entities import (
    MemberSummary,
    NewTeam,
    Team,
    TeamChanges,
    TeamQuery,
    UserQuery,
    UserWithIntegrations,
)
from remuner.users.domain.errors import TeamNotFound, UnknownUser, UserNotFound
from remuner.users.domain.ports import AuditTrail, Revisions, TeamPersistence, UnitOfWork, UserPersistence
from remuner.users.domain.use_cases import ListUsers


@dataclass(frozen=True, slots=True)
class CreateTeam:
    """Make a team; raises TeamNameTaken or UnknownUser."""

    unit_of_work: UnitOfWork
    teams: TeamPersistence
    users: UserPersistence
    trail: AuditTrail

    async def __call__(self, new: NewTeam) -> Team:
        """Return the team as kept."""
        await _check_users(self.users, new.user_ids)
        now = datetime.now(UTC)
        team = Team(new_id(), new.name, 0, 1, now, now)

        async def work() -> Team | None:
            await self.teams.add(team)
            await self.trail.record(team_created(team, new.user_ids))
            if not new.user_ids:
                return team
            await self.teams.set_members(team.id, new.user_ids)
            return await self.teams.get(team.id)

        return _found(await self.unit_of_work(work))


@dataclass(frozen=True, slots=True)
class GetTeam:
    """Show one team; raises TeamNotFound."""

    teams: TeamPersistence

    async def __call__(self, team_id: UUID) -> Team:
        """Return the team."""
        return _found(await self.teams.get(team_id))


@dataclass(frozen=True, slots=True)
class ListTeams:
    """Show the teams that a query selects."""

    teams: TeamPersistence

    async def __call__(self, query: TeamQuery) -> Page[Team]:
        """Return a page of teams."""
        return await self.teams.list(query)


@dataclass(frozen=True, slots=True)
class UpdateTeam:
    """Change a team; raises TeamNotFound, PreconditionFailed, TeamNameTaken or UnknownUser."""

    unit_of_work: UnitOfWork
    teams: TeamPersistence
    users: UserPersistence
    trail: AuditTrail

    async def __call__(self, team_id: UUID, changes: TeamChanges, expected: Revisions = None) -> Team:
        """Return the team as it is after the change."""
        await _check_users(self.users, changes.user_ids)

        async def work() -> Team:
            old = await self.teams.change(team_id, changes, expected, datetime.now(UTC))
            if old is None:
                _found(await self.teams.get(team_id))
                raise PreconditionFailed
            user_ids = () if changes.user_ids is None else await self.teams.set_members(team_id, changes.user_ids)
            await self.trail.record(team_updated(old, user_ids, changes))
            return _found(await self.teams.get(team_id))

        return await self.unit_of_work(work)


@dataclass(frozen=True, slots=True)
class DeleteTeam:
    """Remove a team; its users stay. Raises TeamNotFound or PreconditionFailed."""

    unit_of_work: UnitOfWork
    teams: TeamPersistence
    trail: AuditTrail

    async def __call__(self, team_id: UUID, expected: Revisions = None) -> None:
        """Nothing has changed when this raises."""

        async def work() -> None:
            team = _found(await self.teams.hold(team_id))
            if expected is not None and team.revision not in expected:
                raise PreconditionFailed
            user_ids = await self.teams.set_members(team_id, ())
            await self.teams.remove(team_id)
            await self.trail.record(team_deleted(team, user_ids))

        await self.unit_of_work(work)


@dataclass(frozen=True, slots=True)
class CountTeams:
    """Count the teams."""

    teams: TeamPersistence

    async def __call__(self) -> int:
        """Return how many there are."""
        return await self.teams.count()


@dataclass(frozen=True, slots=True)
class ListMembers:
    """Show a team's users; raises TeamNotFound."""

    teams: TeamPersistence
    list_users: ListUsers

    async def __call__(self, team_id: UUID, page: PageRequest) -> Page[UserWithIntegrations]:
        """Return a page of users with their teams and integrations."""
        _found(await self.teams.get(team_id))
        return await self.list_users(UserQuery(page, team_id=team_id))


@dataclass(frozen=True, slots=True)
class MembersOfTeams:
    """Show the first users of some teams."""

    teams: TeamPersistence

    async def __call__(self, team_ids: Collection[UUID], limit: int) -> Mapping[UUID, Sequence[MemberSummary]]:
        """Return at most `limit` for every team, as they were created."""
        members = await self.teams.members(team_ids, limit)
        return {team_id: members.get(team_id, ()) for team_id in team_ids}


@dataclass(frozen=True, slots=True)
class AddMember:
    """Put a user in a team; raises TeamNotFound or UserNotFound."""

    unit_of_work: UnitOfWork
    teams: TeamPersistence
    trail: AuditTrail

    async def __call__(self, team_id: UUID, user_id: UUID) -> None:
        """May be repeated."""

        async def work() -> None:
            if await self.teams.add_member(team_id, user_id):
                await self.trail.record(member_added(team_id, user_id))

        await self.unit_of_work(work)


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """Take a user out of a team; raises TeamNotFound or UserNotFound."""

    unit_of_work: UnitOfWork
    teams: TeamPersistence
    users: UserPersistence
    trail: AuditTrail

    async def __call__(self, team_id: UUID, user_id: UUID) -> None:
        """May be repeated, also for a user who was never in the team."""

        async def work() -> None:
            _found(await self.teams.get(team_id))
            if not await self.users.get_many([user_id]):
                raise UserNotFound
            if await self.teams.remove_member(team_id, user_id):
                await self.trail.record(member_removed(team_id, user_id))

        await self.unit_of_work(work)


async def _check_users(users: UserPersistence, user_ids: Collection[UUID] | None) -> None:
    """Refuse unknown users before anything else; one that goes a moment later is refused by the persistence."""
    if user_ids and not set(user_ids) <= {user.id for user in await users.get_many(user_ids)}:
        raise UnknownUser("user_ids")


def _found(team: Team | None) -> Team:
    if team is None:
        raise TeamNotFound
    return team
