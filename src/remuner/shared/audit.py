"""What apps tell the audit trail, each through a port of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

Change: TypeAlias = tuple[object, object]
"""An old and a new value, as JSON has them; null where there was or is none."""

Changes: TypeAlias = Mapping[str, Change | Mapping[str, Change]]
"""The fields that changed. A token's change is that of its version: `{"version": [3, 4]}`."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that was done to a resource; who did it, when and in which request is known to the trail.

    `action` is the resource's type and what was done, such as `user.created` or `integration.token_replaced`.
    `personal` are the changes that have to be forgotten with the user `subject`: names and emails.
    """

    action: str
    resource_id: UUID
    changes: Changes
    subject: UUID | None = None
    personal: Mapping[str, Change] | None = None


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, Change]:
    """Return the fields that differ; a field that one side lacks is null there."""
    fields = {**old, **new}
    return {name: (old.get(name), new.get(name)) for name in fields if old.get(name) != new.get(name)}
