"""The lock of a user and the look for its bar in one call: every write that takes hold of a user begins with it."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("integrations", "0005_cache_state")]

    operations = [
        ops.RunSQL(
            [
                # VOLATILE: each statement of the function sees what was committed before it began, so the second one
                # sees what the lock waited for. https://www.postgresql.org/docs/current/xfunc-volatility.html
                """
                CREATE FUNCTION integrations.admit(candidate uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
                BEGIN
                    PERFORM pg_advisory_xact_lock_shared(
                        hashtextextended('remuner.integrations.user:' || candidate::text, 0));
                    RETURN NOT EXISTS (SELECT FROM integrations.departed_users WHERE user_id = candidate);
                END $$
                """,
            ],
            reverse_sql="DROP FUNCTION integrations.admit",
        ),
    ]
