"""Counts are exact at every moment: after each kind of write, in every race, and from the migration on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from random import Random
from urllib.parse import urlsplit

import asyncpg
import pytest
from tests.conftest import Clients, migrate_back
from tests.integrations.factories import lock_awaited, post_integration
from tests.users.factories import new_team, post_team, post_user

from remuner.composition import APPS
from remuner.shared.counts import FOLD_SECONDS, Counts
from remuner.shared.database import Database, Row
from remuner.shared.errors import Unavailable
from remuner.shared.migrations import migrate
from remuner.shared.periodic import periodically
from remuner.users.persistence.postgres import PostgresTeams, PostgresUsers

FEW = 100
WRITERS = 30
MODELS = {app: f"remuner.{app}.persistence.tables" for app in APPS}
TRUTH = (
    "SELECT 'users.' || status AS name, count(*) FROM users.users GROUP BY 1 "
    "UNION ALL SELECT 'teams', count(*) FROM users.teams HAVING count(*) > 0"
)


def add(first: int, last: int, status: str = "active", more: str = "") -> str:
    """Return the statement that inserts the users of these numbers."""
    return (
        "INSERT INTO users.users (id, first_name, first_name_key, last_name, last_name_key, email, email_key, status, "
        f"created_at, updated_at) SELECT gen_random_uuid(), 'A', 'a', 'B', 'b', i || '@example.com', i, '{status}', "
        f"now(), now() FROM generate_series({first}, {last}) AS i {more}"
    )


def teams(first: int, last: int) -> str:
    """Return the statement that inserts the teams of these numbers."""
    return (
        "INSERT INTO users.teams (id, name, name_key, created_at, updated_at) "
        f"SELECT gen_random_uuid(), i, i, now(), now() FROM generate_series({first}, {last}) AS i"
    )


def status(new: str, where: str = "true") -> str:
    """Return the statement that changes the status of users."""
    return f"UPDATE users.users SET status = '{new}' WHERE {where}"


WRITES = [
    add(1, 0),
    add(1, 5),
    add(6, 8, "pending"),
    add(1, 9, "inactive", "ON CONFLICT DO NOTHING"),
    add(5, 10, "inactive", "ON CONFLICT ON CONSTRAINT users_email_key DO UPDATE SET status = excluded.status"),
    status("active", "email_key = '5'"),
    status("active", "status = 'active'"),
    "UPDATE users.users SET first_name = 'C', revision = 2",
    status("pending"),
    "DELETE FROM users.users WHERE email_key IN ('1', '2', '3')",
    "DELETE FROM users.users WHERE false",
    f"BEGIN; {add(11, 13)}; {status('active')}; DELETE FROM users.users WHERE email_key > '5'; ROLLBACK",
    f"BEGIN; {add(1, 2)}; SAVEPOINT a; {add(3, 3)}; {status('inactive')}; ROLLBACK TO a; COMMIT",
    """
    MERGE INTO users.users u USING (VALUES ('1'), ('2')) AS new (key) ON u.email_key = new.key
        WHEN MATCHED AND key = '1' THEN DELETE WHEN MATCHED THEN UPDATE SET status = 'inactive'
    """,
    teams(1, 20),
    "INSERT INTO users.memberships SELECT u.id, t.id FROM users.users u, users.teams t",
    "DELETE FROM users.teams WHERE name_key < '15'",
    "DELETE FROM users.users WHERE email_key > '8'",
    "BEGIN; TRUNCATE users.users CASCADE; ROLLBACK",
    f"BEGIN; {add(30, 31)}; TRUNCATE users.users CASCADE; {add(1, 4)}; COMMIT",
    "TRUNCATE users.users, users.teams CASCADE",
    add(1, 2, "inactive"),
]


class Faulty(Database):
    """A database that fails once, when it is asked to fold."""

    error: Exception | None = None

    async def fetch(self, sql: str, *values: object) -> list[Row]:
        """Fail, or read."""
        if "OFFSET" in sql and self.error:
            error, self.error = self.error, None
            raise error
        return await super().fetch(sql, *values)


@pytest.fixture
async def connect(database_url: str) -> AsyncIterator[Callable[[], Awaitable[asyncpg.Connection]]]:
    """Make connections to this test's database."""
    made: list[asyncpg.Connection] = []

    async def connect() -> asyncpg.Connection:
        made.append(await asyncpg.connect(database_url))
        return made[-1]

    yield connect
    for connection in made:
        await connection.close()


Connect = Callable[[], Awaitable[asyncpg.Connection]]


@pytest.fixture
async def connection(connect: Connect) -> asyncpg.Connection:
    """A connection to this test's database."""
    return await connect()


