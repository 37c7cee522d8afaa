"""Named connections to other systems, each with a user and a secret token."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NoReturn
from uuid import UUID

from remuner.shared.pagination import PageRequest

MAX_TOKEN_LENGTH = 8192
_PRINTABLE_ASCII = re.compile(r"[ -~]+")
_MASKED = re.compile(r"[*•]{3}.*|[*•]+", re.DOTALL)


class IntegrationStatus(StrEnum):
    """Whether an integration may be used; new ones are active."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class Token:
    """A secret on its way in. Only `reveal` shows it; print, logs, tracebacks and pickle do not."""

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
        """Return the secret: for sealing, nothing else."""
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

    `token_version` counts the tokens that it has had, from 1; `revision` the changes of any of its own fields.
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


@dataclass(frozen=True, slots=True)
class IntegrationChanges:
    """What to change; None leaves a field as it is. A `token` erases the one before it."""

    name: str | None = None
    status: IntegrationStatus | None = None
    user_id: UUID | None = None
    token: Token | None = None


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
