"""`remuner tokens`: a key's life, and tokens sealed anew while others read and write them."""

import asyncio
import json
import random
import re
import signal
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from uuid import UUID

import asyncpg
import httpx2
import pytest
from tests.conftest import ADMIN_KEY, Client
from tests.e2e.conftest import Run
from tests.e2e.service import REMUNER, Service, environment, remuner
from tests.integrations.factories import lock_awaited, opened_tokens, post_integration
from tests.users.factories import post_user

from remuner.shared import keysets
from remuner.shared.ids import new_id
from remuner.shared.sealing import Sealer, load_sealer, new_keyset

ROWS = 100_000


@pytest.fixture
def keyset_file(tmp_path: Path) -> Path:
    """A keyset of this test's own."""
    path = tmp_path / "keyset.json"
    new_keyset(path)
    return path


@pytest.fixture
def second(keyset_file: Path) -> int:
    """The id of a second key, made primary."""
    key_id = keysets.add(keyset_file)
    keysets.promote(keyset_file, key_id)
    return key_id


async def test_a_key_s_life(client: Client, run: Run, env: dict[str, str], keyset_file: Path, tmp_path: Path) -> None:
    """Each step works in its turn and is refused before; in the end the new key alone opens every token."""
    user = await post_user(client)
    made = [await post_integration(client, user["id"], token=f"token-{number}") for number in range(3)]
    await client.patch(f"/v1/integrations/{made[0]['id']}", json={"token": "replaced"})
    cursor = (await client.get("/v1/integrations?limit=1")).json()["next_cursor"]
    secrets, said = _secrets(keyset_file), []

    def does(code: int, *arguments: str) -> str:
        done = run("tokens", *arguments)
        assert code == done.returncode, done.stderr
        said.extend([done.stdout, done.stderr])
        return done.stderr if code else done.stdout

    file, first = str(keyset_file), str(keysets.keys_of(keyset_file)[0].id)
    second = re.findall(r"^added key (\d+); next: start every service", does(0, "add-key", file))[0]
    assert f"key {first} (primary): 4 rows\nkey {second} (enabled): 0 rows\n" == does(0, "list-keys", file)
    assert does(0, "promote-key", file, second).startswith(f"key {second} is primary; next: start every service")
    assert f"Key {first} is needed: 4 rows are sealed under it." in does(1, "disable-key", file, first)
    assert (
        f"before:\nkey {first} (enabled): 4 rows\nkey {second} (primary): 0 rows\n"
        f"after:\nkey {first} (enabled): 0 rows\nkey {second} (primary): 4 rows\n"
    ) == does(0, "rewrap")
    assert does(0, "disable-key", file, first).startswith(f"key {first} is disabled")
    assert does(0, "enable-key", file, first).startswith(f"key {first} is enabled")
    keysets.disable(keyset_file, int(first), 0)
    assert does(0, "remove-key", file, first).startswith(f"removed key {first}")
    assert f"key {second} (primary): 4 rows\n" == does(0, "list-keys", file)
    assert [] == [secret for secret in secrets + _secrets(keyset_file) if secret in "".join(said)]
    with Service(tmp_path, env=env) as service:
        service.start()
        answer = httpx2.get(f"{service.url}/v1/integrations", params={"cursor": cursor}, headers=client.headers)
        assert (422, "invalid_cursor") == (answer.status_code, answer.json()["code"])
    expected = {UUID(each["id"]): f"token-{number}".encode() for number, each in enumerate(made)}
    assert expected | {UUID(made[0]["id"]): b"replaced"} == await _opened(env, load_sealer(keyset_file))


def _secrets(keyset_file: Path) -> list[str]:
    return [key["keyData"]["value"] for key in json.loads(keyset_file.read_text())["key"]]


async def _opened(env: dict[str, str], sealer: Sealer) -> dict[UUID, bytes]:
    connection = await asyncpg.connect(env["REMUNER_DATABASE_URL"])
    try:
        return await opened_tokens(connection.fetch, sealer)
    finally:
        await connection.close()


