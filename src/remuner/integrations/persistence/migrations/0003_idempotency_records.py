"""Answers to requests with an Idempotency-Key."""

from tortoise import migrations

from remuner.shared.idempotency_records import idempotency_table


class Migration(migrations.Migration):
    dependencies = [("integrations", "0002_search_index")]

    operations = [idempotency_table("integrations")]
