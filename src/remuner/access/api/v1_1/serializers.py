"""What access keys and sessions look like, the same in every minor, on the way in and out."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import MISSING, BaseModel, ConfigDict, Field, SecretStr

from remuner.access.domain.entities import AccessKey, AccessKeyChanges, AccessKeyStatus, IssuedKey, NewAccessKey
from remuner.shared.context import Caller
from remuner.shared.fields import Input, Moment, Name, SearchText
from remuner.shared.http import PageOutput, PageParameters
from remuner.shared.scopes import AccessScope

AccessKeyName = Annotated[Name, Field(examples=["Nightly export"])]

_EXAMPLE: dict[str, Any] = {
    "id": "0192f0c3-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "name": "Nightly export",
    "scopes": ["users:read", "integrations:read"],
    "status": "active",
    "api_version": "2",
    "created_at": "2026-01-02T03:04:05.678901Z",
    "expires_at": "2027-01-02T03:04:05Z",
    "last_used_at": "2026-02-03T04:05:06.789012Z",
}


class AccessKeyOutput(BaseModel):
    """An access key, without its secret."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: UUID
    name: str
    scopes: list[AccessScope]
    status: AccessKeyStatus
    api_version: str = Field(description="The minor that it is served without X-API-Version.")
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="Written at most once a minute; not a part of the ETag.")

    @classmethod
    def of(cls, key: AccessKey) -> "AccessKeyOutput":
        """Show a key; every value comes from the domain, so nothing is validated again."""
        return cls.model_construct(**_fields(key))


class IssuedKeyOutput(AccessKeyOutput):
    """A new access key with its secret, shown this once."""

    model_config = ConfigDict(
        json_schema_extra={"example": {**_EXAMPLE, "secret": f"rk_{_EXAMPLE['id']}_{'0Aa' * 14}Z"}}
    )

    secret: str | MISSING = Field(
        default=MISSING,
        description="The whole Bearer string. Keep it safe: nothing shows it again, no repetition either.",
    )

    @classmethod
    def issued(cls, issued: IssuedKey) -> "IssuedKeyOutput":
        """Show a new key."""
        return cls.model_construct(**_fields(issued.key), secret=issued.secret)


def _fields(key: AccessKey) -> dict[str, Any]:
    return {**{name: getattr(key, name) for name in AccessKeyOutput.model_fields}, "scopes": list(key.scopes)}


class AccessKeyPage(PageOutput[AccessKeyOutput]):
    """A page of access keys."""


class AccessKeyCreate(Input):
    """A new access key."""

    name: AccessKeyName
    scopes: list[AccessScope] = Field(min_length=1, description="Only such as your own access key has.")
    expires_at: Moment | None = Field(None, description="A moment in the future; null or left out: never.")

    def to_domain(self) -> NewAccessKey:
        """Return it as the domain knows it."""
        return NewAccessKey(self.name, self.scopes, self.expires_at)


class AccessKeyPatch(Input):
    """Changes of an access key; what is left out stays."""

    name: AccessKeyName | MISSING = MISSING
    status: AccessKeyStatus | MISSING = MISSING

    def to_domain(self) -> AccessKeyChanges:
        """Return it as the domain knows it."""
        return AccessKeyChanges(**{name: getattr(self, name) for name in self.model_fields_set})


class AccessKeyParameters(PageParameters):
    """The query of the list of access keys."""

    q: SearchText | None = Field(None, description="Part of the name, in any case.")
    status: AccessKeyStatus | None = None
    sort: Literal["created_at", "-created_at"] = "created_at"


class SessionCreate(Input):
    """Signing in."""

    access_key: Annotated[SecretStr, Field(min_length=1)]


class SessionOutput(BaseModel):
    """Who is signed in, or calls with an access key."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "key_id": "0192f0c3-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
                "name": "Nightly export",
                "scopes": ["users:read", "integrations:read"],
                "api_version": "2",
                "expires_at": "2026-01-02T15:04:05.678901Z",
            }
        }
    )

    key_id: UUID | None = Field(description="The access key; null for the administrator's.")
    name: str
    scopes: list[AccessScope]
    api_version: str = Field(description="The minor that is served without X-API-Version.")
    expires_at: datetime | None = Field(
        description="When it ends at the latest; a session also ends after an hour without a call."
    )

    @classmethod
    def of(cls, caller: Caller, newest_minor: str) -> "SessionOutput":
        """Show a caller."""
        return cls.model_construct(
            key_id=caller.key_id,
            name=caller.name,
            scopes=[scope for scope in AccessScope if scope in caller.scopes],
            api_version=caller.api_version or newest_minor,
            expires_at=caller.expires_at,
        )
