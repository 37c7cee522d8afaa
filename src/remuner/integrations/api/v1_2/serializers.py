"""What integrations look like in minor 2, on the way in and out. Nothing that goes out has a token."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from remuner.integrations.api.v1_1.serializers import IntegrationName, TokenInput
from remuner.integrations.api.v1_2.destination_serializers import (
    DestinationInput,
    DestinationOutput,
    ProviderName,
    destination_from,
    show_destination,
)
from remuner.integrations.domain.entities import (
    IntegrationChanges,
    IntegrationStatus,
    IntegrationWithUser,
    NewIntegration,
    TokenResult,
    VerifiedToken,
)
from remuner.shared.fields import Id, Input, SearchText
from remuner.shared.http import PageOutput, PageParameters


class UserReference(TypedDict):
    """The user of an integration."""

    id: UUID
    first_name: str
    last_name: str
    email: str


@with_config(
    ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4",
                "name": "HubSpot EMEA",
                "status": "active",
                "user": {
                    "id": "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4",
                    "first_name": "Ada",
                    "last_name": "Lovelace",
                    "email": "ada@example.com",
                },
                "token_version": 1,
                "token_set_at": "2026-01-02T03:04:05.678901Z",
                "created_at": "2026-01-02T03:04:05.678901Z",
                "updated_at": "2026-01-02T03:04:05.678901Z",
                "destination": {
                    "base_url": "https://api.hubapi.com",
                    "auth": {"type": "bearer"},
                    "verify": {
                        "method": "GET",
                        "path": "/account-info/v3/details",
                        "valid": [200, 403],
                        "rejected": [401],
                    },
                },
                "token_last_used_at": "2026-02-03T04:05:06.789012Z",
                "last_verified_at": "2026-02-03T04:05:06.789012Z",
                "last_result": "valid",
            }
        }
    )
)
class IntegrationOutput(TypedDict):
    """An integration; its token is never shown."""

    id: UUID
    name: str
    status: IntegrationStatus
    user: UserReference
    token_version: Annotated[int, Field(description="Counts the tokens that it has had, from 1.")]
    token_set_at: datetime
    created_at: datetime
    updated_at: datetime
    destination: DestinationOutput | None
    token_last_used_at: Annotated[
        datetime | None, Field(description="Written at most once a minute; not a part of the ETag.")
    ]
    last_verified_at: datetime | None
    last_result: Annotated[TokenResult | None, Field(description="Of the last verification of this token.")]


def show_integration(entity: IntegrationWithUser) -> IntegrationOutput:
    """Show an integration; every value comes from the domain, so nothing is validated again."""
    integration, user = entity.integration, entity.user
    return {
        "id": integration.id,
        "name": integration.name,
        "status": integration.status,
        "user": {"id": user.id, "first_name": user.first_name, "last_name": user.last_name, "email": user.email},
        "token_version": integration.token_version,
        "token_set_at": integration.token_set_at,
        "created_at": integration.created_at,
        "updated_at": integration.updated_at,
        "destination": show_destination(integration.destination),
        "token_last_used_at": integration.token_last_used_at,
        "last_verified_at": integration.last_verified_at,
        "last_result": integration.last_result,
    }


class IntegrationPage(PageOutput[IntegrationOutput]):
    """A page of integrations."""


class IntegrationCreate(Input):
    """A new integration."""

    name: IntegrationName
    user_id: Id
    token: TokenInput
    status: IntegrationStatus = IntegrationStatus.ACTIVE
    provider: ProviderName | None = None
    destination: DestinationInput | None = None

    def to_domain(self) -> NewIntegration:
        """Return it as the domain knows it; raises InvalidInput."""
        destination = destination_from(self.destination, self.provider)
        return NewIntegration(self.name, self.user_id, self.token, self.status, destination)


class IntegrationPatch(Input):
    """Changes of an integration; what is left out stays. A token erases the one before it."""

    name: IntegrationName | MISSING = MISSING
    status: IntegrationStatus | MISSING = MISSING
    user_id: Id | MISSING = MISSING
    token: TokenInput | MISSING = MISSING
    provider: ProviderName | MISSING = MISSING
    destination: DestinationInput | MISSING | None = Field(
        default=MISSING, description="Another `base_url` or `auth`, or null, needs a new `token` with it."
    )

    def to_domain(self) -> IntegrationChanges:
        """Return it as the domain knows it; raises InvalidInput."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        provider, destination = given.pop("provider", None), given.pop("destination", MISSING)
        if destination is None and provider is None:
            return IntegrationChanges(**given, without_destination=True)
        made = destination_from(None if destination is MISSING else destination, provider)
        return IntegrationChanges(**given, destination=made)


@with_config(
    ConfigDict(
        json_schema_extra={"example": {"result": "valid", "status": 200, "checked_at": "2026-02-03T04:05:06.789012Z"}}
    )
)
class VerificationResult(TypedDict):
    """What a verification has found out: `unknown` where the answer, or the want of a `verify`, does not tell."""

    result: TokenResult
    status: Annotated[int | None, Field(description="That of the answer; null where there was none.")]
    checked_at: datetime


def show_result(verified: VerifiedToken) -> VerificationResult:
    """Show what was found out."""
    return {"result": verified.result, "status": verified.status, "checked_at": verified.checked_at}


class IntegrationParameters(PageParameters):
    """The query of the list of integrations."""

    q: SearchText | None = Field(None, description="Part of the name, in any case.")
    status: IntegrationStatus | None = None
    user_id: Id | None = None
    sort: Literal["created_at", "-created_at", "name", "-name"] = "created_at"


class IntegrationStats(TypedDict):
    """How many integrations there are."""

    total: int
    active: int
    inactive: int


class Reassignment(Input):
    """Who is to have all integrations of a user."""

    to_user_id: Id


class ReassignedCount(TypedDict):
    """How many integrations have another user now."""

    count: int
