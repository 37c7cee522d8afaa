"""Which adapters answer the users' ports."""

from typing import NewType

from dishka import Provider, Scope, decorate, provide, provide_all

from remuner.shared.cache import Cache
from remuner.shared.cache_state import CacheState
from remuner.shared.counts import Counts
from remuner.shared.database import Database
from remuner.shared.idempotency_records import PostgresIdempotencyRecords
from remuner.shared.sealing import Sealer
from remuner.users.api.idempotency import UsersIdempotency
from remuner.users.domain import team_use_cases, use_cases
from remuner.users.domain.ports import TeamPersistence, UnitOfWork, UserPersistence
from remuner.users.persistence.cached import CachedTeams, CachedUsers
from remuner.users.persistence.postgres import PostgresTeams, PostgresUsers

UsersDatabase = NewType("UsersDatabase", Database)
UsersCacheState = NewType("UsersCacheState", CacheState)
UsersCache = NewType("UsersCache", Cache)
UsersCounts = NewType("UsersCounts", Counts)


class UsersProvider(Provider):
    """Built once, at start."""

    scope = Scope.APP

    use_cases = provide_all(
        use_cases.CreateUser,
        use_cases.ImportUsers,
        use_cases.GetUser,
        use_cases.ListUsers,
        use_cases.LookUpUsers,
        use_cases.IsUserActive,
        use_cases.UpdateUser,
        use_cases.DeleteUser,
        use_cases.CountUsers,
        team_use_cases.CreateTeam,
        team_use_cases.GetTeam,
        team_use_cases.ListTeams,
        team_use_cases.UpdateTeam,
        team_use_cases.DeleteTeam,
        team_use_cases.CountTeams,
        team_use_cases.ListMembers,
        team_use_cases.MembersOfTeams,
        team_use_cases.AddMember,
        team_use_cases.RemoveMember,
    )

    @provide
    def idempotency(self, database: UsersDatabase, sealer: Sealer, work: UnitOfWork) -> UsersIdempotency:
        """PostgreSQL."""
        return UsersIdempotency(PostgresIdempotencyRecords("users", database, sealer, work))

    @provide
    def unit_of_work(self, state: UsersCacheState) -> UnitOfWork:
        """Transactions of the users' database, while nobody reads from a cache that does not hear of them."""
        return state.unit_of_work

    @provide
    def counts(self, database: UsersDatabase) -> UsersCounts:
        """PostgreSQL."""
        return UsersCounts(Counts("users", database))

    @provide
    def users(self, database: UsersDatabase) -> UserPersistence:
        """PostgreSQL."""
        return PostgresUsers(database)

    @provide
    def teams(self, database: UsersDatabase) -> TeamPersistence:
        """PostgreSQL."""
        return PostgresTeams(database)


class CachedUsersProvider(Provider):
    """What is exchanged for a cache in front of PostgreSQL."""

    scope = Scope.APP

    @provide(override=True)
    def unit_of_work(self, cache: UsersCache) -> UnitOfWork:
        """Transactions that the cache hears of."""
        return cache.unit_of_work

    @decorate
    def users(self, users: UserPersistence, cache: UsersCache) -> UserPersistence:
        """Cached."""
        return CachedUsers(users, cache)

    @decorate
    def teams(self, teams: TeamPersistence, cache: UsersCache) -> TeamPersistence:
        """Cached."""
        return CachedTeams(teams, cache)
