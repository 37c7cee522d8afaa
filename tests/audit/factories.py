"""Events for tests: as shown over HTTP, and all that the database holds of them."""

from typing import Any

from tests.conftest import Client

from remuner.shared.database import Database

EVENTS = "/v1/audit-events"


async def events(client: Client, **filters: str) -> list[dict[str, Any]]:
    """Return all events that the filters select, the newest first."""
    answer = await client.get(EVENTS, params={"limit": "200", **filters})
    assert 200 == answer.status_code, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def kept(database: Database) -> str:
    """Return all that is in the schema, as text."""
    rows = await database.fetch("SELECT e::text FROM audit.events e UNION ALL SELECT p::text FROM audit.personal p")
    return "\n".join(row[0] for row in rows)
