"""What the tests of the embedded servers share."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import asyncpg
import psutil
import pytest
import redis

from remuner.shared.embedded import Addresses

AS_ROOT = 0 == os.geteuid()
OWNER = """
import sys
from pathlib import Path
from remuner.shared.embedded import EmbeddedServers
with EmbeddedServers(Path(sys.argv[1]), durable=sys.argv[2:] != ["fast"]):
    print("ready", flush=True)
    sys.stdin.read()
"""
needs_setpriv = pytest.mark.skipif(not shutil.which("setpriv"), reason="no setpriv to take rights away with")
only_root = pytest.mark.skipif(not AS_ROOT, reason="only root changes users")


def eventually(holds: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


def processes_below(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if Path(process.cwd()).is_relative_to(folder):
                found.append(process)
    return found


def sleeping(user: int | None) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(["/bin/sleep", "60"], user=user)


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def process_in(folder: Path, name: str) -> psutil.Process:
    """Return the server's main process, the child of its owner."""
    (found,) = [process for process in processes_below(folder) if process.ppid() == os.getpid()]
    assert found.name() == name
    return found


@contextmanager
def made_folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)).resolve()
    path.chmod(0o755)
    yield path
    # Gently at first: a killed PostgreSQL leaves its shared memory behind.
    for sent, seconds in ((signal.SIGINT, 5), (signal.SIGKILL, 10)):
        for process in processes_below(path):
            with suppress(psutil.Error):
                if sent is signal.SIGKILL or not "".join(process.cmdline()).startswith("postgres: "):
                    process.send_signal(sent)
        with suppress(AssertionError):
            eventually(lambda: [] == processes_below(path), seconds)
            break
    shutil.rmtree(path)


async def execute(addresses: Addresses, statement: str) -> None:
    connection = await asyncpg.connect(addresses.database_url, timeout=10)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def rows(addresses: Addresses) -> int | None:
    """How many rows the table `kept` has; None while the server is away."""
    try:
        connection = await asyncpg.connect(addresses.database_url, timeout=10)
    except (OSError, asyncpg.PostgresError):
        return None
    try:
        return int(await connection.fetchval("SELECT count(*) FROM kept"))
    finally:
        await connection.close()


async def rows_eventually(addresses: Addresses, seconds: float = 20) -> int:
    deadline = time.monotonic() + seconds
    while (found := await rows(addresses)) is None:
        assert time.monotonic() < deadline, "PostgreSQL did not come back"
        await asyncio.sleep(0.05)
    return found


def pinged(addresses: Addresses) -> bool:
    with closing(redis.Redis.from_url(addresses.redis_url, socket_timeout=5)) as client:
        try:
            return bool(client.ping())
        except redis.AuthenticationError:
            raise
        except redis.ConnectionError:
            return False


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