@pytest.fixture
def counts(database: Database) -> Counts:
    """The users' counts."""
    return Counts("users", database)


async def truth(connection: asyncpg.Connection) -> dict[str, int]:
    """Count the rows."""
    return {row["name"]: row["count"] for row in await connection.fetch(TRUTH)}


async def deltas(connection: asyncpg.Connection) -> int:
    """How many deltas there are."""
    return int(await connection.fetchval("SELECT count(*) FROM users.count_deltas"))


async def test_each_kind_of_write_is_counted(connection: asyncpg.Connection, counts: Counts) -> None:
    """Of one row, many or none; with conflicts, to the same status, cascading, rolled back, merged, truncated."""
    found = []
    for write in WRITES:
        await connection.execute(write)
        found.append((write, await truth(connection), await counts.read()))
    assert [(write, rows, rows) for write, rows, _ in found] == found
    assert {"users.inactive": 2} == await counts.read()


async def test_only_what_changes_a_count_leaves_a_delta(connection: asyncpg.Connection) -> None:
    """One for each status that a statement adds to or takes from; other changes cost nothing."""
    await connection.execute(add(1, 50))
    await connection.execute("UPDATE users.users SET first_name = 'C', status = 'active'")
    await connection.execute("DELETE FROM users.users WHERE false")
    assert 1 == await deltas(connection)
    await connection.execute("DELETE FROM users.users")
    assert 2 == await deltas(connection)


async def test_truncate_is_refused_where_it_could_not_be_counted(connection: asyncpg.Connection) -> None:
    """With a snapshot from before the lock; a session may have that as its default."""
    for level in ("REPEATABLE READ", "SERIALIZABLE"):
        with pytest.raises(asyncpg.RaiseError, match="TRUNCATE of teams is counted in READ COMMITTED only"):
            await connection.execute(f"BEGIN ISOLATION LEVEL {level}; TRUNCATE users.teams CASCADE")
        await connection.execute("ROLLBACK")


async def test_a_count_sees_its_own_transaction(connection: asyncpg.Connection, database: Database) -> None:
    """What a unit of work has written, and others have not seen, is counted in it, and only in it."""
    team, kept = new_team(), PostgresTeams(database)

    async def work() -> int:
        await kept.add(team)
        within = await kept.count()
        assert {} == await truth(connection)
        await kept.remove(team.id)
        await kept.add(team)
        return within

    assert (1, 1) == (await database.unit_of_work(work), await kept.count())


async def test_a_count_does_not_look_at_the_rows(connection: asyncpg.Connection, database: Database) -> None:
    """It answers while nobody may read them."""
    await connection.execute(f"{add(1, 3)}; {teams(1, 2)}")
    await connection.execute("BEGIN; LOCK TABLE users.users, users.teams")
    found = await asyncio.wait_for(PostgresUsers(database).count(), 2), await PostgresTeams(database).count()
    assert ({"active": 3}, 2) == found


async def _play(connection: asyncpg.Connection, seed: int) -> None:
    """Add, change and delete users, some of them other writers' and some of it rolled back."""
    random = Random(seed)
    for number in range(40):
        first = random.randrange(400)
        some = f"email_key::int BETWEEN {first} AND {first + 3}"
        # In order of their keys, so that no two writers deadlock over the rows themselves.
        held = f"SELECT 1 FROM users.users WHERE {some} ORDER BY email_key::int FOR UPDATE"
        write = random.choice(
            [
                add(first, first + 3, random.choice(["active", "pending"]), "ON CONFLICT DO NOTHING"),
                f"{held}; {status(random.choice(['active', 'inactive']), some)}",
                f"{held}; DELETE FROM users.users WHERE {some}",
                teams(seed * 1000 + number, seed * 1000 + number),
            ]
        )
        await connection.execute(f"BEGIN; {write}; {random.choice(['COMMIT', 'COMMIT', 'ROLLBACK'])}")


async def test_counts_are_exact_after_a_race(connect: Connect, counts: Counts) -> None:
    """Thirty writers of the same rows, while others fold all the time: nothing is lost, nothing is counted twice."""
    connections = [await connect() for _ in range(WRITERS)]
    running = asyncio.gather(*(_play(connection, seed) for seed, connection in enumerate(connections)))
    while not running.done():
        await asyncio.gather(counts.fold(), counts.fold())
    await running
    rows = await truth(connections[0])
    assert (rows, {"teams", "users.active", "users.inactive", "users.pending"}) == (await counts.read(), {*rows})
    await counts.fold()
    assert await deltas(connections[0]) <= FEW
    assert rows == await counts.read()


