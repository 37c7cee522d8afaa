"""The package as others install it: a wheel with the console in it, in an environment without Node."""

import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import httpx2
import pytest
from tests.e2e.service import Service

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """The wheel of this checkout, with the tools that are installed."""
    command: list[str | Path] = [BIN / "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(tmp_path.glob("*.whl"))


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """Its programs, in an environment of its own, with exactly the packages that are pinned."""
    uv = BIN / "uv"
    for arguments in (
        ("venv", "-q", "--python", sys.executable, "there"),
        ("pip", "sync", "-q", "--require-hashes", "--python", "there", ROOT / "requirements.lock"),
        ("pip", "install", "-q", "--no-deps", "--python", "there", f"{wheel}[embedded]"),
    ):
        subprocess.run([uv, *arguments], cwd=tmp_path, check=True)
    return tmp_path / "there" / "bin"


def test_the_wheel_has_the_console_and_no_sources_of_it(wheel: Path) -> None:
    """Built files, compressed ones too; nothing of node_modules, no tests."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {"remuner/console/index.html", "remuner/shared/cache.lua"} <= set(names)
    assert [name for name in names if name.startswith("remuner/console/assets/") and name.endswith(".js.br")]
    assert [] == [name for name in names if "node_modules" in name or name.endswith((".vue", ".ts"))]
    assert {"remuner", f"remuner-{version('remuner')}.dist-info"} == {name.split("/")[0] for name in names}


def test_serve_runs_from_the_wheel_without_node(installed: Path, tmp_path: Path) -> None:
    """With servers and a first key of its own, and the console."""
    with Service(tmp_path, env={"PATH": f"{installed}:/usr/bin:/bin"}, program=str(installed / "remuner")) as service:
        service.start()
        page = httpx2.get(f"{service.url}/users")
        assert (200, True) == (page.status_code, "/assets/" in page.text)
        with service.client() as client:
            assert [] == client.get("/v1/users").json()["items"]
    assert not (installed / "node").exists()
