"""The scopes for using tokens, and what a key may use them for; keys that are there are not limited."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

_BEFORE = """'users:read', 'users:write', 'integrations:read', 'integrations:write',
    'access:manage', 'audit:read', 'metrics:read'"""
_ADDED = "'integrations:use', 'integrations:verify'"


def _scopes_check(scopes: str) -> str:
    return f"""
        ALTER TABLE access.access_keys ADD CONSTRAINT access_keys_scopes_check
            CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY[{scopes}])
    """


class Migration(migrations.Migration):
    dependencies = [("access", "0002_idempotency_records")]

    operations = [
        ops.AddField(model_name="AccessKeyRow", name="use_limits", field=fields.JSONField(null=True)),
        ops.RunSQL(
            [
                """
                ALTER TABLE access.access_keys
                    DROP CONSTRAINT access_keys_scopes_check,
                    ADD CONSTRAINT access_keys_use_limits_check CHECK (
                        use_limits IS NULL
                        OR (jsonb_typeof(use_limits) = 'object' AND 'integrations:use' = ANY (scopes))
                    )
                """,
                _scopes_check(f"{_BEFORE}, {_ADDED}"),
            ],
            # The release before knows neither the scopes nor the limits: what is left of a key must not do more.
            reverse_sql=[
                """
                ALTER TABLE access.access_keys
                    DROP CONSTRAINT access_keys_scopes_check,
                    DROP CONSTRAINT access_keys_use_limits_check
                """,
                f"DELETE FROM access.access_keys WHERE scopes <@ ARRAY[{_ADDED}]",
                f"""
                UPDATE access.access_keys
                    SET scopes = array_remove(array_remove(scopes, 'integrations:use'), 'integrations:verify')
                    WHERE scopes && ARRAY[{_ADDED}]
                """,
                _scopes_check(_BEFORE),
            ],
        ),
    ]
