"""What access keys and sessions look like, the same in every minor, on the way in and out."""

from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field, SecretStr, with_config
from typing_extensions import TypedDict

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


@with_config(ConfigDict(json_schema_extra={"example": _EXAMPLE}))
class AccessKeyOutput(TypedDict):
    """An access key, without its secret."""

    id: UUID
    name: str
    scopes: list[AccessScope]
    status: AccessKeyStatus
    api_version: Annotated[str, Field(description="The minor that it is served without X-API-Version.")]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: Annotated[
        datetime | None, Field(description="Written at most once a minute; not a part of the ETag.")
    ]


@with_config(ConfigDict(json_schema_extra={"example": {**_EXAMPLE, "secret": f"rk_{_EXAMPLE['id']}_{'0Aa' * 14}Z"}}))
class IssuedKeyOutput(AccessKeyOutput):
    """A new access key with its secret, shown this once."""

    secret: NotRequired[
        Annotated[
            str,
            Field(
                description="The whole Bearer string. Keep it safe: nothing shows it again, no repetition either.",
            ),
        ]
    ]


def show_key(key: AccessKey) -> AccessKeyOutput:
    """Show a key; every value comes from the domain, so nothing is validated again."""
    return {
        "id": key.id,
        "name": key.name,
        "scopes": list(key.scopes),
        "status": key.status,
        "api_version": key.api_version,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
    }


def show_issued_key(issued: IssuedKey) -> IssuedKeyOutput:
    """Show a new key."""
    return {**show_key(issued.key), "secret": issued.secret}


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


@with_config(
    ConfigDict(
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
)
class SessionOutput(TypedDict):
    """Who is signed in, or calls with an access key."""

    key_id: Annotated[UUID | None, Field(description="The access key; null for the administrator's.")]
    name: str
    scopes: list[AccessScope]
    api_version: Annotated[str, Field(description="The minor that is served without X-API-Version.")]
    expires_at: Annotated[
        datetime | None,
        Field(description="When it ends at the latest; a session also ends after an hour without a call."),
    ]


def show_session(caller: Caller, newest_minor: str) -> SessionOutput:
    """Show a caller."""
    return {
        "key_id": caller.key_id,
        "name": caller.name,
        "scopes": [scope for scope in AccessScope if scope in caller.scopes],
        "api_version": caller.api_version or newest_minor,
        "expires_at": caller.expires_at,
    }
