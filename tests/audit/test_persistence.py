"""What every implementation of the audit trail's persistence promises, and what the database itself refuses."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from remuner.audit.domain.entities import Actor, Event, EventQuery
from remuner.audit.domain.ports import EventPersistence
from remuner.audit.domain.use_cases import PruneEvents
from remuner.audit.persistence.postgres import PostgresEvents
from remuner.shared.database import Database
from remuner.shared.ids import new_id
from remuner.shared.pagination import PageRequest

IMPLEMENTATIONS: dict[str, Callable[[Database], EventPersistence]] = {"postgres": PostgresEvents}
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
QUERY = EventQuery(PageRequest(limit=1000, sort="at", descending=True))


@pytest.fixture(params=IMPLEMENTATIONS)
def trail(request: pytest.FixtureRequest, database: Database) -> EventPersistence:
    """Each implementation in turn, on a database of the test's own."""
    return IMPLEMENTATIONS[request.param](database)


def new_event(**fields: Any) -> Event:  # noqa: ANN401
    """Return an event that is not kept yet."""
    user_id = new_id()
    usual = {
        "id": new_id(),
        "at": NOON,
        "actor": Actor(None, "admin key"),
        "action": "user.updated",
        "resource_id": user_id,
        "changes": {"status": ["active", "inactive"], "email": [None, None]},
        "request_id": "job-7",
        "subject": user_id,
        "personal": {"email": [None, "a@example.com"]},
    }
    return Event(**{**usual, **fields})


async def test_events_are_read_as_they_were_added(database: Database, trail: EventPersistence) -> None:
    """Every attribute, with whatever text and without what may be missing, also of many at once."""
    plain = {"subject": None, "personal": {}, "request_id": None, "changes": {"name": ["\\\"'é😀\u2028", None]}}
    added = [
        new_event(),
        new_event(actor=Actor(new_id(), "a key's {name}, \\"), at=NOON - timedelta(microseconds=1)),
        new_event(**plain, action="team.created", at=NOON - timedelta(days=1)),
    ]
    await database.unit_of_work(lambda: trail.add(added))
    await database.unit_of_work(lambda: trail.add([]))
    assert added == list((await trail.list(QUERY)).items)


async def test_an_event_is_kept_once(trail: EventPersistence) -> None:
    """Whoever does not know whether it was written, such as after a lost connection, adds it again with others."""
    first, second = new_event(), new_event(at=NOON - timedelta(seconds=1))
    await trail.add([first])
    await trail.add([first, second])
    assert [first, second] == list((await trail.list(QUERY)).items)


async def test_a_forgotten_subject_keeps_its_events(database: Database, trail: EventPersistence) -> None:
    """Only the personal values go, only those of this user, and again does no harm."""
    one, other = new_event(), new_event(at=NOON - timedelta(days=1))
    await database.unit_of_work(lambda: trail.add([one, other]))
    for _ in range(2):
        await database.unit_of_work(lambda: trail.forget(one.resource_id))
    forgotten, kept = (await trail.list(QUERY)).items
    assert (None, {}, one.changes) == (forgotten.subject, forgotten.personal, forgotten.changes)
    assert other == kept


async def test_old_events_are_pruned_in_batches(database: Database, trail: EventPersistence) -> None:
    """Those before the moment and their personal values go, those at it and later stay; what is done is told."""
    old = [new_event(at=NOON - timedelta(seconds=number + 1)) for number in range(5001)]
    young = [new_event(), new_event(at=NOON + timedelta(seconds=1))]
    await database.unit_of_work(lambda: trail.add([*old, *young]))
    told: list[int] = []
    assert 5001 == await trail.count(NOON)
    assert 5001 == await PruneEvents(database.unit_of_work, trail)(NOON, told.append)
    assert ([5000, 5001], 0) == (told, await trail.count(NOON))
    assert young[::-1] == list((await trail.list(QUERY)).items)
    assert 2 == len(await database.fetch("SELECT 1 FROM audit.personal"))


@pytest.fixture
async def owner(database: Database, database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """The owner of the tables, who is a superuser here, with two events there."""
    await database.unit_of_work(lambda: PostgresEvents(database).add([new_event(), new_event()]))
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


REFUSED = [
    "UPDATE audit.events SET actor = 'somebody else'",
    "UPDATE audit.events SET actor = 'somebody else' WHERE false",
    "UPDATE audit.personal SET changes = '{}'",
    """
    INSERT INTO audit.events (id, at, actor, action, resource_id, changes)
        SELECT id, at, actor, action, resource_id, changes FROM audit.events
        ON CONFLICT (id) DO UPDATE SET actor = 'somebody else'
    """,
    "MERGE INTO audit.events e USING (SELECT 1) o ON true WHEN MATCHED THEN UPDATE SET actor = 'somebody else'",
    "DELETE FROM audit.events",
    "DELETE FROM audit.personal",
    "TRUNCATE audit.events CASCADE",
    "TRUNCATE audit.personal",
]


@pytest.mark.parametrize("role", ["SELECT", "SET session_replication_role = replica"])
@pytest.mark.parametrize("statement", REFUSED)
async def test_the_database_refuses_to_change_the_trail(owner: asyncpg.Connection, statement: str, role: str) -> None:
    """Also for the owner of the tables, and for one who plays a replica; nothing has changed then."""
    before = await owner.fetch("SELECT e::text, p::text FROM audit.events e JOIN audit.personal p ON p.event_id = e.id")
    await owner.execute(role)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await owner.execute(statement)
    assert 2 == len(before)
    assert before == await owner.fetch(
        "SELECT e::text, p::text FROM audit.events e JOIN audit.personal p ON p.event_id = e.id"
    )


async def test_what_prune_may_erase_is_old(owner: asyncpg.Connection) -> None:
    """With its date set, an event of that moment or later is kept, personal values stay with it, and UPDATE is none."""
    await owner.execute("SELECT set_config('remuner.audit_prune_before', $1, false)", NOON.isoformat())
    for statement in REFUSED:
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
            await owner.execute(statement)
    later = (NOON + timedelta(microseconds=1)).isoformat()
    await owner.execute("SELECT set_config('remuner.audit_prune_before', $1, false)", later)
    assert "DELETE 2" == await owner.execute("DELETE FROM audit.events")


async def test_what_may_be_forgotten_is_one_user(owner: asyncpg.Connection) -> None:
    """With a subject set, the personal values of another one are kept, and so are the events."""
    subject = await owner.fetchval("SELECT subject FROM audit.personal LIMIT 1")
    await owner.execute("SELECT set_config('remuner.audit_forget', $1, false)", str(subject))
    for statement in REFUSED:
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
            await owner.execute(statement)
    assert "DELETE 1" == await owner.execute("DELETE FROM audit.personal WHERE subject = $1", subject)


async def test_the_service_may_not_prune_for_long(database: Database, trail: EventPersistence) -> None:
    """What is allowed to one transaction is not to the next one on the same connection."""
    one = new_event()
    await database.unit_of_work(lambda: trail.add([one]))
    await database.unit_of_work(lambda: trail.prune(NOON, 1))
    await database.unit_of_work(lambda: trail.forget(new_id()))
    for table in ("events", "personal"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await database.fetch(f"DELETE FROM audit.{table}")
    assert [one] == list((await trail.list(QUERY)).items)
