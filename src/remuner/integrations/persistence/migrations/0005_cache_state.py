"""Whether readers may trust the cache."""

from tortoise import migrations

from remuner.shared.cache_state import cache_state_table


class Migration(migrations.Migration):
    dependencies = [("integrations", "0004_counts")]

    operations = [cache_state_table("integrations")]
