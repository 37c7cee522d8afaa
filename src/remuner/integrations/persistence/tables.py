"""Integrations, their sealed tokens and departed users in PostgreSQL, in the schema `integrations`.

`name_key` holds the name as `shared.text.fold` makes it, in the collation "C": see the tables of users.
The migrations make in SQL what Tortoise cannot express: collations and checks.
The models have comments, not docstrings: Tortoise would take those for descriptions that need a migration.
"""

from tortoise import fields
from tortoise.models import Model

from remuner.integrations.domain.entities import IntegrationStatus, TokenResult


class IntegrationRow(Model):
    # An integration. `sealed_token` opens only with the keyset, for this row and this `token_version`.

    id = fields.UUIDField(primary_key=True)
    name = fields.TextField()
    name_key = fields.TextField()
    status = fields.CharEnumField(IntegrationStatus, max_length=8)
    user_id = fields.UUIDField()
    sealed_token = fields.BinaryField()
    token_version = fields.IntField(db_default=1)
    token_set_at = fields.DatetimeField()
    revision = fields.IntField(db_default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    destination: fields.JSONField[dict[str, object] | None] = fields.JSONField(null=True)
    token_last_used_at = fields.DatetimeField(null=True)
    last_verified_at = fields.DatetimeField(null=True)
    last_result = fields.CharEnumField(TokenResult, max_length=11, null=True)
    verify_claimed_at = fields.DatetimeField(null=True)

    class Meta:
        """Where it is kept."""

        app = "integrations"
        schema = "integrations"
        table = "integrations"


class DepartedUserRow(Model):
    # A user that can never own an integration again. `confirmed`: it is gone from the directory, too.

    user_id = fields.UUIDField(primary_key=True)
    departed_at = fields.DatetimeField()
    confirmed = fields.BooleanField(db_default=False)

    class Meta:
        """Where it is kept."""

        app = "integrations"
        schema = "integrations"
        table = "departed_users"


class VerificationTurnRow(Model):
    # When some replica last claimed tokens to verify: a single row.

    id = fields.IntField(primary_key=True)
    taken_at = fields.DatetimeField()

    class Meta:
        """Where it is kept."""

        app = "integrations"
        schema = "integrations"
        table = "verification_turn"


class KeysetProbeRow(Model):
    # A known text, sealed when the database was new: it opens with the right keyset and with no other.

    id = fields.IntField(primary_key=True)
    sealed = fields.BinaryField()

    class Meta:
        """Where it is kept."""

        app = "integrations"
        schema = "integrations"
        table = "keyset_probe"
