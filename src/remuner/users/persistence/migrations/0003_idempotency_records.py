"""Answers to requests with an Idempotency-Key."""

from tortoise import migrations

from remuner.shared.idempotency_records import idempotency_table


class Migration(migrations.Migration):
    dependencies = [("users", "0002_search_index")]

    operations = [idempotency_table("users")]
