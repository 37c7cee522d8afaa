"""What the users' domain needs from outside."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from remuner.shared.audit import AuditEntry
from remuner.shared.pagination import Page
from remuner.users.domain.entities import (
    IntegrationSummary,
    MemberSummary,
    Team,
    TeamChanges,
    TeamQuery,
    User,
    UserChanges,
    UserQuery,
    UserStatus,
)

T = TypeVar("T")

Revisions = Collection[int] | None
"""The revisions that a caller accepts (If-Match); None accepts any."""


class UnitOfWork(Protocol):
    """Everything that `work` writes in this app is kept together, or nothing is.

    Runs `work` again when the database or a ConcurrentUpdate asks for it, so it must be repeatable.
    """

    async def __call__(self, work: Callable[[], Awaitable[T]]) -> T: ...


class UserPersistence(Protocol):
    """Keeps users and answers for them."""

    async def add(self, user: User) -> None:
        """Keep a new user, without teams; raises EmailTaken."""

    async def add_many(self, users: Sequence[User]) -> Collection[UUID]:
        """Keep new users, without teams, but those whose email another user, or an earlier one of them, has.

        Return the ids of those that were left out.
        """

    async def get(self, user_id: UUID) -> User | None: ...

    async def get_many(self, user_ids: Collection[UUID]) -> Sequence[User]:
        """Return those of the users that exist, in any order, without their teams."""

    async def list(self, query: UserQuery) -> Page[User]: ...

    async def change(self, user_id: UUID, changes: UserChanges, expected: Revisions, now: datetime) -> User | None:
        """Change the user's own fields, raise the revision and return the user as it was, without its teams.

        None if no such user has an expected revision. Raises EmailTaken.
        """

    async def set_teams(self, user_id: UUID, team_ids: Collection[UUID]) -> Collection[UUID]:
        """Make these the user's only teams and return those that it had; raises UnknownTeam."""

    async def join_teams(self, memberships: Collection[tuple[UUID, UUID]]) -> None:
        """Put users in teams, each pair a user and a team, beside those they are in; raises UnknownTeam."""

    async def status(self, user_id: UUID) -> UserStatus | None:
        """Return the user's status as last written, from no cache."""

    async def hold(self, user_id: UUID) -> User | None:
        """Keep others from changing the user until the unit of work ends; return it without its teams."""

    async def remove(self, user_id: UUID) -> None: ...

    async def count(self) -> Mapping[UserStatus, int]:
        """Return how many users have each status; a status that nobody has may be missing."""


class TeamPersistence(Protocol):
    """Keeps teams and who is in them."""

    async def add(self, team: Team) -> None:
        """Keep a new team, without members; raises TeamNameTaken."""

    async def get(self, team_id: UUID) -> Team | None: ...

    async def existing(self, team_ids: Collection[UUID]) -> Collection[UUID]:
        """Return those of the ids that are teams'."""

    async def list(self, query: TeamQuery) -> Page[Team]: ...

    async def change(self, team_id: UUID, changes: TeamChanges, expected: Revisions, now: datetime) -> Team | None:
        """Change the team's own fields, raise the revision and return the team as it was.

        None if no such team has an expected revision. Raises TeamNameTaken.
        """

    async def hold(self, team_id: UUID) -> Team | None:
        """Keep others from changing the team until the unit of work ends; return it."""

    async def remove(self, team_id: UUID) -> None: ...

    async def set_members(self, team_id: UUID, user_ids: Collection[UUID]) -> Collection[UUID]:
        """Make these the team's only members and return those that it had; raises UnknownUser."""

    async def members(self, team_ids: Collection[UUID], limit: int) -> Mapping[UUID, Sequence[MemberSummary]]:
        """Return the first members of each team, as they were created; a team without any may be missing."""

    async def add_member(self, team_id: UUID, user_id: UUID) -> bool:
        """Put the user in the team; False if it is there already. Raises TeamNotFound or UserNotFound."""

    async def remove_member(self, team_id: UUID, user_id: UUID) -> bool:
        """Take the user out of the team; False if it is not there."""

    async def count(self) -> int: ...


class UserIntegrations(Protocol):
    """The integrations that users have; another app keeps them."""

    async def of_users(self, user_ids: Collection[UUID]) -> Mapping[UUID, tuple[IntegrationSummary, ...]]:
        """Return each user's integrations by name; a user without any may be missing."""

    async def release(self, user_id: UUID) -> Sequence[UUID]:
        """Let the user go: erase its integrations and take no new ones.

        Return the ids of the active ones that stand in the way; nothing has changed then.
        May be repeated; stays true for ever.
        """


class AuditTrail(Protocol):
    """Where every write is noted; another app keeps it."""

    async def record(self, *entries: AuditEntry) -> None:
        """Keep them with what the unit of work writes, or neither."""

    async def forget(self, user_id: UUID) -> None:
        """Erase the personal values of all entries about the user, as recorded before."""
