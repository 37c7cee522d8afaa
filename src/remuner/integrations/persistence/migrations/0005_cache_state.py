"""Whether readers may trust the cache."""

from tortoise import migrations

from remuner.shared.cache_state import cache_state_table


class Migration(migrations.Migration):
    dependencies = [("integrations", "0003_idempotency_records")]

    operations = [cache_state_table("integrations")]
