"""What apps tell the audit trail, each through a port of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that was done to a resource; who did it, when and in which request is known to the trail.

    `action` is the resource's type and what was done, such as `user.created` or `integration.token_replaced`.
    `changes` maps a field to its old and its new value, as JSON has them; a token's is `{"version": [3, 4]}`.
    `personal` maps likewise what has to be forgotten with the user `subject`: names and emails.
    """

    action: str
    resource_id: UUID
    changes: Mapping[str, tuple[object, object]]
    subject: UUID | None = None
    personal: Mapping[str, tuple[object, object]] | None = None
