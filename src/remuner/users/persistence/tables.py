"""Users, teams and memberships in PostgreSQL, in the schema `users`.

Columns named `…_key` hold what must be unique, found or sorted without regard to case: see `shared.text.fold`.
Their collation is "C", so that PostgreSQL compares them as Python does, whatever the server's locale.
The migrations make in SQL what Tortoise cannot express: the table `memberships`, whose key has two columns, the
generated column `search_key`, collations and checks.
The models have comments, not docstrings: Tortoise would take those for descriptions that need a migration.
"""

from tortoise import fields
from tortoise.models import Model

from remuner.users.domain.entities import UserStatus


class UserRow(Model):
    # A user. Its generated column `search_key` holds the three other keys, a line each.

    id = fields.UUIDField(primary_key=True)
    first_name = fields.TextField()
    last_name = fields.TextField()
    email = fields.TextField()
    status = fields.CharEnumField(UserStatus, max_length=8)
    first_name_key = fields.TextField()
    last_name_key = fields.TextField()
    email_key = fields.TextField()
    revision = fields.IntField(db_default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        """Where it is kept."""

        app = "users"
        schema = "users"
        table = "users"


class TeamRow(Model):
    # A team.

    id = fields.UUIDField(primary_key=True)
    name = fields.TextField()
    name_key = fields.TextField()
    revision = fields.IntField(db_default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        """Where it is kept."""

        app = "users"
        schema = "users"
        table = "teams"
