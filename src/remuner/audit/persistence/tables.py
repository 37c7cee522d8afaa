"""The audit trail in PostgreSQL, in the schema `audit`: in each database that an app writes to.

The database itself refuses to change it: see the triggers in the migration. Names and emails are kept apart from the
events, so that they can go with their user while the events stay as they were.
The migrations make in SQL what Tortoise cannot express: a generated column, checks, the foreign key that cascades.
The models have comments, not docstrings: Tortoise would take those for descriptions that need a migration.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class EventRow(Model):
    # An event. Its generated column `resource_type` holds the first half of `action`.

    id = fields.UUIDField(primary_key=True)
    at = fields.DatetimeField()
    key_id = fields.UUIDField(null=True)
    actor = fields.TextField()
    action = fields.TextField()
    resource_id = fields.UUIDField()
    changes: dict[str, Any] = fields.JSONField()
    request_id = fields.TextField(null=True)

    class Meta:
        """Where it is kept."""

        app = "audit"
        schema = "audit"
        table = "events"


class PersonalRow(Model):
    # The personal values of an event about the user `subject`; they replace the nulls in the event's changes.

    event_id = fields.UUIDField(primary_key=True)
    subject = fields.UUIDField()
    changes: dict[str, Any] = fields.JSONField()

    class Meta:
        """Where it is kept."""

        app = "audit"
        schema = "audit"
        table = "personal"
