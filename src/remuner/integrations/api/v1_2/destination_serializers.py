"""What destinations look like in minor 2, on the way in and out, and how a provider fills one."""

from typing import Annotated, Literal, NotRequired, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema, model_validator
from typing_extensions import TypedDict

from remuner.integrations.domain.destinations import (
    Auth,
    AuthType,
    Destination,
    Verification,
    is_plain_path,
    parse_base_url,
)
from remuner.integrations.domain.passing import NEVER_INJECTED
from remuner.integrations.domain.providers import PRESETS, ProviderPreset
from remuner.shared.errors import InvalidInput
from remuner.shared.fields import Input

_MAX_URL = 500
_NAME = r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"


def _path(value: str) -> str:
    path = urlsplit(value).path
    if not value.startswith("/") or "#" in value or not is_plain_path(path.encode("ascii", "replace")):
        raise ValueError("This is not a path such as /v3/account, without dots, backslashes and empty segments")
    return value


def _provider(value: str) -> str:
    if value not in PRESETS:
        raise ValueError("There is no such provider; GET /v1/providers lists them")
    return value


BaseUrl = Annotated[
    str,
    StringConstraints(max_length=_MAX_URL),
    AfterValidator(parse_base_url),
    Field(
        description="One exact origin, with an optional path prefix that no call leaves. Only https, unless the "
        "operator has opened the host and port.",
        examples=["https://api.hubapi.com"],
    ),
]
Status = Annotated[int, Field(ge=100, le=599)]
ProviderName = Annotated[
    str,
    AfterValidator(_provider),
    WithJsonSchema({"type": "string", "enum": list(PRESETS), "description": "Fills what `destination` leaves out."}),
]


class AuthInput(Input):
    """How the token is put into a call."""

    type: AuthType
    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_NAME)] | None = Field(
        None,
        description="The header's or the query parameter's name, which both need; with `bearer` the scheme, if it is "
        "not Bearer.",
    )
    username: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[ -9;-~]+$")] | None = Field(
        None, description="With `basic`. Without it, the token is the user name, and the password is `x`."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.type in {AuthType.HEADER, AuthType.QUERY} and self.name is None:
            raise ValueError("`header` and `query` need a name")
        if self.type is AuthType.BASIC and self.name is not None:
            raise ValueError("`basic` takes a username, no name")
        if self.type is not AuthType.BASIC and self.username is not None:
            raise ValueError("Only `basic` takes a username")
        if self.type is AuthType.HEADER and (self.name or "").lower().encode() in NEVER_INJECTED:
            raise ValueError("This header is about the connection; no token can stand in it")
        return self

    def to_domain(self) -> Auth:
        """Return it as the domain knows it."""
        return Auth(self.type, self.name, self.username)


class VerificationInput(Input):
    """The call that shows whether the token works."""

    method: Literal["GET", "HEAD", "POST"] = "GET"
    path: Annotated[str, StringConstraints(max_length=_MAX_URL, pattern="^[!-~]+$"), AfterValidator(_path)] = Field(
        description="Behind the prefix of `base_url`; a query may follow.", examples=["/account-info/v3/details"]
    )
    valid: list[Status] = Field([200], min_length=1, max_length=20, description="Answers of a token that works.")
    rejected: list[Status] = Field([401], max_length=20, description="Answers of one that does not.")

    @model_validator(mode="after")
    def _tells(self) -> Self:
        if set(self.valid) & set(self.rejected):
            raise ValueError("A status is either in `valid` or in `rejected`")
        return self

    def to_domain(self) -> Verification:
        """Return it as the domain knows it."""
        return Verification(self.method, self.path, self.valid, self.rejected)


class DestinationInput(Input):
    """Where the token may go; it replaces the whole destination. Of a provider, only what is other has to be given."""

    base_url: BaseUrl | None = None
    auth: AuthInput | None = None
    verify: VerificationInput | None = None


def destination_from(given: DestinationInput | None, provider: str | None) -> Destination | None:
    """Return what the input and the provider make together; raises InvalidInput for what is missing."""
    if given is None and provider is None:
        return None
    given = given or DestinationInput()
    preset = PRESETS[provider] if provider else None
    base_url = given.base_url
    if base_url is None and preset and not preset.has_own_address:
        base_url = preset.base_url
    if base_url is None:
        like = f": {preset.base_url}" if preset else ", such as https://api.example.com"
        raise InvalidInput("destination/base_url", f"Give the address of the other system{like}")
    auth = given.auth.to_domain() if given.auth else (preset.auth if preset else None)
    if auth is None:
        raise InvalidInput("destination/auth", "Say how the token is put into a call, or name a provider.")
    verify = given.verify.to_domain() if given.verify else None
    if preset and "verify" not in given.model_fields_set:
        verify = preset.verify
    return Destination(base_url, auth, verify)


class AuthOutput(TypedDict):
    """How the token is put into a call."""

    type: AuthType
    name: NotRequired[str]
    username: NotRequired[str]


class VerificationOutput(TypedDict):
    """The call that shows whether the token works."""

    method: str
    path: str
    valid: list[int]
    rejected: list[int]


class DestinationOutput(TypedDict):
    """Where the token may go."""

    base_url: str
    auth: AuthOutput
    verify: NotRequired[VerificationOutput]


def show_destination(destination: Destination | None) -> DestinationOutput | None:
    """Show where a token may go."""
    return _shown(destination.base_url, destination.auth, destination.verify) if destination else None


class ProviderOutput(DestinationOutput):
    """What a destination at this provider has; a part of `base_url` in braces is each customer's own."""

    id: str
    name: str
    documentation: str


class ProviderList(TypedDict):
    """All providers."""

    items: list[ProviderOutput]


def show_provider(preset: ProviderPreset) -> ProviderOutput:
    """Show a provider."""
    shown = _shown(preset.base_url, preset.auth, preset.verify)
    return {"id": preset.id, "name": preset.name, "documentation": preset.documentation, **shown}


def _shown(base_url: str, auth: Auth, verify: Verification | None) -> DestinationOutput:
    put: AuthOutput = {"type": auth.type}
    if auth.name is not None:
        put["name"] = auth.name
    if auth.username is not None:
        put["username"] = auth.username
    shown: DestinationOutput = {"base_url": base_url, "auth": put}
    if verify is not None:
        valid, rejected = list(verify.valid), list(verify.rejected)
        shown["verify"] = {"method": verify.method, "path": verify.path, "valid": valid, "rejected": rejected}
    return shown
