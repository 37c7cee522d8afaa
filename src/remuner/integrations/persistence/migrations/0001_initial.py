"""Integrations, departed users and the probe of the keyset."""

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from remuner.integrations.domain.entities import IntegrationStatus


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="DepartedUserRow",
            fields=[
                ("user_id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("departed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("confirmed", fields.BooleanField(db_default=False)),
            ],
            options={
                "table": "departed_users",
                "schema": "integrations",
                "app": "integrations",
                "pk_attr": "user_id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IntegrationRow",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.TextField(unique=False)),
                ("status", fields.CharEnumField(enum_type=IntegrationStatus, max_length=8)),
                ("user_id", fields.UUIDField()),
                ("sealed_token", fields.BinaryField()),
                ("token_version", fields.IntField(db_default=1)),
                ("token_set_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revision", fields.IntField(db_default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "integrations",
                "schema": "integrations",
                "app": "integrations",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="KeysetProbeRow",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("sealed", fields.BinaryField()),
            ],
            options={
                "table": "keyset_probe",
                "schema": "integrations",
                "app": "integrations",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.RunSQL(
            [
                """
                ALTER TABLE integrations.integrations
                    ALTER name_key TYPE text COLLATE "C",
                    ADD CONSTRAINT integrations_name_check CHECK (char_length(name) BETWEEN 1 AND 50),
                    ADD CONSTRAINT integrations_status_check CHECK (status IN ('active', 'inactive')),
                    ADD CONSTRAINT integrations_sealed_token_check CHECK (octet_length(sealed_token) > 0),
                    ADD CONSTRAINT integrations_token_version_check CHECK (token_version >= 1),
                    ADD CONSTRAINT integrations_revision_check CHECK (revision >= 1),
                    ADD CONSTRAINT integrations_name_key UNIQUE (name_key)
                """,
                """
                CREATE INDEX integrations_created_at_idx ON integrations.integrations (created_at, id)
                """,
                """
                CREATE INDEX integrations_user_id_idx ON integrations.integrations (user_id)
                """,
                """
                CREATE INDEX departed_users_unconfirmed_idx ON integrations.departed_users (departed_at)
                    WHERE NOT confirmed
                """,
                """
                ALTER TABLE integrations.keyset_probe
                    ALTER id DROP DEFAULT,
                    ADD CONSTRAINT keyset_probe_id_check CHECK (id = 1)
                """,
            ],
            reverse_sql="",
        ),
    ]
