"""What integrations look like in minor 1, on the way in and out. Nothing that goes out has a token."""

from typing import Annotated
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field, PlainValidator, WithJsonSchema, with_config
from typing_extensions import TypedDict

from remuner.integrations.domain.entities import (
    MAX_TOKEN_LENGTH,
    IntegrationChanges,
    IntegrationStatus,
    IntegrationWithUser,
    NewIntegration,
    Token,
)
from remuner.shared.fields import Id, Name
from remuner.shared.minor_1 import TolerantInput


def _token(value: object) -> Token:
    if not isinstance(value, str):
        raise ValueError("A token is a string; leave the field out to keep the one that is set")  # noqa: TRY004
    return Token(value)


TokenInput = Annotated[
    Token,
    PlainValidator(_token),
    WithJsonSchema(
        {
            "type": "string",
            "format": "password",
            "minLength": 1,
            "maxLength": MAX_TOKEN_LENGTH,
            "pattern": "^[ -~]+$",
            "writeOnly": True,
            "description": "Goes in and never comes out. Not a mask such as `****`.",
        }
    ),
]

IntegrationName = Annotated[Name, Field(examples=["HubSpot EMEA"])]


@with_config(
    ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4",
                "name": "HubSpot EMEA",
                "status": "active",
                "user_first_name": "Ada",
                "user_last_name": "Lovelace",
                "user_email": "ada@example.com",
            }
        }
    )
)
class IntegrationOutput(TypedDict):
    """An integration; its token is never shown."""

    id: UUID
    name: str
    status: IntegrationStatus
    user_first_name: str
    user_last_name: str
    user_email: str


def show_integration(entity: IntegrationWithUser) -> IntegrationOutput:
    """Show an integration; every value comes from the domain, so nothing is validated again."""
    integration, user = entity.integration, entity.user
    return {
        "id": integration.id,
        "name": integration.name,
        "status": integration.status,
        "user_first_name": user.first_name,
        "user_last_name": user.last_name,
        "user_email": user.email,
    }


class IntegrationCreate(TolerantInput):
    """A new integration."""

    name: IntegrationName
    user_id: Id
    token: TokenInput

    def to_domain(self) -> NewIntegration:
        """Return it as the domain knows it."""
        return NewIntegration(self.name, self.user_id, self.token)


class IntegrationEdit(TolerantInput):
    """An integration as it is to be; without `user_id` its user stays, without `token`, or with null, its token."""

    name: IntegrationName
    user_id: Id | MISSING = MISSING
    token: TokenInput | None = None

    def to_domain(self) -> IntegrationChanges:
        """Return it as the domain knows it."""
        user_id = None if self.user_id is MISSING else self.user_id
        return IntegrationChanges(self.name, user_id=user_id, token=self.token)
