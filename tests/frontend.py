"""The calls of the first Remuner frontend: minor 1, as the contract's table has it."""

from typing import Any

from tests.conftest import Client

MINOR_1, MINOR_2 = {"X-API-Version": "1"}, {"X-API-Version": "2"}
EXTRA: dict[str, object] = {
    "id": 17,
    "status": "sleeping",
    "user": {"id": "x"},
    "integrations": [{"id": 1, "token": None}],
    "team_ids": "x",
    "user_ids": None,
    "": [],
    "\N{GRINNING FACE}": {},
}
"""Fields that minor 1 does not know: they may be anything and count for nothing."""


async def save(frontend: Client, path: str, **body: object) -> str:
    """Create, or edit, and return the id, which is all that is answered."""
    answer = await frontend.post(path, json=body)
    assert 200 == answer.status_code, answer.text
    saved: dict[str, str] = answer.json()
    assert ["id"] == list(saved)
    return saved["id"]


async def shown(frontend: Client, path: str) -> Any:  # noqa: ANN401 - an object or an array
    """Return what there is to see."""
    answer = await frontend.get(path)
    assert 200 == answer.status_code, answer.text
    return answer.json()
