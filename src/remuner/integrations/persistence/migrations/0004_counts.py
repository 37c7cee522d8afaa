"""Counts of integrations by status."""

from tortoise import migrations

from remuner.shared.counts import count_deltas_table, counted


class Migration(migrations.Migration):
    dependencies = [("integrations", "0003_idempotency_records")]

    operations = [count_deltas_table("integrations"), counted("integrations", "integrations", by_status=True)]