@pytest.mark.parametrize("command", ["rewrap", "disable-key {file} 1"])
async def test_another_keyset_is_refused(client: Client, run: Run, tmp_path: Path, command: str) -> None:
    """A database that was restored beside the wrong keyset, or the wrong database: one line, and nothing changes."""
    await post_integration(client, (await post_user(client))["id"])
    assert 200 == (await client.get("/readyz")).status_code
    other = tmp_path / "other.json"
    new_keyset(other)
    before = other.read_bytes()
    refused = run("tokens", *command.format(file=other).split(), REMUNER_KEYSET_FILE=str(other))
    assert (1, "", 1) == (refused.returncode, refused.stdout, len(refused.stderr.splitlines()))
    assert "keyset: The tokens of this database were sealed with another keyset." in refused.stderr
    assert before == other.read_bytes()


async def test_a_token_that_does_not_open_is_named(client: Client, run: Run, env: dict[str, str], second: int) -> None:
    """Its integration stands in a line, the others are sealed anew, and the exit code is 1."""
    user = await post_user(client)
    made = [await post_integration(client, user["id"]) for _ in range(3)]
    connection = await asyncpg.connect(env["REMUNER_DATABASE_URL"])
    await connection.execute(
        "UPDATE integrations.integrations SET sealed_token = "
        "(SELECT sealed_token FROM integrations.integrations WHERE id = $1) WHERE id = $2",
        made[0]["id"],
        made[1]["id"],
    )
    await connection.close()
    done = run("tokens", "rewrap")
    assert (1, "remuner: tokens that do not open: 1; ") == (done.returncode, done.stderr[:37])
    assert f"integration {made[1]['id']}: its token does not open with this keyset" == done.stdout.splitlines()[-1]
    assert f"key {second} (primary): 3 rows" in done.stdout.partition("after:")[2]  # with the probe's


async def test_an_old_service_that_still_seals_is_noticed(
    client: Client, run: Run, env: dict[str, str], keyset_file: Path
) -> None:
    """A token that was set under the old key while rewrap ran stands in the count of what is left; exit code 1."""
    old, first = load_sealer(keyset_file), keysets.keys_of(keyset_file)[0].id
    made = await post_integration(client, (await post_user(client))["id"])
    keysets.promote(keyset_file, keysets.add(keyset_file))
    service, watch = [await asyncpg.connect(env["REMUNER_DATABASE_URL"]) for _ in range(2)]
    async with service.transaction():
        await service.execute(
            "UPDATE integrations.integrations SET sealed_token = $1, token_version = 2",
            old.seal(b"replaced", f"integration:{made['id']}:2".encode()),
        )
        running = asyncio.create_task(asyncio.to_thread(run, "tokens", "rewrap"))
        await lock_awaited(watch.fetch)
    done = await running
    assert (1, "remuner: rows under other keys: 1, ") == (done.returncode, done.stderr[:35])
    assert f"key {first} (enabled): 1 rows" in done.stdout.partition("after:")[2]
    assert 0 == run("tokens", "rewrap").returncode
    keysets.disable(keyset_file, first, 0)
    assert {UUID(made["id"]): b"replaced"} == await opened_tokens(watch.fetch, load_sealer(keyset_file))
    await service.close()
    await watch.close()


def test_rewrap_uses_the_servers_of_a_running_service(tmp_path: Path) -> None:
    """With embedded servers, the keyset is the one of the data directory, and the service goes on."""
    with Service(tmp_path) as service:
        service.start()
        file, options = service.data_dir / "keyset.json", ("--data-dir", str(service.data_dir))
        key_id = keysets.add(file)
        keysets.promote(file, key_id)
        assert f"key {key_id} (primary): 1 rows" in remuner("tokens", "rewrap", *options).stdout
        assert f"key {key_id} (primary): 1 rows" in remuner("tokens", "list-keys", str(file), *options).stdout
        assert 503 == httpx2.get(f"{service.url}/readyz").status_code


