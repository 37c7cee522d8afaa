"""What the files for containers say, as far as it can be told without containers."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from remuner.shared import console

ROOT = Path(__file__).parents[1]
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()


def test_the_web_server_has_the_policy_and_the_pages_of_the_service() -> None:
    """Word for word; the nonce is its own."""
    policy = re.findall(r'Content-Security-Policy "(.*)"', NGINX)
    assert [console._POLICY.format(nonce="$request_id")] == policy  # noqa: SLF001 - there is one policy
    pages = re.findall(r"location ~ \^/\((\|[a-z|-]+)\)\$", NGINX)
    assert [list(console.PAGES)] == [[f"/{name}" for name in each.split("|")] for each in pages]


def test_images_are_pinned_by_tag_and_no_registry_is_named() -> None:
    """None is `latest`."""
    found = re.findall(r"^(?:FROM|    image:) (\S+)", (ROOT / "Dockerfile").read_text() + COMPOSE, re.MULTILINE)
    foreign = {image for image in found if not image.startswith("remuner-")}
    stages = set(re.findall(r" AS (\w+)", (ROOT / "Dockerfile").read_text()))
    assert {True} == {bool(re.fullmatch(r"[a-z/-]+:\d[\w.-]*", image)) for image in foreign - stages}
    assert len(foreign) >= 5


def test_no_secret_has_a_default() -> None:
    """Neither in the environment of a service nor in an address."""
    named = set(re.findall(r"\b([A-Z_]*(?:PASSWORD|SECRET|KEY)[A-Z_]*):", COMPOSE))
    assert {"POSTGRES_PASSWORD_FILE", "REMUNER_KEYSET_FILE"} == named
    assert [] == re.findall(r"://\w+:[^@/]+@", COMPOSE)


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """Two empty volumes."""
    for name in ("service", "database"):
        (tmp_path / name).mkdir()
    return tmp_path


def make_secrets(folder: Path) -> None:
    """Run the script as the service `secrets` does."""
    env = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "SECRETS": str(folder)}
    subprocess.run([ROOT / "deploy" / "make-secrets"], env=env, check=True, capture_output=True)


def test_secrets_are_made_once_and_differ(secrets: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A second run changes nothing; another installation has others. Only the password's own user needs to read it."""
    make_secrets(secrets)
    made = {path.name: path.read_bytes() for path in secrets.rglob("*") if path.is_file()}
    assert {"password", "pgpass", "keyset.json"} == set(made)
    assert 64 == len(made["password"])
    assert f"postgres:5432:*:remuner:{made['password'].decode()}\n".encode() == made["pgpass"]
    assert [0o600, 0o600] == [(secrets / "service" / name).stat().st_mode & 0o777 for name in ("pgpass", "keyset.json")]
    make_secrets(secrets)
    assert made == {path.name: path.read_bytes() for path in secrets.rglob("*") if path.is_file()}
    other = tmp_path_factory.mktemp("other")
    for name in ("service", "database"):
        (other / name).mkdir()
    make_secrets(other)
    assert not {path.read_bytes() for path in other.rglob("*") if path.is_file()} & set(made.values())
