"""Access keys and sessions in PostgreSQL, in the schema `access`.

Secrets are kept as their SHA-256 only. `name_key`: see the tables of users; names of keys need not be unique.
The migrations make in SQL what Tortoise cannot express: collations, checks and the key of a session.
The models have comments, not docstrings: Tortoise would take those for descriptions that need a migration.
"""

from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model

from remuner.access.domain.entities import AccessKeyStatus


class AccessKeyRow(Model):
    # An access key. `use_limits`, null for none, is what `limits_as_json` makes of them.

    id = fields.UUIDField(primary_key=True)
    name = fields.TextField()
    name_key = fields.TextField()
    digest = fields.BinaryField()
    scopes = ArrayField("text")
    status = fields.CharEnumField(AccessKeyStatus, max_length=8)
    api_version = fields.TextField()
    revision = fields.IntField(db_default=1)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    use_limits: dict[str, Any] | None = fields.JSONField(null=True)

    class Meta:
        """Where it is kept."""

        app = "access"
        schema = "access"
        table = "access_keys"


class SessionRow(Model):
    # A browser that is signed in. `key_id` is null for the admin key, which is in no table.

    id = fields.UUIDField(primary_key=True)
    digest = fields.BinaryField()
    key_id = fields.UUIDField(null=True)
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField()

    class Meta:
        """Where it is kept."""

        app = "access"
        schema = "access"
        table = "sessions"
