"""`python -m benchmarks.containers`: what clients see while containers are restarted, killed and away, under load.

It needs `docker compose up -d --scale remuner-backend=3 remuner-frontend`, and leaves what it has added.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2

_URL = "http://127.0.0.1:8080"
_COMPOSE = os.environ.get("COMPOSE", "docker compose").split()
_CLIENTS = 8
_AROUND_SECONDS = 3.0
_RESULT = Path(__file__).parent / "results" / "containers.md"


async def _docker(*command: str) -> str:
    done = await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True, text=True)
    return str(done.stdout).strip()


async def _containers(service: str) -> list[str]:
    return (await _docker(*_COMPOSE, "ps", "-q", service)).splitlines()


async def _healthy(container: str) -> None:
    inspect = ("docker", "inspect", "-f", "{{.State.Health.Status}}", container)
    while await _docker(*inspect) != "healthy":  # noqa: ASYNC110 - docker tells nobody
        await asyncio.sleep(0.2)


async def _rolling() -> None:
    """Exchange one backend after the other, each when the one before is healthy (`deploy/upgrade`)."""
    await _docker("deploy/upgrade")


async def _killed() -> None:
    """Kill one backend, so that nothing of it ends well, and bring it back."""
    container = (await _containers("remuner-backend"))[0]
    await _docker("docker", "kill", "--signal", "KILL", container)
    await asyncio.sleep(3)
    await _docker("docker", "start", container)
    await _healthy(container)


async def _without_postgres() -> None:
    """Restart PostgreSQL."""
    container = (await _containers("postgres"))[0]
    await _docker("docker", "restart", container)
    await _healthy(container)


class _Load:
    """Clients that read and write all the time, and what they were answered."""

    def __init__(self, key: str) -> None:
        self.answers: Counter[str] = Counter()
        self.failures: list[float] = []
        self.slowest = 0.0
        self._headers = {"Authorization": f"Bearer {key}"}
        self._on = True

    async def run(self, meanwhile: Callable[[], Awaitable[None]]) -> float:
        """Keep it up until a while after `meanwhile` has ended; return the seconds that this took."""
        async with asyncio.TaskGroup() as group:
            for _ in range(_CLIENTS):
                group.create_task(self._client())
            await asyncio.sleep(_AROUND_SECONDS)
            begin = time.monotonic()
            await meanwhile()
            took = time.monotonic() - begin
            await asyncio.sleep(_AROUND_SECONDS)
            self._on = False
        return took

    async def _client(self) -> None:
        async with httpx2.AsyncClient(base_url=_URL, headers=self._headers, timeout=30) as client:
            while self._on:
                made = await self._ask(client, "POST", "/v1/teams", json={"name": str(uuid4())})
                if made is None:
                    continue
                path = f"/v1/teams/{made['id']}"
                await self._ask(client, "GET", path)
                await self._ask(client, "PATCH", path, json={"name": str(uuid4())})
                await self._ask(client, "DELETE", path)

    async def _ask(self, client: httpx2.AsyncClient, method: str, path: str, **given: object) -> dict[str, Any] | None:
        begin = time.monotonic()
        try:
            answer = await client.request(method, path, **given)  # type: ignore[arg-type]
        except httpx2.TransportError as error:
            self._count(f"{method} {type(error).__name__}", begin, failed=True)
            return None
        self._count(f"{method} {answer.status_code}", begin, failed=answer.is_error)
        shown: dict[str, Any] | None = answer.json() if answer.is_success and answer.content else None
        return shown

    def _count(self, outcome: str, begin: float, *, failed: bool) -> None:
        self.answers[outcome] += 1
        self.slowest = max(self.slowest, time.monotonic() - begin)
        if failed:
            self.failures.append(time.monotonic())


async def main() -> None:
    """Run each, print the report and write it to benchmarks/results."""
    key = await _docker(*_COMPOSE, "run", "--rm", "-T", "operator", "remuner", "keys", "create", "--name", "load")
    backends = len(await _containers("remuner-backend"))
    rows = ["| meanwhile | seconds | requests | refused or failed | slowest, s |", "| --- | ---: | ---: | --- | ---: |"]
    for action in (_rolling, _killed, _without_postgres):
        load = _Load(key)
        took = await load.run(action)
        good = {"POST 201", "GET 200", "PATCH 200", "DELETE 204"}
        bad = ", ".join(
            f"{count} of {outcome}" for outcome, count in sorted(load.answers.items()) if outcome not in good
        )
        if bad:
            bad += f", all within {load.failures[-1] - load.failures[0]:.1f} s"
        total = sum(load.answers.values())
        rows.append(f"| {action.__doc__} | {took:.1f} | {total:,} | {bad or 'none'} | {load.slowest:.2f} |")
    report = [f"# containers: {_CLIENTS} clients of {backends} backends behind one web server", "", *rows]
    _RESULT.write_text("\n".join(report) + "\n")
    print(_RESULT.read_text())


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(map(str, error.cmd))}: {error.stderr}")
