"""People and their teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from remuner.shared.pagination import PageRequest


class UserStatus(StrEnum):
    """Where a person stands; new ones are active."""

    ACTIVE = "active"
    PENDING = "pending"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class TeamSummary:
    """A team as its members show it."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class User:
    """A person. `revision` counts the changes of the user's own fields, from 1."""

    id: UUID
    first_name: str
    last_name: str
    email: str
    status: UserStatus
    teams: tuple[TeamSummary, ...]
    revision: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class IntegrationSummary:
    """An integration as its user shows it."""

    id: UUID
    name: str
    status: Literal["active", "inactive"]


@dataclass(frozen=True, slots=True)
class UserWithIntegrations:
    """A person with the integrations that another app keeps."""

    user: User
    integrations: tuple[IntegrationSummary, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """A named group of users. `revision` counts the changes of its own fields, from 1."""

    id: UUID
    name: str
    members_count: int
    revision: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class MemberSummary:
    """A user as a team shows it."""

    id: UUID
    first_name: str
    last_name: str
    email: str


@dataclass(frozen=True, slots=True)
class NewUser:
    """What it takes to create a user."""

    first_name: str
    last_name: str
    email: str
    status: UserStatus = UserStatus.ACTIVE
    team_ids: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class UserChanges:
    """What to change; None leaves a field as it is. `team_ids` replaces all memberships."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    status: UserStatus | None = None
    team_ids: Sequence[UUID] | None = None


@dataclass(frozen=True, slots=True)
class NewTeam:
    """What it takes to create a team."""

    name: str
    user_ids: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class TeamChanges:
    """What to change; None leaves a field as it is. `user_ids` replaces all memberships."""

    name: str | None = None
    user_ids: Sequence[UUID] | None = None


@dataclass(frozen=True, slots=True)
class UserQuery:
    """Which users to list; `q` is part of either name or of the email, in any case."""

    page: PageRequest
    q: str | None = None
    status: UserStatus | None = None
    team_id: UUID | None = None
    updated_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class TeamQuery:
    """Which teams to list; `q` is part of the name, in any case."""

    page: PageRequest
    q: str | None = None
