"""The OpenAPI document, taken at its word by clients that know nothing else of the service."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.e2e.service import Service
from tests.effort import EFFORT

BIN = Path(sys.executable).parent
CHECKS = Path(__file__).with_name("schemathesis.toml")
HOOKS = Path(__file__).with_name("schemathesis_hooks.py")
CALLS = {"2": 40} | ({"1": 27} if EFFORT else {})  # with effort alone: it takes a minute, for shapes alone
ALIKE = ("put", "patch", "delete", "options")
"""Methods of the proxy that without effort are left to GET and POST: all have one handler."""

CLIENT = Path(__file__).with_name("typescript")


def run(*command: str | Path, folder: Path, **env: str) -> str:
    """Run a command that succeeds and return what it printed."""
    environment = {**os.environ, "NO_COLOR": "1", "PATH": f"{BIN}:{os.environ['PATH']}", **env}
    found = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert 0 == found.returncode, found.stdout + found.stderr
    return found.stdout


@pytest.fixture
def service(env: dict[str, str], tmp_path: Path) -> Iterator[Service]:
    """A running service without any data."""
    with Service(tmp_path, env=env | {"REMUNER_TRUSTED_PROXIES": "127.0.0.1"}) as service:
        service.start()
        yield service


@pytest.mark.fuzz
@pytest.mark.timeout(3600 if EFFORT else 400)
@pytest.mark.parametrize(("minor", "calls"), CALLS.items())
def test_the_document_is_true(service: Service, tmp_path: Path, minor: str, calls: int) -> None:
    """Whatever it allows or forbids gets an answer that it names, in single calls and in chains of them."""
    with service.client() as client:
        for number in range(3):  # ids that schemathesis finds in lists and goes on with
            person = {"first_name": "Ada", "last_name": "Lovelace", "email": f"ada{number}@example.com"}
            user = client.post("/v1/users", json=person).json()
            client.post("/v1/teams", json={"name": f"Team {number}", "user_ids": [user["id"]]})
            client.post("/v1/integrations", json={"name": f"CRM {number}", "user_id": user["id"], "token": "made-up"})
            client.post("/v1/access-keys", json={"name": f"Key {number}", "scopes": ["users:read"]})
    command = ["schemathesis", f"--config-file={CHECKS}", "run", f"{service.url}/v1/openapi.json?api-version={minor}"]
    command += [f"--header=Authorization: Bearer {service.access_key}", f"--header=X-API-Version: {minor}"]
    command += ["--checks=all", f"--max-examples={30 * EFFORT or 10}"]
    less = [] if EFFORT else ["--seed=2026", f"--exclude-operation-id-regex=^proxy_({'|'.join(ALIKE)})$"]
    printed = run(*command, *less, folder=tmp_path, SCHEMATHESIS_HOOKS=str(HOOKS))
    assert f"{calls if EFFORT else calls - len(ALIKE)} selected / {calls} total" in printed


def test_a_generated_client_compiles_and_runs_the_tour(service: Service, tmp_path: Path) -> None:
    """A TypeScript client, generated from the document, has the types of every call and answer of the tour."""
    for name in ("package.json", "tsconfig.json", "tour.ts"):
        shutil.copy(CLIENT / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(CLIENT / "node_modules")
    (tmp_path / "openapi.json").write_bytes(httpx2.get(f"{service.url}/v1/openapi.json").content)
    run("npm", "run", "generate", folder=tmp_path)
    run("npm", "run", "check", folder=tmp_path)
    run("node", "tour.ts", folder=tmp_path, REMUNER=service.url, KEY=service.access_key)
