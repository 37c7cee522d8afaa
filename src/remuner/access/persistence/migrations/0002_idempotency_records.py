"""Answers to requests with an Idempotency-Key."""

from tortoise import migrations

from remuner.shared.idempotency_records import idempotency_table


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [idempotency_table("access")]
