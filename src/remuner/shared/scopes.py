"""What an access key may be allowed to do. `write` does not imply `read`."""

from enum import StrEnum


class AccessScope(StrEnum):
    """A permission; teams go with users."""

    USERS_READ = "users:read"
    USERS_WRITE = "users:write"
    INTEGRATIONS_READ = "integrations:read"
    INTEGRATIONS_WRITE = "integrations:write"
    INTEGRATIONS_USE = "integrations:use"
    INTEGRATIONS_VERIFY = "integrations:verify"
    ACCESS_MANAGE = "access:manage"
    AUDIT_READ = "audit:read"
    METRICS_READ = "metrics:read"
