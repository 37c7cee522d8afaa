"""Counts of users by status, and of teams."""

from tortoise import migrations

from remuner.shared.counts import count_deltas_table, counted


class Migration(migrations.Migration):
    dependencies = [("users", "0003_idempotency_records")]

    operations = [count_deltas_table("users"), counted("users", "users", by_status=True), counted("users", "teams")]
