"""The destination of the benchmarks, those that call it, and what the measures of calls come to."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx2
import pytest
from benchmarks.calls.connections import Opened
from benchmarks.calls.form import PROXY, QUICK
from benchmarks.calls.latency import Latency
from benchmarks.calls.report import Run, as_json, as_markdown
from benchmarks.calls.streams import Stream
from benchmarks.destination import DOCUMENT, MEGABYTE, Destination
from benchmarks.jobs import CACHED, POSTGRES
from benchmarks.report import Spread
from benchmarks.rows import USABLE, fill, row_id
from benchmarks.serve import Contender, serving
from tests.conftest import ADMIN_KEY, Clients

from remuner.shared.database import Database
from remuner.shared.sealing import load_sealer
from remuner.shared.settings import Settings

REQUEST = PROXY.request.filled({"{id}": row_id(USABLE)})


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Where the destination of the benchmarks listens."""
    server = await asyncio.get_running_loop().create_server(Destination, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_the_destination_answers_one_request_after_the_other(port: int) -> None:
    """With 2 kB, with as much as is asked for, and after a body whatever its length; and it counts connections."""
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}/any") as client:
        before = int((await client.get("/connections")).text)
        answer = await client.get("/thing?limit=6")
        assert (2000, DOCUMENT) == (len(answer.content), answer.content)
        assert 6 == len(answer.json()["results"])
        assert 2 * MEGABYTE == len((await client.get("/stream/2")).content)
        for size in (0, 1, 200_000):
            assert DOCUMENT == (await client.post("/thing", content=bytes(size))).content
        assert before == int((await client.get("/connections")).text)
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        assert before + 1 == int((await client.get("/connections")).text)


async def test_all_that_take_part_pass_on_the_same(
    port: int, clients: Clients, settings: Settings, database: Database
) -> None:
    """The service notes the call before and after, the one without a trail does not, the one by hand knows no rows."""
    assert settings.database_url
    database_url = settings.database_url.get_secret_value()
    await fill(database_url, USABLE, f"http://127.0.0.1:{port}", load_sealer(settings.keyset_path))
    given = {
        "REMUNER_DATABASE_URL": database_url,
        "REMUNER_KEYSET_FILE": str(settings.keyset_path),
        "REMUNER_ADMIN_KEY": ADMIN_KEY,
        "REMUNER_EGRESS_ALLOW": f"127.0.0.1:{port}",
    }
    for app in ("passing:by_hand", "untold:remuner"):
        with serving(Contender(app, f"benchmarks.contenders.{app}"), given) as server:
            async with httpx2.AsyncClient(base_url=server.url, headers=dict(REQUEST.headers)) as client:
                await _ask(client)
    assert 0 == await _noted(database)
    opened = settings.model_copy(update={"egress_allow": (("127.0.0.1", port),)})
    async with clients(settings=opened, headers=dict(REQUEST.headers)) as client:
        await _ask(client)
    assert 2 == await _noted(database)


async def _ask(client: httpx2.AsyncClient) -> None:
    answer = await client.get(REQUEST.path)
    assert (200, DOCUMENT) == (answer.status_code, answer.content)
    assert "application/json" == answer.headers["content-type"]


async def _noted(database: Database) -> int:
    [row] = await database.fetch("SELECT count(*) FROM audit.events")
    return int(row["count"])


def _run(*, added: float = 2, highest: float = 110, connections: int = 16) -> Run:
    """A run in which the destination itself takes 1 ms."""
    names = [each.name for each in PROXY.contenders]
    latency = Latency({names[0]: [1, 1, 1], **{name: [1 + added, 9, 1] for name in names[1:]}})
    opened = [Opened(each.name, 5000, connections) for each in (POSTGRES, CACHED)]
    measured = opened, latency, [Stream("down", 0.5, 100, highest, 101), Stream("up", 0.5, 101, 102, 101)]
    return Run(QUICK, "2026-01-31", (0.1, 2.0), {"cpu": "A CPU"}, {"wrk": "4.1"}, *measured)


def test_latencies_are_compared_round_by_round() -> None:
    """The median of the differences, not the difference of the medians."""
    assert Spread(2, 1, 3) == Latency({"the destination itself": [1, 9, 1], "postgres": [3, 10, 4]}).added("postgres")


@pytest.mark.parametrize(
    ("run", "row"),
    [
        (_run(added=3), "| `postgres`: added latency at the median ≤ 3 ms | 3.00 ms | met |"),
        (_run(added=3.01), "| `cached`: added latency at the median ≤ 3 ms | 3.01 ms | missed |"),
        (_run(highest=120), "| 100 MB streamed: memory rises by ≤ 20 MB | 20.0 MB at most | met |"),
        (_run(highest=120.1), "| 100 MB streamed: memory rises by ≤ 20 MB | 20.1 MB at most | missed |"),
        (
            _run(connections=32),
            "| `cached`: at most 2 connections for each call at once | 32 for 5,000 calls | met |",
        ),
        (
            _run(connections=33),
            "| `postgres`: at most 2 connections for each call at once | 33 for 5,000 calls | missed |",
        ),
    ],
)
def test_the_report_says_which_goals_are_met(run: Run, row: str) -> None:
    """At the bound they are."""
    assert row in as_markdown(run).splitlines()


def test_the_report_has_a_row_for_each_thing_measured() -> None:
    """With medians and ranges; the JSON has every sample."""
    lines = as_markdown(_run()).splitlines()
    for row in (
        "| postgres | 3.00 | 2.00 | 0.00 to 8.00 |",
        "| cached | 5,000 | 16 |",
        "| down | 200 | 100.0 | 110.0 | 101.0 |",
    ):
        assert row in lines
    assert [3, 9, 1] == json.loads(as_json(_run()))["latency"]["p50_ms"]["cached"]
