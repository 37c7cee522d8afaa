"""Who is acting, and in which request: for logs and the audit trail, without handing it through every call."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remuner.shared.scopes import AccessScope


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


_SERVICE = Caller(None, "remuner")

ANONYMOUS = Caller(None, "anonymous")
"""Whoever has shown no access key that is known."""

current_caller: ContextVar[Caller] = ContextVar("current_caller", default=_SERVICE)
"""The caller of the running request; a command or a task of the service's own is `remuner`."""

current_request_id: ContextVar[str | None] = ContextVar("current_request_id", default=None)
"""The id of the running request."""
