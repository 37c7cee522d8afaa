"""Users, teams and who is in which."""

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from remuner.users.domain.entities import UserStatus


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="TeamRow",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("name", fields.TextField(unique=False)),
                ("name_key", fields.TextField(unique=False)),
                ("revision", fields.IntField(db_default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "teams", "schema": "users", "app": "users", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="UserRow",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("first_name", fields.TextField(unique=False)),
                ("last_name", fields.TextField(unique=False)),
                ("email", fields.TextField(unique=False)),
                ("status", fields.CharEnumField(enum_type=UserStatus, max_length=8)),
                ("first_name_key", fields.TextField(unique=False)),
                ("last_name_key", fields.TextField(unique=False)),
                ("email_key", fields.TextField(unique=False)),
                ("revision", fields.IntField(db_default=1)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "users", "schema": "users", "app": "users", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunSQL(
            [
                """
                ALTER TABLE users.users
                    ALTER first_name_key TYPE text COLLATE "C",
                    ALTER last_name_key TYPE text COLLATE "C",
                    ALTER email_key TYPE text COLLATE "C",
                    ADD search_key text COLLATE "C" NOT NULL
                        GENERATED ALWAYS AS (first_name_key || E'\\n' || last_name_key || E'\\n' || email_key) STORED,
                    ADD CONSTRAINT users_first_name_check CHECK (char_length(first_name) BETWEEN 1 AND 50),
                    ADD CONSTRAINT users_last_name_check CHECK (char_length(last_name) BETWEEN 1 AND 50),
                    ADD CONSTRAINT users_email_check CHECK (char_length(email) BETWEEN 3 AND 254),
                    ADD CONSTRAINT users_status_check CHECK (status IN ('active', 'pending', 'inactive')),
                    ADD CONSTRAINT users_revision_check CHECK (revision >= 1),
                    ADD CONSTRAINT users_email_key UNIQUE (email_key)
                """,
                """
                CREATE INDEX users_created_at_idx ON users.users (created_at, id)
                """,
                """
                CREATE INDEX users_last_name_idx ON users.users (last_name_key, id)
                """,
                """
                ALTER TABLE users.teams
                    ALTER name_key TYPE text COLLATE "C",
                    ADD CONSTRAINT teams_name_check CHECK (char_length(name) BETWEEN 1 AND 50),
                    ADD CONSTRAINT teams_revision_check CHECK (revision >= 1),
                    ADD CONSTRAINT teams_name_key UNIQUE (name_key)
                """,
                """
                CREATE INDEX teams_created_at_idx ON users.teams (created_at, id)
                """,
                """
                CREATE TABLE users.memberships (
                    user_id uuid NOT NULL,
                    team_id uuid NOT NULL,
                    CONSTRAINT memberships_pkey PRIMARY KEY (user_id, team_id),
                    CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users.users ON DELETE CASCADE,
                    CONSTRAINT memberships_team_id_fkey FOREIGN KEY (team_id) REFERENCES users.teams ON DELETE CASCADE
                )
                """,
                """
                CREATE INDEX memberships_team_id_idx ON users.memberships (team_id, user_id)
                """,
            ],
            reverse_sql="DROP TABLE users.memberships",
        ),
    ]
