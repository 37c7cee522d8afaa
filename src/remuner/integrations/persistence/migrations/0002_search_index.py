"""An index for `q`, where the server has pg_trgm."""

from tortoise import migrations

from remuner.shared.migrations import trigram_index


class Migration(migrations.Migration):
    dependencies = [("integrations", "0001_initial")]

    operations = [trigram_index("integrations.integrations", "name_key")]
