"""The users' persistence ports with a cache in front of any implementation of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from remuner.shared.cache import Cache
from remuner.shared.pagination import Page
from remuner.users.domain.entities import (
    MemberSummary,
    Team,
    TeamChanges,
    TeamQuery,
    User,
    UserChanges,
    UserQuery,
    UserStatus,
)
from remuner.users.domain.ports import Revisions, TeamPersistence, UserPersistence

_USER: TypeAdapter[User | None] = TypeAdapter(User | None)
_TEAM: TypeAdapter[Team | None] = TypeAdapter(Team | None)
_USER_COUNTS: TypeAdapter[Mapping[UserStatus, int]] = TypeAdapter(dict[UserStatus, int])
_TEAM_COUNT = TypeAdapter(int)

_COUNTED = "users:counts"
_COUNTED_TEAMS = "users:teams:count"
_TEAM_NAMES = "users:teams:names"
"""Above all users, who show the names of their teams."""
_MEMBERS = "users:teams:members"
"""Above all teams, which show how many members they have."""


def _user(user_id: UUID) -> str:
    return f"users:user:{user_id}"


def _team(team_id: UUID) -> str:
    return f"users:team:{team_id}"


@dataclass(frozen=True, slots=True)
class CachedUsers:
    """UserPersistence; users and their counts are kept, lists are not."""

    users: UserPersistence
    cache: Cache

    async def add(self, user: User) -> None:
        """Add; the counts are others."""
        await self.users.add(user)
        self.cache.touch(_COUNTED)

    async def add_many(self, users: Sequence[User]) -> Collection[UUID]:
        """Add; the counts are others."""
        left_out = await self.users.add_many(users)
        self.cache.touch(_COUNTED)
        return left_out

    async def get(self, user_id: UUID) -> User | None:
        """Return the one that is kept, if there is one."""
        return await self.cache.read(_user(user_id), lambda: self.users.get(user_id), _USER, under=_TEAM_NAMES)

    async def get_many(self, user_ids: Collection[UUID]) -> Sequence[User]:
        """Look for a single one as `get` does; many take one query, which is less than asking for each."""
        if len(user_ids) != 1:
            return await self.users.get_many(user_ids)
        user = await self.get(next(iter(user_ids)))
        return [replace(user, teams=())] if user else []

    async def list(self, query: UserQuery) -> Page[User]:
        """Hand on."""
        return await self.users.list(query)

    async def change(self, user_id: UUID, changes: UserChanges, expected: Revisions, now: datetime) -> User | None:
        """Change; so are the counts, if the status is."""
        old = await self.users.change(user_id, changes, expected, now)
        self.cache.touch(_user(user_id))
        if changes.status is not None:
            self.cache.touch(_COUNTED)
        return old

    async def set_teams(self, user_id: UUID, team_ids: Collection[UUID]) -> Collection[UUID]:
        """Set; teams that came or went have another number of members."""
        before = await self.users.set_teams(user_id, team_ids)
        self.cache.touch(_user(user_id), *map(_team, {*before} ^ {*team_ids}))
        return before

    async def join_teams(self, memberships: Collection[tuple[UUID, UUID]]) -> None:
        """Join; both sides show it."""
        await self.users.join_teams(memberships)
        self.cache.touch(*(key for user_id, team_id in memberships for key in (_user(user_id), _team(team_id))))

    async def status(self, user_id: UUID) -> UserStatus | None:
        """Hand on: this is for those who must not see what is kept."""
        return await self.users.status(user_id)

    async def hold(self, user_id: UUID) -> User | None:
        """Hand on."""
        return await self.users.hold(user_id)

    async def remove(self, user_id: UUID) -> None:
        """Remove; memberships go along, and which ones is known to nobody before."""
        await self.users.remove(user_id)
        self.cache.touch(_user(user_id), _COUNTED, _MEMBERS)

    async def count(self) -> Mapping[UserStatus, int]:
        """Return the counts that are kept, if they are."""
        return await self.cache.read(_COUNTED, self.users.count, _USER_COUNTS)


@dataclass(frozen=True, slots=True)
class CachedTeams:
    """TeamPersistence; teams and their count are kept, lists are not."""

    teams: TeamPersistence
    cache: Cache

    async def add(self, team: Team) -> None:
        """Add; the count is another."""
        await self.teams.add(team)
        self.cache.touch(_COUNTED_TEAMS)

    async def get(self, team_id: UUID) -> Team | None:
        """Return the one that is kept, if there is one."""
        return await self.cache.read(_team(team_id), lambda: self.teams.get(team_id), _TEAM, under=_MEMBERS)

    async def existing(self, team_ids: Collection[UUID]) -> Collection[UUID]:
        """Hand on."""
        return await self.teams.existing(team_ids)

    async def list(self, query: TeamQuery) -> Page[Team]:
        """Hand on."""
        return await self.teams.list(query)

    async def change(self, team_id: UUID, changes: TeamChanges, expected: Revisions, now: datetime) -> Team | None:
        """Change; all members show another name."""
        old = await self.teams.change(team_id, changes, expected, now)
        self.cache.touch(_team(team_id))
        if changes.name is not None:
            self.cache.touch(_TEAM_NAMES)
        return old

    async def hold(self, team_id: UUID) -> Team | None:
        """Hand on."""
        return await self.teams.hold(team_id)

    async def remove(self, team_id: UUID) -> None:
        """Remove; no member shows it any more."""
        await self.teams.remove(team_id)
        self.cache.touch(_team(team_id), _COUNTED_TEAMS, _TEAM_NAMES)

    async def set_members(self, team_id: UUID, user_ids: Collection[UUID]) -> Collection[UUID]:
        """Set; users who came or went show it."""
        before = await self.teams.set_members(team_id, user_ids)
        self.cache.touch(_team(team_id), *map(_user, {*before} ^ {*user_ids}))
        return before

    async def members(self, team_ids: Collection[UUID], limit: int) -> Mapping[UUID, Sequence[MemberSummary]]:
        """Hand on."""
        return await self.teams.members(team_ids, limit)

    async def add_member(self, team_id: UUID, user_id: UUID) -> bool:
        """Add; both sides show it."""
        added = await self.teams.add_member(team_id, user_id)
        self.cache.touch(_team(team_id), _user(user_id))
        return added

    async def remove_member(self, team_id: UUID, user_id: UUID) -> bool:
        """Take out; both sides show it."""
        removed = await self.teams.remove_member(team_id, user_id)
        self.cache.touch(_team(team_id), _user(user_id))
        return removed

    async def count(self) -> int:
        """Return the count that is kept, if it is."""
        return await self.cache.read(_COUNTED_TEAMS, self.teams.count, _TEAM_COUNT)
