"""What users and teams look like in minor 1, on the way in and out. Fields that it does not know are ignored."""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from remuner.shared.fields import Email, Id, Name
from remuner.shared.minor_1 import TolerantInput
from remuner.users.domain.entities import (
    MemberSummary,
    NewTeam,
    NewUser,
    Team,
    TeamChanges,
    UserChanges,
    UserStatus,
    UserWithIntegrations,
)

FirstName = Annotated[Name, Field(examples=["Ada"])]
LastName = Annotated[Name, Field(examples=["Lovelace"])]
EmailAddress = Annotated[Email, Field(examples=["ada@example.com"])]
TeamName = Annotated[Name, Field(examples=["Sales EMEA"])]


class TeamReference(TypedDict):
    """A team of a user."""

    id: UUID
    name: str


class IntegrationReference(TypedDict):
    """An integration of a user."""

    id: UUID
    name: str
    status: Literal["active", "inactive"]


class MemberReference(TypedDict):
    """A user of a team."""

    id: UUID
    first_name: str
    last_name: str
    email: str


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
            }
        }
    )
)
class UserOutput(TypedDict):
    """A user."""

    id: UUID
    first_name: str
    last_name: str
    email: str
    status: UserStatus
    teams: list[TeamReference]
    integrations: list[IntegrationReference]


def show_user(entity: UserWithIntegrations) -> UserOutput:
    """Show a user; every value comes from the domain, so nothing is validated again."""
    user = entity.user
    return {
        "id": user.id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "status": user.status,
        "teams": [{"id": team.id, "name": team.name} for team in user.teams],
        "integrations": [{"id": each.id, "name": each.name, "status": each.status} for each in entity.integrations],
    }


class UserCreate(TolerantInput):
    """A new user."""

    first_name: FirstName
    last_name: LastName
    email: EmailAddress
    teams: list[Id] = Field(default=[], description="Teams to be in.")

    def to_domain(self) -> NewUser:
        """Return it as the domain knows it."""
        return NewUser(self.first_name, self.last_name, self.email, team_ids=self.teams)


class UserEdit(TolerantInput):
    """A user as it is to be; without `teams` the memberships stay."""

    first_name: FirstName
    last_name: LastName
    email: EmailAddress
    teams: list[Id] | MISSING = Field(default=MISSING, description="Replaces all memberships.")

    def to_domain(self) -> UserChanges:
        """Return it as the domain knows it."""
        teams = None if self.teams is MISSING else self.teams
        return UserChanges(self.first_name, self.last_name, self.email, team_ids=teams)


@with_config(
    ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0192f0c0-5b1d-7e2f-8a3c-1d2e3f405162",
                "name": "Sales EMEA",
                "users": [
                    {
                        "id": "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4",
                        "first_name": "Ada",
                        "last_name": "Lovelace",
                        "email": "ada@example.com",
                    }
                ],
            }
        }
    )
)
class TeamOutput(TypedDict):
    """A team."""

    id: UUID
    name: str
    users: Annotated[list[MemberReference], Field(description="The first 1000.")]


def show_team(team: Team, members: Iterable[MemberSummary]) -> TeamOutput:
    """Show a team and its members, as `show_user` does."""
    users: list[MemberReference] = [
        {"id": each.id, "first_name": each.first_name, "last_name": each.last_name, "email": each.email}
        for each in members
    ]
    return {"id": team.id, "name": team.name, "users": users}


class TeamCreate(TolerantInput):
    """A new team."""

    name: TeamName
    users: list[Id] = Field(default=[], description="Users to be in it.")

    def to_domain(self) -> NewTeam:
        """Return it as the domain knows it."""
        return NewTeam(self.name, self.users)


class TeamEdit(TolerantInput):
    """A team as it is to be; without `users` the memberships stay."""

    name: TeamName
    users: list[Id] | MISSING = Field(default=MISSING, description="Replaces all memberships.")

    def to_domain(self) -> TeamChanges:
        """Return it as the domain knows it."""
        return TeamChanges(self.name, None if self.users is MISSING else self.users)
