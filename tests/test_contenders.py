"""The contenders that serve some of the service's own calls: each as the benchmarks start it, on the service's rows."""

import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from tests.conftest import ADMIN_KEY, Client
from tests.e2e.service import environment, free_port
from tests.integrations.factories import integration_body, opened_tokens, post_integration
from tests.users.factories import post_team, post_user

from remuner.shared.database import Database
from remuner.shared.sealing import Sealer, load_sealer

APPS = {
    "remuner": "whole:remuner",
    "FastAPI": "fastapi_sqlalchemy:app",
    "Litestar": "litestar_alchemy:app",
    "Django Ninja": "django_ninja:app",
}
PERSISTENCES = ("postgres",)  # a cache does not see what others write
START_SECONDS = 30
_ROOT = Path(__file__).parents[1]


@pytest.fixture(params=APPS)
def url(request: pytest.FixtureRequest, database_url: str, keyset_file: Path, tmp_path: Path) -> Iterator[str]:
    """A contender that runs, with one worker, on this test's database."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    granian = f"granian --interface asgi --workers 1 --no-ws --log-level warning --workers-kill-timeout 2 --port {port}"
    command = [sys.executable, "-m", *granian.split(), f"benchmarks.contenders.{APPS[request.param]}"]
    given = {
        "REMUNER_DATABASE_URL": database_url,
        "REMUNER_KEYSET_FILE": str(keyset_file),
        "REMUNER_PERSISTENCE": "postgres",
        "REMUNER_ADMIN_KEY": ADMIN_KEY,
    }
    log = tmp_path / "contender.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=_ROOT, stderr=output, env=environment(given)) as process,
    ):
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _answers(url):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.02)
            yield url
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        httpx2.get(url, verify=False)
    except httpx2.TransportError:
        return False
    return True


@pytest.fixture
async def contender(url: str) -> AsyncIterator[Client]:
    """A client of it."""
    async with httpx2.AsyncClient(
        base_url=url, headers={"Authorization": f"Bearer {ADMIN_KEY}"}, verify=False
    ) as client:
        yield client


async def _read(client: Client, path: str) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(path)
    assert 200 == answer.status_code, answer.text
    return _comparable(answer.json())


def _comparable(value: Any) -> Any:  # noqa: ANN401
    """Return JSON with its moments parsed: the frameworks write them to the microsecond or to the millisecond."""
    if isinstance(value, list):
        return [_comparable(each) for each in value]
    if isinstance(value, dict):
        return {key: _moment(each) if key.endswith("_at") else _comparable(each) for key, each in value.items()}
    return value


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    assert text.endswith("Z")
    moment = datetime.fromisoformat(text)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


async def test_a_contender_answers_and_writes_as_the_service_does(
    contender: Client, client: Client, database: Database, keyset_file: Path
) -> None:
    """The same JSON from the same rows; each token is sealed for its row and version; what is refused is not kept."""
    await _compare_writes(contender, client, database, load_sealer(keyset_file))
    await _compare_reads(contender, client)


async def _compare_writes(contender: Client, client: Client, database: Database, sealer: Sealer) -> None:
    """Make an integration, replace its token, and try what is refused."""
    user = await post_user(client)

    answer = await contender.post("/v1/integrations", json=integration_body(user["id"], name="HubSpot", token="first"))
    assert 201 == answer.status_code, answer.text
    made = answer.json()
    path = f"/v1/integrations/{made['id']}"
    assert await _read(client, path) == _comparable(made)
    row = await _row(database)
    moments = {row.pop(name) for name in ("created_at", "token_set_at", "updated_at")}
    assert 1 == len(moments)
    kept = {"id": UUID(made["id"]), "name": "HubSpot", "name_key": "hubspot", "status": "active"}
    assert {**kept, "user_id": UUID(user["id"]), "token_version": 1, "revision": 1} == row
    assert {kept["id"]: b"first"} == await opened_tokens(database.fetch, sealer)

    answer = await contender.patch(path, json={"token": "second"})
    assert 200 == answer.status_code, answer.text
    assert await _read(client, path) == _comparable(answer.json())
    changed = await _row(database)
    assert moments == {changed.pop("created_at")}
    assert changed["updated_at"] not in moments
    assert changed.pop("token_set_at") == changed.pop("updated_at")
    assert {**row, "token_version": 2, "revision": 2} == changed
    assert {kept["id"]: b"second"} == await opened_tokens(database.fetch, sealer)

    for refused, statuses in (
        ({"name": "HUBSPOT"}, {409}),
        ({"user_id": made["id"]}, {404, 422}),
        ({"name": ""}, {400, 422}),
        ({"name": "n" * 51}, {400, 422}),
        ({"token": "t" * 8193}, {400, 422}),
    ):
        answer = await contender.post("/v1/integrations", json=integration_body(user["id"]) | refused)
        assert answer.status_code in statuses, answer.text
    assert 404 == (await contender.patch(f"/v1/integrations/{user['id']}", json={"token": "third"})).status_code
    assert changed.items() <= (await _row(database)).items()


async def _compare_reads(contender: Client, client: Client) -> None:
    """Ask both for a user, for a page and for the counts."""
    teams = [await post_team(client, name=name) for name in ("Zoologists", "analysts")]
    first = await post_user(client, team_ids=[team["id"] for team in teams])
    for name in ("Zapier", "attio"):
        await post_integration(client, first["id"], name=name)
    users = [first, *[await post_user(client, status=status) for status in ("pending", "inactive", "active")]]

    for path in ("/v1/users/stats", *[f"/v1/users/{user['id']}" for user in users]):
        assert await _read(client, path) == await _read(contender, path)
    for limit in (3, 50):
        page = f"/v1/users?limit={limit}"
        assert (await _read(client, page))["items"] == (await _read(contender, page))["items"]
    assert 404 == (await contender.get(f"/v1/users/{teams[0]['id']}")).status_code


async def _row(database: Database) -> dict[str, Any]:
    """Return what the only integration has, without its token."""
    [row] = await database.fetch("SELECT * FROM integrations.integrations")
    return {name: value for name, value in dict(row).items() if value is not None and name != "sealed_token"}
