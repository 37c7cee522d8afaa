"""What users and teams look like in minor 2, on the way in and out."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from remuner.shared.fields import Id, Input, Moment, SearchText
from remuner.shared.http import PageOutput, PageParameters
from remuner.users.api.v1_1 import serializers as minor_1
from remuner.users.api.v1_1.serializers import (
    EmailAddress,
    FirstName,
    LastName,
    TeamName,
)
from remuner.users.domain.entities import (
    NewTeam,
    NewUser,
    Team,
    TeamChanges,
    UserChanges,
    UserStatus,
    UserWithIntegrations,
)


@with_config(
    ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4",
                "first_name": "Ada",
                "last_name": "Lovelace",
                "email": "ada@example.com",
                "status": "active",
                "teams": [{"id": "0192f0c0-5b1d-7e2f-8a3c-1d2e3f405162", "name": "Sales EMEA"}],
                "integrations": [{"id": "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4", "name": "HubSpot", "status": "active"}],
                "created_at": "2026-01-02T03:04:05.678901Z",
                "updated_at": "2026-01-02T03:04:05.678901Z",
            }
        }
    )
)
class UserOutput(minor_1.UserOutput):
    """A user."""

    created_at: datetime
    updated_at: datetime


def show_user(entity: UserWithIntegrations) -> UserOutput:
    """Show a user as minor 1 does, and when it was made and changed."""
    user = entity.user
    return {**minor_1.show_user(entity), "created_at": user.created_at, "updated_at": user.updated_at}


class UserPage(PageOutput[UserOutput]):
    """A page of users."""


class UserCreate(Input):
    """A new user."""

    first_name: FirstName
    last_name: LastName
    email: EmailAddress
    status: UserStatus = UserStatus.ACTIVE
    team_ids: list[Id] = Field(default=[], description="Teams to be in.")

    def to_domain(self) -> NewUser:
        """Return it as the domain knows it."""
        return NewUser(self.first_name, self.last_name, self.email, self.status, self.team_ids)


class UserPatch(Input):
    """Changes of a user; what is left out stays."""

    first_name: FirstName | MISSING = MISSING
    last_name: LastName | MISSING = MISSING
    email: EmailAddress | MISSING = MISSING
    status: UserStatus | MISSING = MISSING
    team_ids: list[Id] | MISSING = Field(default=MISSING, description="Replaces all memberships.")

    def to_domain(self) -> UserChanges:
        """Return it as the domain knows it."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return UserChanges(**given)


class UserParameters(PageParameters):
    """The query of the list of users."""

    q: SearchText | None = Field(None, description="Part of either name or of the email, in any case.")
    status: UserStatus | None = None
    team_id: Id | None = None
    updated_since: Moment | None = Field(None, description="Changed at or after this moment (RFC 3339).")
    sort: Literal["created_at", "-created_at", "last_name", "-last_name", "email", "-email"] = "created_at"


class UserStats(TypedDict):
    """How many users there are."""

    total: int
    active: int
    pending: int
    inactive: int


@with_config(
    ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0192f0c0-5b1d-7e2f-8a3c-1d2e3f405162",
                "name": "Sales EMEA",
                "members_count": 12,
                "created_at": "2026-01-02T03:04:05.678901Z",
                "updated_at": "2026-01-02T03:04:05.678901Z",
            }
        }
    )
)
class TeamOutput(TypedDict):
    """A team."""

    id: UUID
    name: str
    members_count: int
    created_at: datetime
    updated_at: datetime


def show_team(team: Team) -> TeamOutput:
    """Show a team."""
    return {
        "id": team.id,
        "name": team.name,
        "members_count": team.members_count,
        "created_at": team.created_at,
        "updated_at": team.updated_at,
    }


class TeamPage(PageOutput[TeamOutput]):
    """A page of teams."""


class TeamCreate(Input):
    """A new team."""

    name: TeamName
    user_ids: list[Id] = Field(default=[], description="Users to be in it.")

    def to_domain(self) -> NewTeam:
        """Return it as the domain knows it."""
        return NewTeam(self.name, self.user_ids)


class TeamPatch(Input):
    """Changes of a team; what is left out stays."""

    name: TeamName | MISSING = MISSING
    user_ids: list[Id] | MISSING = Field(default=MISSING, description="Replaces all memberships.")

    def to_domain(self) -> TeamChanges:
        """Return it as the domain knows it."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return TeamChanges(**given)


class TeamParameters(PageParameters):
    """The query of the list of teams."""

    q: SearchText | None = Field(None, description="Part of the name, in any case.")
    sort: Literal["created_at", "-created_at", "name", "-name"] = "created_at"


class MemberParameters(PageParameters):
    """The query of the list of a team's members."""

    sort: Literal["created_at", "-created_at", "last_name", "-last_name", "email", "-email"] = "created_at"


class TeamStats(TypedDict):
    """How many teams there are."""

    total: int