class Traffic:
    """Threads that read integrations and replace their tokens all the time, and what was acknowledged to them."""

    def __init__(self, url: str, integration_ids: list[UUID]) -> None:
        """Start with `with`."""
        self.replaced: dict[UUID, bytes] = {}
        self.statuses: set[int] = set()
        self.reads = 0
        self.longest = 0.0
        self._url = url
        self._stop = threading.Event()
        # Each thread has integrations of its own, so that the last answer tells the last token.
        self._threads = [threading.Thread(target=self._run, args=[integration_ids[n::2]]) for n in range(2)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, mine: list[UUID]) -> None:
        chance = random.Random(2026)
        headers = {"Authorization": f"Bearer {ADMIN_KEY}"}
        with httpx2.Client(base_url=self._url, headers=headers, timeout=10) as client:
            while not self._stop.is_set():
                integration_id, token = chance.choice(mine), f"replaced-{chance.random()}"
                begin = time.monotonic()
                answers = [
                    client.get(f"/v1/integrations/{integration_id}"),
                    client.patch(f"/v1/integrations/{integration_id}", json={"token": token}),
                ]
                self.longest = max(self.longest, time.monotonic() - begin)
                self.reads += 1
                self.statuses |= {answer.status_code for answer in answers}
                versions = [answer.json()["token_version"] for answer in answers]
                assert versions[0] + 1 == versions[1]
                self.replaced[integration_id] = token.encode()


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_hundred_thousand_tokens_while_others_read_and_write(
    client: Client, env: dict[str, str], keyset_file: Path, tmp_path: Path
) -> None:
    """Killed twice on the way and resumed: every token opens with the new key alone, and no row has another change."""
    first, old = keysets.keys_of(keyset_file)[0].id, load_sealer(keyset_file)
    second = keysets.add(keyset_file)
    keysets.promote(keyset_file, second)
    connection = await asyncpg.connect(env["REMUNER_DATABASE_URL"])
    tokens = await _inserted(connection, old, UUID((await post_user(client))["id"]))
    with Service(tmp_path, env=env) as service:
        service.start()
        with Traffic(service.url, list(tokens)) as traffic:
            for goal in (ROWS // 5, ROWS // 2):
                running = await asyncio.create_subprocess_exec(
                    REMUNER, "tokens", "rewrap", env=environment(env), cwd=tmp_path, stdout=subprocess.DEVNULL
                )
                while await _rows_under(connection, second) < goal:
                    assert running.returncode is None
                    await asyncio.sleep(0.01)
                running.kill()
                assert -signal.SIGKILL == await running.wait()
            left = await _rows_under(connection, first)
            assert 0 < left < ROWS
            begin = time.monotonic()
            done = await asyncio.to_thread(remuner, "tokens", "rewrap", env=env, cwd=tmp_path)
            seconds = time.monotonic() - begin
        assert (0, "") == (done.returncode, done.stderr)
        assert f"key {first} (enabled): 0 rows" in done.stdout.partition("after:")[2]
        print("seconds for the last", left, f"{seconds:.1f}")  # noqa: T201 - pytest -s
        print("reads and writes", traffic.reads, f"longest {traffic.longest:.2f}")  # noqa: T201
    assert {200} == traffic.statuses
    assert await connection.fetchval("SELECT count(*) FROM integrations.integrations WHERE revision > 1") == len(
        traffic.replaced
    )
    keysets.disable(keyset_file, first, 0)
    assert tokens | traffic.replaced == await opened_tokens(connection.fetch, load_sealer(keyset_file))
    await connection.close()


async def _inserted(
    connection: "asyncpg.Connection[asyncpg.Record]", sealer: Sealer, user_id: UUID
) -> dict[UUID, bytes]:
    """Make many integrations of a user, sealed for real; return their tokens."""
    now = datetime.now(UTC)
    tokens = {new_id(): f"token-{number}".encode() for number in range(ROWS)}
    await connection.copy_records_to_table(
        "integrations",
        schema_name="integrations",
        records=[
            (
                each,
                each.hex,
                each.hex,
                "active",
                user_id,
                sealer.seal(token, f"integration:{each}:1".encode()),
                *[now] * 3,
            )
            for each, token in tokens.items()
        ],
        columns=[
            *("id", "name", "name_key", "status", "user_id", "sealed_token", "token_set_at", "created_at", "updated_at")
        ],
    )
    return tokens


async def _rows_under(connection: "asyncpg.Connection[asyncpg.Record]", key_id: int) -> int:
    prefix = b"\x01" + key_id.to_bytes(4, "big")
    return int(
        await connection.fetchval(
            "SELECT count(*) FROM integrations.integrations WHERE substring(sealed_token FOR 5) = $1", prefix
        )
    )