async def _move(connection: asyncpg.Connection, user: int, ended: asyncio.Event) -> int:
    """Give a user one status after the other, and replace it by another user; return how many deltas that made."""
    made = 0
    while not ended.is_set():
        for new in ("pending", "inactive", "active"):
            await connection.execute(status(new, f"email_key = '{user}'"))
        await connection.execute(
            f"BEGIN; DELETE FROM users.users WHERE email_key = '{user}'; {add(user, user)}; COMMIT"
        )
        made += 8
    return made


async def test_no_reader_sees_what_never_was(connect: Connect, counts: Counts) -> None:
    """Writers that only move users from status to status, and folding, keep the total in every single read."""
    connections = [await connect() for _ in range(WRITERS)]
    await connections[0].execute(add(1, WRITERS))
    ended, totals = asyncio.Event(), list[int]()
    moving = asyncio.gather(*(_move(each, user, ended) for user, each in enumerate(connections, start=1)))
    while len(totals) < 200:
        folding = asyncio.create_task(counts.fold())
        for read in await asyncio.gather(*(counts.read() for _ in range(5))):
            totals.append(sum(read.values()))
        await folding
    ended.set()
    made = await moving
    assert [WRITERS] * 200 == totals
    assert await deltas(connections[0]) < sum(made)


async def test_folding_leaves_a_row_for_each_name(connection: asyncpg.Connection, counts: Counts) -> None:
    """Not before it pays; what has come to nothing has no row."""
    for number in range(FEW):
        await connection.execute(teams(number, number))
    await counts.fold()
    assert FEW == await deltas(connection)
    await connection.execute(add(1, 3))
    await connection.execute("DELETE FROM users.users")
    await counts.fold()
    assert (1, {"teams": FEW}) == (await deltas(connection), await counts.read())


async def test_very_many_deltas_are_folded_in_parts(connection: asyncpg.Connection, counts: Counts) -> None:
    """A change of every user's status may leave more of them than a statement has time for."""
    await connection.execute("INSERT INTO users.count_deltas SELECT 'teams', 1 FROM generate_series(1, 60000)")
    await counts.fold()
    assert (10_001, {"teams": 60_000}) == (await deltas(connection), await counts.read())
    await counts.fold()
    assert (1, {"teams": 60_000}) == (await deltas(connection), await counts.read())


async def test_one_folds_at_a_time(connection: asyncpg.Connection, database: Database, counts: Counts) -> None:
    """Another replica that folds is not waited for; each app has a turn of its own."""
    for app in ("users", "integrations"):
        await connection.execute(f"INSERT INTO {app}.count_deltas SELECT 'some', 1 FROM generate_series(1, 200)")
    await connection.execute("BEGIN; SELECT FROM users.count_deltas FOR UPDATE")
    first = asyncio.create_task(counts.fold())
    await lock_awaited(database.fetch)
    async with asyncio.timeout(2):
        await counts.fold()
        await Counts("integrations", database).fold()
    assert (200, 1) == (
        await deltas(connection),
        await connection.fetchval("SELECT count(*) FROM integrations.count_deltas"),
    )
    await connection.execute("COMMIT")
    await first
    assert (1, {"some": 200}) == (await deltas(connection), await counts.read())


async def test_deltas_may_be_published(connection: asyncpg.Connection, counts: Counts) -> None:
    """Logical replication of all tables does not end the folding, for want of a key."""
    await connection.execute("SET client_min_messages = error; CREATE PUBLICATION everything FOR ALL TABLES")
    await connection.execute("INSERT INTO users.count_deltas SELECT 'teams', 1 FROM generate_series(1, 200)")
    await counts.fold()
    assert 1 == await deltas(connection)


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read"])
async def test_the_migration_counts_what_is_there(empty_database_url: str, isolation: str) -> None:
    """Exactly, when one writer has not ended and another waits; whatever isolation is the database's default."""
    await migrate(empty_database_url, APPS)
    await migrate_back(empty_database_url, "users", "0003_idempotency_records")
    one, two = [await asyncpg.connect(empty_database_url) for _ in range(2)]
    name = urlsplit(empty_database_url).path.strip("/")
    await one.execute(f"{add(1, 50)}; {teams(1, 3)}")
    await one.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = '{isolation}'")
    await one.execute(f"BEGIN; {add(51, 60, 'pending')}; DELETE FROM users.users WHERE email_key = '1'")
    async with Database(empty_database_url, MODELS) as database, asyncio.TaskGroup() as tasks:
        migrated = tasks.create_task(migrate(empty_database_url, APPS))
        await lock_awaited(database.fetch)
        late = tasks.create_task(two.execute(add(61, 65, "inactive")))
        await asyncio.sleep(0.05)
        assert (False, False) == (migrated.done(), late.done())
        await one.execute("COMMIT")
    async with Database(empty_database_url, MODELS) as database:
        expected = {"teams": 3, "users.active": 49, "users.pending": 10, "users.inactive": 5}
        assert (expected, "users.0004_counts") == (await Counts("users", database).read(), (await migrated)[0])
    for connection in (one, two):
        await connection.close()


