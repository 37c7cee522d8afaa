"""Events, the personal values in them, and the triggers that keep both as they are.

They hold for every role, the tables' owner too, and also for one that replays a replication stream. Who owns the tables
may still drop or disable them: that is no accident, and the next one who looks at the catalogue sees it.
"""

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="EventRow",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("key_id", fields.UUIDField(null=True)),
                ("actor", fields.TextField(unique=False)),
                ("action", fields.TextField(unique=False)),
                ("resource_id", fields.UUIDField()),
                ("changes", fields.JSONField()),
                ("request_id", fields.TextField(null=True, unique=False)),
            ],
            options={"table": "events", "schema": "audit", "app": "audit", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PersonalRow",
            fields=[
                ("event_id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("subject", fields.UUIDField()),
                ("changes", fields.JSONField()),
            ],
            options={"table": "personal", "schema": "audit", "app": "audit", "pk_attr": "event_id"},
            bases=["Model"],
        ),
        ops.RunSQL(
            [
                """
                ALTER TABLE audit.events
                    ADD resource_type text NOT NULL GENERATED ALWAYS AS (split_part(action, '.', 1)) STORED,
                    ADD CONSTRAINT events_action_check CHECK (action ~ '^[a-z_]+[.][a-z_]+$')
                """,
                """
                CREATE INDEX events_at_idx ON audit.events (at, id)
                """,
                """
                CREATE INDEX events_resource_type_idx ON audit.events (resource_type, at, id)
                """,
                """
                CREATE INDEX events_resource_id_idx ON audit.events (resource_id, at, id)
                """,
                """
                CREATE INDEX events_action_idx ON audit.events (action, at, id)
                """,
                """
                CREATE INDEX events_key_id_idx ON audit.events (key_id, at, id) WHERE key_id IS NOT NULL
                """,
                """
                ALTER TABLE audit.personal
                    ADD CONSTRAINT personal_event_id_fkey FOREIGN KEY (event_id)
                        REFERENCES audit.events ON DELETE CASCADE
                """,
                """
                CREATE INDEX personal_subject_idx ON audit.personal (subject)
                """,
                """
                CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION '% of audit.% is refused: the audit trail is append-only', TG_OP, TG_TABLE_NAME
                        USING ERRCODE = 'insufficient_privilege',
                            HINT = 'Old events go with `remuner audit prune --before DATE`.';
                END $$
                """,
                """
                CREATE FUNCTION audit.is_old() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF OLD.at < nullif(current_setting('remuner.audit_prune_before', true), '')::timestamptz THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'DELETE of audit.events is refused: the audit trail is append-only'
                        USING ERRCODE = 'insufficient_privilege',
                            HINT = 'Old events go with `remuner audit prune --before DATE`.';
                END $$
                """,
                """
                CREATE FUNCTION audit.is_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF OLD.subject::text = current_setting('remuner.audit_forget', true)
                        OR NOT EXISTS (SELECT FROM audit.events WHERE id = OLD.event_id) THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'DELETE of audit.personal is refused: the audit trail is append-only'
                        USING ERRCODE = 'insufficient_privilege',
                            HINT = 'Personal values go with their user, or with the event.';
                END $$
                """,
                """
                CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON audit.events
                    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()
                """,
                """
                CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON audit.personal
                    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()
                """,
                """
                CREATE TRIGGER only_old_ones BEFORE DELETE ON audit.events
                    FOR EACH ROW EXECUTE FUNCTION audit.is_old()
                """,
                """
                CREATE TRIGGER only_forgotten_ones BEFORE DELETE ON audit.personal
                    FOR EACH ROW EXECUTE FUNCTION audit.is_forgotten()
                """,
                """
                ALTER TABLE audit.events
                    ENABLE ALWAYS TRIGGER append_only,
                    ENABLE ALWAYS TRIGGER only_old_ones
                """,
                """
                ALTER TABLE audit.personal
                    ENABLE ALWAYS TRIGGER append_only,
                    ENABLE ALWAYS TRIGGER only_forgotten_ones
                """,
            ],
            reverse_sql="DROP FUNCTION audit.refuse, audit.is_old, audit.is_forgotten CASCADE",
        ),
    ]
