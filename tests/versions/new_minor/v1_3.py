"""Minor 3: the last name of a user is called `family_name`, as most directories call it."""

from typing import Annotated, ClassVar

from fastapi import Request, Response
from pydantic import MISSING, ConfigDict, Field

from remuner.shared.http import PageOutput, PathId
from remuner.shared.releases import Release
from remuner.users.api.v1_1.serializers import LastName
from remuner.users.api.v1_2 import controllers, serializers


class UserOutput(serializers.UserOutput):
    """A user."""

    model_config = ConfigDict(serialize_by_alias=True, json_schema_extra={"example": {}})
    last_name: Annotated[str, Field(serialization_alias="family_name")]


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

    async def create(self, request: Request, body: UserCreate) -> Response:  # type: ignore[override] # a handler
        """Create a user."""
        return await super().create(request, body)

    async def update(self, request: Request, user_id: PathId, body: UserPatch) -> Response:  # type: ignore[override] # a handler
        """Change a user."""
        return await super().update(request, user_id, body)


class TeamController(controllers.TeamController):
    """/v1/teams and their members."""

    member: ClassVar = UserOutput
    members_page: ClassVar = UserPage


RELEASE = Release((UserController, TeamController), drops=("POST /v1/users/{user_id}/reassign-integrations",))
