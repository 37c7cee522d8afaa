"""Folders, owners and servers for the tests of the embedded servers; each test ends what it started."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.shared.embedding import made_folder

from remuner.shared.embedded import EmbeddedServers


@pytest.fixture
def folder() -> Iterator[Path]:
    """Make a folder that every user may enter; end what still works below it at the end."""
    with made_folder() as path:
        yield path


@pytest.fixture
def closed_folder(folder: Path) -> Path:
    folder.chmod(0o700)
    return folder


@pytest.fixture(scope="module")
def service_dir() -> Iterator[Path]:
    with made_folder() as path:
        yield path / "data"


@pytest.fixture(scope="module")
def service(service_dir: Path) -> Iterator[EmbeddedServers]:
    """For the tests that leave the servers as they are."""
    with EmbeddedServers(service_dir, durable=False) as running:
        yield running


@pytest.fixture
def data_dir(folder: Path) -> Path:
    return folder / "data"


@pytest.fixture
def servers(data_dir: Path) -> Iterator[EmbeddedServers]:
    with EmbeddedServers(data_dir, durable=False) as running:
        yield running


@pytest.fixture
def spawn() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Python processes of the test, killed at its end."""
    started: list[subprocess.Popen[str]] = []

    def spawn(code: str, *arguments: object, before: Sequence[str] = ()) -> "subprocess.Popen[str]":
        command = [*before, sys.executable, "-c", code, *map(str, arguments)]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    yield spawn
    for process in started:
        process.kill()
        process.communicate()
