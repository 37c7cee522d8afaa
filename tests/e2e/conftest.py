"""The `remuner` command in an operator's environment."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.conftest import ADMIN_KEY
from tests.e2e.service import remuner

Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def env(database_url: str, keyset_file: Path) -> dict[str, str]:
    """An operator's environment: a database and a keyset."""
    return {
        "REMUNER_DATABASE_URL": database_url,
        "REMUNER_KEYSET_FILE": str(keyset_file),
        "REMUNER_ADMIN_KEY": ADMIN_KEY,
    }


@pytest.fixture
def run(env: dict[str, str], tmp_path: Path) -> Run:
    """Run a command in that environment, some of it exchanged."""
    return lambda *arguments, **changes: remuner(*arguments, env=env | changes, cwd=tmp_path)
