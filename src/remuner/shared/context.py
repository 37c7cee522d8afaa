"""Who is acting, and in which request: for logs and the audit trail, without handing it through every call."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from remuner.shared.scopes import AccessScope

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UseLimits:
    """What an access key may use tokens for, besides having the scope; None sets no limit.

    `path_prefix` begins with "/" and is a prefix of whole segments.
    """

    integration_ids: frozenset[UUID] | None = None
    methods: frozenset[str] | None = None
    path_prefix: str | None = None

    def permits(self, integration_id: UUID, method: str, path: str) -> bool:
        """Return whether a call is within the limits; `path` is the one behind the destination's prefix."""
        return (
            (self.integration_ids is None or integration_id in self.integration_ids)
            and (self.methods is None or method in self.methods)
            and (self.path_prefix is None or _begins(path, self.path_prefix))
        )

    def covers(self, other: "UseLimits") -> bool:
        """Return whether everything that the other permits is permitted."""
        return (
            _within(other.integration_ids, self.integration_ids)
            and _within(other.methods, self.methods)
            and (self.path_prefix is None or _begins(other.path_prefix or "", self.path_prefix))
        )


NO_LIMITS = UseLimits()


def _within(part: frozenset[T] | None, whole: frozenset[T] | None) -> bool:
    return whole is None or (part is not None and part <= whole)


def _begins(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix.rstrip("/") + "/")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a request comes from. `api_version` is the minor that it is served without a header; None: the newest.

    `expires_at` is when the key or the session ends at the latest.
    """

    key_id: UUID | None
    name: str
    scopes: frozenset[AccessScope] = frozenset()
    api_version: str | None = None
    expires_at: datetime | None = None
    use_limits: UseLimits = NO_LIMITS


_SERVICE = Caller(None, "remuner")

ANONYMOUS = Caller(None, "anonymous")
"""Whoever has shown no access key that is known."""

current_caller: ContextVar[Caller] = ContextVar("current_caller", default=_SERVICE)
"""The caller of the running request; a command or a task of the service's own is `remuner`."""

current_request_id: ContextVar[str | None] = ContextVar("current_request_id", default=None)
"""The id of the running request."""
