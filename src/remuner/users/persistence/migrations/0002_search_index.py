"""An index for `q` on users, where the server has pg_trgm; teams are few enough to scan."""

from tortoise import migrations

from remuner.shared.migrations import trigram_index


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial")]

    operations = [trigram_index("users.users", "search_key")]
