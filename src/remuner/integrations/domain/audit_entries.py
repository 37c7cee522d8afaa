"""What the audit trail is told of integrations: of a token its versions, and nothing else."""

import time
from collections.abc import Mapping
from uuid import UUID

from remuner.integrations.domain.destinations import Destination
from remuner.integrations.domain.entities import CallTally, Integration, IntegrationChanges
from remuner.shared.audit import AuditEntry, Change, Changes, differences


def integration_created(integration: Integration) -> AuditEntry:
    """Tell all that it has."""
    version = (None, integration.token_version)
    return AuditEntry("integration.created", integration.id, _changes({}, _own(integration), version))


def integration_updated(old: Integration, changes: IntegrationChanges) -> AuditEntry:
    """Tell what is no longer as it was: one entry, also for a new token and other fields at once."""
    before = _own(old)
    after = {
        "name": old.name if changes.name is None else changes.name,
        "status": old.status if changes.status is None else changes.status,
        "user_id": str(old.user_id if changes.user_id is None else changes.user_id),
        **_where(changes.destination_of(old)),
    }
    if changes.token is None:
        return AuditEntry("integration.updated", old.id, _changes(before, after))
    version = (old.token_version, old.token_version + 1)
    return AuditEntry("integration.token_replaced", old.id, _changes(before, after, version))


def integration_reassigned(integration_id: UUID, user_id: UUID, to_user_id: UUID) -> AuditEntry:
    """Tell whose it was and is."""
    return AuditEntry("integration.reassigned", integration_id, {"user_id": (str(user_id), str(to_user_id))})


def integration_deleted(integration: Integration) -> AuditEntry:
    """Tell all that it had."""
    version = (integration.token_version, None)
    return AuditEntry("integration.deleted", integration.id, _changes(_own(integration), {}, version))


def token_call_intended(integration_id: UUID, purpose: str, method: str, path: str) -> AuditEntry:
    """Tell where the token is about to go, before it does."""
    return AuditEntry(f"integration.{purpose}_intended", integration_id, differences({}, _call(method, path)))


def token_call_ended(integration_id: UUID, purpose: str, method: str, path: str, tally: CallTally) -> AuditEntry:
    """Tell how the call went; an attempt more than one is told, too."""
    outcome = {
        **_call(method, path),
        "status": tally.status,
        "error": tally.error,
        "attempts": tally.attempts if tally.attempts > 1 else None,
        "bytes_sent": tally.sent,
        "bytes_received": tally.received,
        "milliseconds": round((time.perf_counter() - tally.begun) * 1000),
    }
    return AuditEntry(f"integration.{purpose}_ended", integration_id, differences({}, outcome))


def _call(method: str, path: str) -> dict[str, object]:
    return {"method": method, "path": path}


def _changes(before: Mapping[str, object], after: Mapping[str, object], version: Change | None = None) -> Changes:
    token: Changes = {} if version is None else {"token": {"version": version}}
    return {**differences(before, after), **token}


def _own(integration: Integration) -> dict[str, object]:
    return {
        "name": integration.name,
        "status": integration.status,
        "user_id": str(integration.user_id),
        **_where(integration.destination),
    }


def _where(destination: Destination | None) -> dict[str, object]:
    """Tell where the token goes and how, in fields of their own; a destination that there is not is not mentioned."""
    if destination is None:
        return {}
    auth = destination.auth
    told = {"base_url": destination.base_url, "auth_type": auth.type, "auth_name": auth.name, "username": auth.username}
    verify = f"{destination.verify.method} {destination.verify.path}" if destination.verify else None
    return {name: value for name, value in {**told, "verify": verify}.items() if value is not None}