async def test_the_migration_goes_and_comes_back(database_url: str, connection: asyncpg.Connection) -> None:
    """Undone, writes go on uncounted; applied again, they are counted from there."""
    await connection.execute(add(1, 3))
    for app in ("users", "integrations"):
        await migrate_back(database_url, app, "0003_idempotency_records")
    left = "SELECT (SELECT count(*) FROM pg_proc WHERE proname ~ '^count_'), to_regclass('users.count_deltas')"
    before = tuple(await connection.fetchrow(left) or ())
    await connection.execute(f"{add(4, 5, 'pending')}; {status('inactive', 'email_key::int < 3')}; {teams(1, 1)}")
    assert (0, None) == before
    assert {"users.0004_counts", "integrations.0004_counts"} <= {*await migrate(database_url, APPS)}
    async with Database(database_url, MODELS) as database:
        assert await truth(connection) == await Counts("users", database).read()


async def test_another_replica_counts_what_was_answered(clients: Clients) -> None:
    """Creations, changes and deletions of each kind, and what goes with a user, right after the answer."""
    async with clients() as one, clients() as two:

        async def stats() -> list[object]:
            return [(await two.get(f"/v1/{each}/stats")).json() for each in ("users", "teams", "integrations")]

        team = await post_team(one)
        ada, grace = [await post_user(one, team_ids=[team["id"]]) for _ in range(2)]
        crm, _ = [await post_integration(one, ada["id"]) for _ in range(2)]
        users = {"total": 2, "active": 2, "pending": 0, "inactive": 0}
        assert [users, {"total": 1}, {"total": 2, "active": 2, "inactive": 0}] == await stats()
        await one.patch(f"/v1/users/{grace['id']}", json={"status": "pending"})
        await one.patch(f"/v1/integrations/{crm['id']}", json={"status": "inactive"})
        users = {"total": 2, "active": 1, "pending": 1, "inactive": 0}
        assert [users, {"total": 1}, {"total": 2, "active": 1, "inactive": 1}] == await stats()
        await one.delete(f"/v1/teams/{team['id']}")
        for each in (await one.get(f"/v1/integrations?user_id={ada['id']}")).json()["items"]:
            await one.patch(f"/v1/integrations/{each['id']}", json={"status": "inactive"})
        await one.delete(f"/v1/users/{ada['id']}")
        users = {"total": 1, "active": 0, "pending": 1, "inactive": 0}
        assert [users, {"total": 0}, {"total": 0, "active": 0, "inactive": 0}] == await stats()


async def test_the_service_folds(clients: Clients, connection: asyncpg.Connection) -> None:
    """In both apps, within seconds, and again."""
    apps = ("users", "integrations")
    left = "SELECT (SELECT count(*) FROM users.count_deltas) + (SELECT count(*) FROM integrations.count_deltas)"
    async with clients(), asyncio.timeout(10):
        for _ in range(2):
            for app in apps:
                await connection.execute(
                    f"INSERT INTO {app}.count_deltas SELECT 'some', 1 FROM generate_series(1, 200)"
                )
            while await connection.fetchval(left) != 2:  # noqa: ASYNC110 - there is no event for it
                await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("error", "said"), [(Unavailable(), []), (RuntimeError("secret"), ["RuntimeError while folding counts"])]
)
async def test_folding_outlives_errors(
    database_url: str,
    connection: asyncpg.Connection,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    said: list[str],
) -> None:
    """The database away is not worth a word; a fault is, without what it says."""
    caplog.set_level(logging.INFO)
    await connection.execute("INSERT INTO users.count_deltas SELECT 'teams', 1 FROM generate_series(1, 200)")
    async with Faulty(database_url, MODELS) as database:
        database.error = error
        folding = asyncio.create_task(periodically(FOLD_SECONDS, "folding counts", Counts("users", database).fold))
        async with asyncio.timeout(10):
            while await deltas(connection) > 1:  # noqa: ASYNC110 - there is no event for it
                await asyncio.sleep(0.05)
        folding.cancel()
        await asyncio.wait([folding])
    assert database.error is None
    assert said == caplog.messages
