"""What access keys and sessions look like, the same in every minor, on the way in and out."""

from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired, Self, get_args
from uuid import UUID

from pydantic import (
    MISSING,
    AfterValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    model_validator,
    with_config,
)
from typing_extensions import TypedDict

from remuner.access.domain.entities import AccessKey, AccessKeyChanges, AccessKeyStatus, IssuedKey, NewAccessKey
from remuner.shared.context import NO_LIMITS, Caller, UseLimits
from remuner.shared.fields import Id, Input, Moment, Name, SearchText
from remuner.shared.http import PageOutput, PageParameters
from remuner.shared.scopes import AccessScope

AccessKeyName = Annotated[Name, Field(examples=["Nightly export"])]

Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

_METHODS: tuple[Method, ...] = get_args(Method)
_NO_DOT = r'[!"$&-\-0->@-\[\]-~]'  # printable ASCII without space # % . / ? \
_ANY = r'[!"$&-.0->@-\[\]-~]'
_SEGMENT = rf"(\.{{0,2}}{_NO_DOT}{_ANY}*|\.{{3}}{_ANY}*)"  # not empty, "." or ".."

PathPrefix = Annotated[
    str,
    StringConstraints(max_length=200, pattern=rf"^/$|^(/{_SEGMENT})+/?$"),
    AfterValidator(lambda value: value.rstrip("/") or "/"),
]
"""A prefix of whole segments, each more than one dot or two; without a "/" at its end."""

_EXAMPLE: dict[str, Any] = {
    "id": "0192f0c3-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "name": "Nightly export",
    "scopes": ["integrations:read", "integrations:use"],
    "use_limits": {
        "integration_ids": ["0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4"],
        "methods": ["GET", "HEAD"],
        "path_prefix": "/crm/v3",
    },
    "status": "active",
    "api_version": "2",
    "created_at": "2026-01-02T03:04:05.678901Z",
    "expires_at": "2027-01-02T03:04:05Z",
    "last_used_at": "2026-02-03T04:05:06.789012Z",
}


_LASTING = "A PATCH does not change them: make a new key."


class UseLimitsOutput(TypedDict):
    """What an access key may use tokens for; null in a member: no such limit."""

    integration_ids: Annotated[list[UUID] | None, Field(description="Only these integrations.")]
    methods: Annotated[list[Method] | None, Field(description="Only these methods.")]
    path_prefix: Annotated[
        str | None, Field(description="Only this path below the destination's `base_url`, and what is below it.")
    ]


@with_config(ConfigDict(json_schema_extra={"example": _EXAMPLE}))
class AccessKeyOutput(TypedDict):
    """An access key, without its secret."""

    id: UUID
    name: str
    scopes: list[AccessScope]
    use_limits: Annotated[
        UseLimitsOutput | None,
        Field(description=f"The limits of `integrations:use`; null: there are none. {_LASTING}"),
    ]
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
        "use_limits": _show_use_limits(key.use_limits),
        "status": key.status,
        "api_version": key.api_version,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
    }


def _show_use_limits(limits: UseLimits) -> UseLimitsOutput | None:
    if limits == NO_LIMITS:
        return None
    ids, methods = limits.integration_ids, limits.methods
    return {
        "integration_ids": None if ids is None else sorted(ids),
        "methods": None if methods is None else [method for method in _METHODS if method in methods],
        "path_prefix": limits.path_prefix,
    }


def show_issued_key(issued: IssuedKey) -> IssuedKeyOutput:
    """Show a new key."""
    return {**show_key(issued.key), "secret": issued.secret}


class AccessKeyPage(PageOutput[AccessKeyOutput]):
    """A page of access keys."""


class UseLimitsInput(Input):
    """What an access key may use tokens for: at least one limit; null or left out: no such limit."""

    integration_ids: Annotated[list[Id], Field(min_length=1, max_length=100)] | None = Field(
        None, description="Only these integrations. Nobody looks whether they are there."
    )
    methods: Annotated[list[Method], Field(min_length=1)] | None = Field(None, description="Only these methods.")
    path_prefix: PathPrefix | None = Field(
        None,
        description="Only this path below the destination's `base_url`, and what is below it: `/crm/v3` is good for "
        "`/crm/v3` and `/crm/v3/objects`, not for `/crm/v30`. A `/` at its end is cut off.",
        examples=["/crm/v3"],
    )

    @model_validator(mode="after")
    def _limited(self) -> Self:
        if self.to_domain() == NO_LIMITS:
            raise ValueError("Give at least one limit, or leave out all of them")
        return self

    def to_domain(self) -> UseLimits:
        """Return it as the domain knows it."""
        ids, methods = self.integration_ids, self.methods
        return UseLimits(
            None if ids is None else frozenset(ids), None if methods is None else frozenset(methods), self.path_prefix
        )


class AccessKeyCreate(Input):
    """A new access key."""

    name: AccessKeyName
    scopes: list[AccessScope] = Field(min_length=1, description="Only such as your own access key has.")
    expires_at: Moment | None = Field(None, description="A moment in the future; null or left out: never.")
    use_limits: UseLimitsInput | None = Field(
        None,
        description="Limits of `integrations:use`, which has to be among the scopes; null or left out: none. "
        f"If your own access key is limited, they must be within its limits. {_LASTING}",
    )

    def to_domain(self) -> NewAccessKey:
        """Return it as the domain knows it."""
        limits = self.use_limits.to_domain() if self.use_limits else NO_LIMITS
        return NewAccessKey(self.name, self.scopes, self.expires_at, limits)


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
