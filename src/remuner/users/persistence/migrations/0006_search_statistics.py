"""What PostgreSQL has to know to plan for `q`."""

from tortoise import migrations

from remuner.shared.migrations import part_statistics


class Migration(migrations.Migration):
    dependencies = [("users", "0005_cache_state")]

    operations = [part_statistics("users.users", "search_key")]
