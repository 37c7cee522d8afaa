"""The OpenAPI document, taken at its word by clients that know nothing else of the service."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e.service import Service
from tests.effort import EFFORT

SCHEMATHESIS = str(Path(sys.executable).with_name("schemathesis"))
CHECKS = Path(__file__).with_name("schemathesis.toml")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A running service with a few people, teams and integrations."""
    with Service(tmp_path) as service:
        service.start()
        with service.client() as client:
            for number in range(3):
                person = {"first_name": "Ada", "last_name": "Lovelace", "email": f"ada{number}@example.com"}
                user = client.post("/v1/users", json=person).json()
                client.post("/v1/teams", json={"name": f"Team {number}", "user_ids": [user["id"]]})
                integration = {"name": f"CRM {number}", "user_id": user["id"], "token": "made-up"}
                client.post("/v1/integrations", json=integration)
        yield service


@pytest.mark.fuzz
@pytest.mark.timeout(3600 if EFFORT else 180)
def test_the_document_is_true(service: Service, tmp_path: Path) -> None:
    """Whatever it allows or forbids gets an answer that it names, in single calls and in chains of them."""
    examples = str(100 * max(EFFORT, 1))
    seed = [] if EFFORT else ["--seed", "2026"]
    found = subprocess.run(
        [SCHEMATHESIS, f"--config-file={CHECKS}", "run", f"{service.url}/v1/openapi.json", *seed]
        + ["--header", f"Authorization: Bearer {service.access_key}", "--max-examples", examples, "--checks", "all"],
        cwd=tmp_path,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == found.returncode, found.stdout + found.stderr
    assert "22 selected / 22 total" in found.stdout
