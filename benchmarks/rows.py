"""Users, teams, memberships and integrations: a database of any size, the same each time.

Of a number of users each is in two teams and has one integration; there is a team for every twenty.
"""

import asyncpg

_TO_TEAM = 20
_ID = "('01900000-0000-7000-8000-' || lpad(to_hex({0}), 12, '0'))::uuid"
_AT = "'2026-01-01T00:00:00Z'::timestamptz + {0} * interval '1 second'"


def row_id(number: int) -> str:
    """Return the id of the user, the team or the integration of this number, from 1."""
    return f"01900000-0000-7000-8000-{number:012x}"


async def fill(url: str, users: int) -> None:
    """Fill an empty database that has been migrated."""
    database = await asyncpg.connect(url)
    teams = max(2, users // _TO_TEAM)
    for statement in (
        f"""INSERT INTO users.teams (id, name, name_key, created_at, updated_at)
            SELECT {_ID.format("n")}, 'Team ' || n, 'team ' || n, {_AT.format("n")}, {_AT.format("n")}
            FROM generate_series(1, {teams}) AS n""",
        f"""INSERT INTO users.users (id, first_name, first_name_key, last_name, last_name_key, email, email_key, status,
                revision, created_at, updated_at)
            SELECT {_ID.format("n")}, 'Ada', 'ada', 'Lovelace ' || n, 'lovelace ' || n, 'ada.' || n || '@example.com',
                'ada.' || n || '@example.com', (ARRAY['active', 'pending', 'inactive'])[1 + n % 3], 1,
                {_AT.format("n")}, {_AT.format("n")}
            FROM generate_series(1, {users}) AS n""",
        f"""INSERT INTO users.memberships (user_id, team_id)
            SELECT {_ID.format("n")}, {_ID.format(f"1 + (n + m * {teams} / 2) % {teams}")}
            FROM generate_series(1, {users}) AS n, generate_series(0, 1) AS m""",
        f"""INSERT INTO integrations.integrations (id, name, name_key, status, user_id, sealed_token, token_set_at,
                created_at, updated_at)
            SELECT {_ID.format("n")}, 'Payroll ' || n, 'payroll ' || n, 'active', {_ID.format("n")}, 'never opened',
                {_AT.format("n")}, {_AT.format("n")}, {_AT.format("n")}
            FROM generate_series(1, {users}) AS n""",
        "VACUUM ANALYZE",
        "CHECKPOINT",  # now, rather than in somebody's turn
    ):
        await database.execute(statement)
    await database.close()
