"""Access keys and sessions."""

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations import operations as ops

from remuner.access.domain.entities import AccessKeyStatus


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="AccessKeyRow",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.TextField(unique=False)),
                ("digest", fields.BinaryField()),
                ("scopes", ArrayField("text")),
                ("status", fields.CharEnumField(enum_type=AccessKeyStatus, max_length=8)),
                ("api_version", fields.TextField(unique=False)),
                ("revision", fields.IntField(db_default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "access_keys", "schema": "access", "app": "access", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SessionRow",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("digest", fields.BinaryField()),
                ("key_id", fields.UUIDField(null=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_used_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "sessions", "schema": "access", "app": "access", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunSQL(
            [
                """
                ALTER TABLE access.access_keys
                    ALTER name_key TYPE text COLLATE "C",
                    ADD CONSTRAINT access_keys_name_check CHECK (char_length(name) BETWEEN 1 AND 50),
                    ADD CONSTRAINT access_keys_digest_check CHECK (octet_length(digest) = 32),
                    ADD CONSTRAINT access_keys_scopes_check CHECK (
                        cardinality(scopes) > 0 AND scopes <@ ARRAY[
                            'users:read', 'users:write', 'integrations:read', 'integrations:write',
                            'access:manage', 'audit:read', 'metrics:read'
                        ]
                    ),
                    ADD CONSTRAINT access_keys_status_check CHECK (status IN ('active', 'inactive')),
                    ADD CONSTRAINT access_keys_api_version_check CHECK (api_version ~ '^[1-9][0-9]*$'),
                    ADD CONSTRAINT access_keys_revision_check CHECK (revision >= 1)
                """,
                """
                CREATE INDEX access_keys_created_at_idx ON access.access_keys (created_at, id)
                """,
                """
                ALTER TABLE access.sessions
                    ADD CONSTRAINT sessions_digest_check CHECK (octet_length(digest) = 32),
                    ADD CONSTRAINT sessions_digest_key UNIQUE (digest),
                    ADD CONSTRAINT sessions_key_id_fkey FOREIGN KEY (key_id) REFERENCES access.access_keys
                        ON DELETE CASCADE
                """,
                """
                CREATE INDEX sessions_key_id_idx ON access.sessions (key_id)
                """,
                """
                CREATE INDEX sessions_created_at_idx ON access.sessions (created_at)
                """,
            ],
            reverse_sql="",
        ),
    ]
