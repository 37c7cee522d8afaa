"""What PostgreSQL has to know to plan for `q`."""

from tortoise import migrations

from remuner.shared.migrations import part_statistics


class Migration(migrations.Migration):
    dependencies = [("integrations", "0006_admit")]

    operations = [part_statistics("integrations.integrations", "name_key")]
