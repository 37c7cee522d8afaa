"""Minor 3: the last name of a user is called `family_name`, as most directories call it."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Request, Response
from pydantic import MISSING, Field
from typing_extensions import TypedDict

from remuner.shared.http import PageOutput, PathId
from remuner.shared.releases import Release
from remuner.users.api.v1_1.serializers import IntegrationReference, LastName, TeamReference
from remuner.users.api.v1_2 import controllers, serializers
from remuner.users.domain.entities import UserStatus, UserWithIntegrations


class UserOutput(TypedDict):
    """A user."""

    id: UUID
    first_name: str
    family_name: str
    email: str
    status: UserStatus
    teams: list[TeamReference]
    integrations: list[IntegrationReference]
    created_at: datetime
    updated_at: datetime


def show_user(entity: UserWithIntegrations) -> UserOutput:
    """Show a user."""
    shown = serializers.show_user(entity)
    return {
        "id": shown["id"],
        "first_name": shown["first_name"],
        "family_name": shown["last_name"],
        "email": shown["email"],
        "status": shown["status"],
        "teams": shown["teams"],
        "integrations": shown["integrations"],
        "created_at": shown["created_at"],
        "updated_at": shown["updated_at"],
    }


class UserPage(PageOutput[UserOutput]):
    """A page of users."""


class UserCreate(serializers.UserCreate):
    """A new user."""

    last_name: Annotated[LastName, Field(alias="family_name")]


class UserPatch(serializers.UserPatch):
    """Changes of a user; what is left out stays."""

    last_name: Annotated[LastName | MISSING, Field(alias="family_name")] = MISSING


class UserController(controllers.UserController):
    """/v1/users."""

    output: ClassVar = UserOutput
    page: ClassVar = UserPage

    def show(self, user: UserWithIntegrations) -> UserOutput:
        """Return what `output` is the model of."""
        return show_user(user)

    async def create(self, request: Request, body: UserCreate) -> Response:  # type: ignore[override] # a handler
        """Create a user."""
        return await super().create(request, body)

    async def update(self, request: Request, user_id: PathId, body: UserPatch) -> Response:  # type: ignore[override] # a handler
        """Change a user."""
        return await super().update(request, user_id, body)


class TeamController(controllers.TeamController):
    """/v1/teams and their members."""

    members_page: ClassVar = UserPage

    def show_member(self, user: UserWithIntegrations) -> UserOutput:
        """Return what a `members_page` has of each."""
        return show_user(user)


RELEASE = Release((UserController, TeamController), drops=("POST /v1/users/{user_id}/reassign-integrations",))
