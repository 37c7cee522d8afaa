"""What users and teams look like in minor 2, on the way in and out."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import MISSING, BaseModel, Field

from remuner.shared.fields import Email, Id, Input, Moment, Name, SearchText
from remuner.shared.http import PageParameters
from remuner.users.domain.entities import (
    NewTeam,
    NewUser,
    Team,
    TeamChanges,
    UserChanges,
    UserStatus,
    UserWithIntegrations,
)


class TeamReference(BaseModel):
    """A team of a user."""

    id: UUID
    name: str


class IntegrationReference(BaseModel):
    """An integration of a user."""

    id: UUID
    name: str
    status: Literal["active", "inactive"]


class UserOutput(BaseModel):
    """A user."""

    id: UUID
    first_name: str
    last_name: str
    email: str
    status: UserStatus
    teams: list[TeamReference]
    integrations: list[IntegrationReference]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, entity: UserWithIntegrations) -> "UserOutput":
        """Show a user; every value comes from the domain, so nothing is validated again."""
        user = entity.user
        return cls.model_construct(
            id=user.id,
            first_name=user.first_name,
            last_name=user.last_name,
            email=user.email,
            status=user.status,
            teams=[TeamReference.model_construct(id=team.id, name=team.name) for team in user.teams],
            integrations=[
                IntegrationReference.model_construct(id=each.id, name=each.name, status=each.status)
                for each in entity.integrations
            ],
            created_at=user.created_at,
            updated_at=user.updated_at,
        )


class UserCreate(Input):
    """A new user."""

    first_name: Name
    last_name: Name
    email: Email
    status: UserStatus = UserStatus.ACTIVE
    team_ids: list[Id] = Field(default=[], description="Teams to be in.")

    def to_domain(self) -> NewUser:
        """Return it as the domain knows it."""
        return NewUser(self.first_name, self.last_name, self.email, self.status, self.team_ids)


class UserPatch(Input):
    """Changes of a user; what is left out stays."""

    first_name: Name | MISSING = MISSING
    last_name: Name | MISSING = MISSING
    email: Email | MISSING = MISSING
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


class UserStats(BaseModel):
    """How many users there are."""

    total: int
    active: int
    pending: int
    inactive: int


class TeamOutput(BaseModel):
    """A team."""

    id: UUID
    name: str
    members_count: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, team: Team) -> "TeamOutput":
        """Show a team."""
        return cls.model_construct(
            id=team.id,
            name=team.name,
            members_count=team.members_count,
            created_at=team.created_at,
            updated_at=team.updated_at,
        )


class TeamCreate(Input):
    """A new team."""

    name: Name
    user_ids: list[Id] = Field(default=[], description="Users to be in it.")

    def to_domain(self) -> NewTeam:
        """Return it as the domain knows it."""
        return NewTeam(self.name, self.user_ids)


class TeamPatch(Input):
    """Changes of a team; what is left out stays."""

    name: Name | MISSING = MISSING
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


class TeamStats(BaseModel):
    """How many teams there are."""

    total: int
