"""What the audit trail is told of access keys and sessions: never a secret or its digest."""

from datetime import datetime
from uuid import UUID

from remuner.access.domain.entities import AccessKey, limits_as_json
from remuner.shared.audit import AuditEntry, differences


def key_created(key: AccessKey) -> AuditEntry:
    """Tell all that the key has."""
    return AuditEntry("access_key.created", key.id, differences({}, _key(key)))


def key_updated(old: AccessKey, new: AccessKey) -> AuditEntry:
    """Tell what is no longer as it was."""
    return AuditEntry("access_key.updated", old.id, differences(_key(old), _key(new)))


def key_deleted(key: AccessKey) -> AuditEntry:
    """Tell all that the key had."""
    return AuditEntry("access_key.deleted", key.id, differences(_key(key), {}))


def session_created(session_id: UUID, ends_at: datetime) -> AuditEntry:
    """Tell when it is over at the latest; whose it is, the actor tells."""
    return AuditEntry("session.created", session_id, {"expires_at": (None, ends_at.isoformat())})


def session_ended(session_id: UUID) -> AuditEntry:
    """Tell that somebody has signed out."""
    return AuditEntry("session.ended", session_id, {})


def _key(key: AccessKey) -> dict[str, object]:
    return {
        "name": key.name,
        "scopes": list(key.scopes),
        "status": key.status,
        "api_version": key.api_version,
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "use_limits": limits_as_json(key.use_limits),
    }
