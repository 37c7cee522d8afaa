"""Named connections to other systems, each with a user and a secret token."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NoReturn
from uuid import UUID

from remuner.integrations.domain.destinations import Destination
from remuner.shared.pagination import PageRequest
from remuner.shared.redaction import Redactor
from remuner.shared.upstream import Headers

MAX_TOKEN_LENGTH = 8192

USE_NOTED_EVERY = timedelta(minutes=1)
"""How often it is written that a token is in use."""

_PRINTABLE_ASCII = re.compile(r"[ -~]+")
_MASKED = re.compile(r"[*•]{3}.*|[*•]+", re.DOTALL)


class IntegrationStatus(StrEnum):
    """Whether an integration may be used; new ones are active."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class TokenResult(StrEnum):
    """What a verification has found out."""

    VALID = "valid"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


class Token:
    """A secret on its way in, or into a call of its destination.

    Only `reveal` shows it; print, logs, tracebacks and pickle do not.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Raises ValueError, without the value, for what cannot be a token."""
        if not value:
            raise ValueError("A token has at least one character; leave the field out to keep the one that is set")
        if _MASKED.fullmatch(value):
            raise ValueError("This is a mask, not a token; leave the field out to keep the one that is set")
        if len(value) > MAX_TOKEN_LENGTH:
            raise ValueError(f"A token has at most {MAX_TOKEN_LENGTH} characters")
        if not _PRINTABLE_ASCII.fullmatch(value):
            raise ValueError("A token consists of printable ASCII characters")
        self._value = value

    def reveal(self) -> str:
        """Return the secret: for sealing and for a call of its destination, nothing else."""
        return self._value

    def __repr__(self) -> str:
        return "Token(hidden)"

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A token cannot be pickled or copied")


@dataclass(frozen=True, slots=True)
class Integration:
    """A connection to another system; it has no token, so nothing made from it can show one.

    `token_version` counts the tokens that it has had, from 1; `revision` the changes of any of its own fields, to
    which the last use and the last verification do not belong. Those are about the token that it has now.
    """

    id: UUID
    name: str
    status: IntegrationStatus
    user_id: UUID
    token_version: int
    token_set_at: datetime
    revision: int
    created_at: datetime
    updated_at: datetime
    destination: Destination | None
    token_last_used_at: datetime | None
    last_verified_at: datetime | None
    last_result: TokenResult | None


@dataclass(frozen=True, slots=True)
class OwnedIntegration:
    """An integration as its user shows it."""

    id: UUID
    name: str
    status: IntegrationStatus
    user_id: UUID


@dataclass(frozen=True, slots=True)
class UserSummary:
    """A user as the integrations show it; another app keeps it."""

    id: UUID
    first_name: str
    last_name: str
    email: str


@dataclass(frozen=True, slots=True)
class IntegrationWithUser:
    """An integration and whose it is."""

    integration: Integration
    user: UserSummary


@dataclass(frozen=True, slots=True)
class NewIntegration:
    """What it takes to create an integration."""

    name: str
    user_id: UUID
    token: Token
    status: IntegrationStatus = IntegrationStatus.ACTIVE
    destination: Destination | None = None


@dataclass(frozen=True, slots=True)
class IntegrationChanges:
    """What to change; None leaves a field as it is. A `token` erases the one before it.

    `without_destination` removes the destination.
    """

    name: str | None = None
    status: IntegrationStatus | None = None
    user_id: UUID | None = None
    token: Token | None = None
    destination: Destination | None = None
    without_destination: bool = False

    def destination_of(self, old: Integration) -> Destination | None:
        """Return the destination after the change."""
        return None if self.without_destination else self.destination or old.destination


@dataclass(frozen=True, slots=True)
class UsableToken:
    """A token, and all that decides whether it may be used, as last written."""

    token: Token
    token_version: int
    status: IntegrationStatus
    user_id: UUID
    is_departed: bool
    destination: Destination | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadyToken:
    """A token that may go to its destination now, and what takes it out of the answer."""

    integration_id: UUID
    token: Token
    token_version: int
    destination: Destination
    last_used_at: datetime | None
    redactor: Redactor = field(repr=False)


@dataclass(frozen=True, slots=True)
class VerifiedToken:
    """What a verification has found out; `status` is that of the answer, if there was one."""

    result: TokenResult
    status: int | None
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """What goes to a destination; `path` is behind its prefix and begins with a slash."""

    method: str
    path: bytes
    query: bytes = field(default=b"", repr=False)
    headers: Headers = field(default=(), repr=False)
    body: AsyncIterator[bytes] | None = field(default=None, repr=False)


@dataclass(slots=True)
class CallTally:
    """How a call goes: since when (`time.perf_counter`), the bytes passed on, the status or a failure's code."""

    begun: float
    attempts: int = 0
    sent: int = 0
    received: int = 0
    status: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class CallLimits:
    """What keeps calls of destinations small: bytes of each body, seconds in all, at once for an integration.

    `verified_every` is how old a verification gets before the service makes another.
    """

    max_bytes: int
    seconds: float
    at_once: int
    verified_every: timedelta


@dataclass(frozen=True, slots=True)
class Departure:
    """A user who leaves: the active integrations that stand in the way, or else what was erased."""

    active_ids: Sequence[UUID] = ()
    erased: Sequence[Integration] = ()


@dataclass(frozen=True, slots=True)
class IntegrationQuery:
    """Which integrations to list; `q` is part of the name, in any case."""

    page: PageRequest
    q: str | None = None
    status: IntegrationStatus | None = None
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RewrappedPage:
    """How many tokens were looked at, where to go on (None: nowhere), and whose tokens do not open."""

    seen: int
    last: UUID | None
    unopened: Sequence[UUID]
