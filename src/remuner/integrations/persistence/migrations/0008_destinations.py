"""Where a token may go, when it was used and verified, and whose turn it is to verify."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from remuner.integrations.domain.entities import TokenResult

_VERIFIED = "status = 'active' AND destination ->> 'verify' IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("integrations", "0007_search_statistics")]

    operations = [
        ops.AddField(model_name="IntegrationRow", name="destination", field=fields.JSONField(null=True)),
        ops.AddField(model_name="IntegrationRow", name="token_last_used_at", field=fields.DatetimeField(null=True)),
        ops.AddField(model_name="IntegrationRow", name="last_verified_at", field=fields.DatetimeField(null=True)),
        ops.AddField(
            model_name="IntegrationRow",
            name="last_result",
            field=fields.CharEnumField(enum_type=TokenResult, max_length=11, null=True),
        ),
        ops.AddField(model_name="IntegrationRow", name="verify_claimed_at", field=fields.DatetimeField(null=True)),
        ops.CreateModel(
            name="VerificationTurnRow",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("taken_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "verification_turn",
                "schema": "integrations",
                "app": "integrations",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.RunSQL(
            [
                """
                ALTER TABLE integrations.integrations ADD CONSTRAINT integrations_last_result_check
                    CHECK (last_result IN ('valid', 'rejected', 'unreachable', 'unknown'))
                """,
                f"""
                CREATE INDEX integrations_verify_claimed_at_idx ON integrations.integrations
                    ((coalesce(verify_claimed_at, '-infinity')), id) WHERE {_VERIFIED}
                """,
                """
                ALTER TABLE integrations.verification_turn
                    ALTER id DROP DEFAULT,
                    ADD CONSTRAINT verification_turn_id_check CHECK (id = 1)
                """,
                """
                INSERT INTO integrations.verification_turn (id, taken_at) VALUES (1, '-infinity')
                """,
            ],
            reverse_sql="",
        ),
    ]
