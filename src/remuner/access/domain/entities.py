"""Access keys, and the sessions that browsers open with them."""

import hashlib
import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from remuner.shared.context import NO_LIMITS, UseLimits
from remuner.shared.pagination import PageRequest
from remuner.shared.scopes import AccessScope

IDLE = timedelta(hours=1)
"""A session that is not used for so long is over."""

AT_LONGEST = timedelta(hours=12)
"""A session is over after this, however much it is used."""

NOTED_EVERY = timedelta(minutes=1)
"""The last use of a key or a session is written at most this often."""

NewestMinor = NewType("NewestMinor", str)
"""The newest minor of the API: new keys are pinned to it."""

_LETTERS_AND_DIGITS = string.ascii_letters + string.digits
_SECRET_LENGTH = 43  # of 62 different characters: 256 bits


class AccessKeyStatus(StrEnum):
    """Whether a key opens anything; new ones are active."""

    ACTIVE = "active"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class AccessKey:
    """What may call, and what for; it has no secret. `api_version` is the minor that it is served without a header."""

    id: UUID
    name: str
    scopes: Sequence[AccessScope]
    status: AccessKeyStatus
    api_version: str
    revision: int
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    use_limits: UseLimits = NO_LIMITS

    def opens(self, now: datetime) -> bool:
        """Return whether it may be used."""
        return self.status is AccessKeyStatus.ACTIVE and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key with the secret, the whole Bearer string, that nobody can read again."""

    key: AccessKey
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewAccessKey:
    """What it takes to create an access key."""

    name: str
    scopes: Sequence[AccessScope]
    expires_at: datetime | None = None
    use_limits: UseLimits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class AccessKeyChanges:
    """What to change; None leaves a field as it is."""

    name: str | None = None
    status: AccessKeyStatus | None = None


@dataclass(frozen=True, slots=True)
class AccessKeyQuery:
    """Which access keys to list; `q` is part of the name, in any case."""

    page: PageRequest
    q: str | None = None
    status: AccessKeyStatus | None = None


@dataclass(frozen=True, slots=True)
class AdminKey:
    """The operator's own key from the settings, as its digest; None when there is none."""

    digest: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that somebody has signed in with a key; None: with the admin key."""

    id: UUID
    key_id: UUID | None
    created_at: datetime
    last_used_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it is over at the latest."""
        return self.created_at + AT_LONGEST

    def is_over(self, now: datetime) -> bool:
        """Return whether it has been idle, or there, for too long."""
        return now >= min(self.ends_at, self.last_used_at + IDLE)


def limits_as_json(limits: UseLimits) -> dict[str, object] | None:
    """Return limits as JSON has them, lists in order; None for no limits."""
    if limits == NO_LIMITS:
        return None
    ids, methods = limits.integration_ids, limits.methods
    return {
        "integration_ids": None if ids is None else sorted(map(str, ids)),
        "methods": None if methods is None else sorted(methods),
        "path_prefix": limits.path_prefix,
    }


def new_secret(key_id: UUID) -> str:
    """Return the secret of a new key: `rk_`, the id, and 256 random bits in letters and digits."""
    return f"rk_{key_id}_{''.join(secrets.choice(_LETTERS_AND_DIGITS) for _ in range(_SECRET_LENGTH))}"


def digest(secret: str) -> bytes:
    """Return the SHA-256 of a secret: it is 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
