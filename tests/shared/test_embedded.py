"""The embedded servers, for real; a test kills only what it started."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import asyncpg
import psutil
import pytest
import redis
from tests.shared.embedding import AS_ROOT, OWNER, execute, mode, pinged, processes_below, rows

from remuner.shared import embedded
from remuner.shared.embedded import Addresses, DataDirectoryInUse, EmbeddedServers
from remuner.shared.servers import EmbeddedError


async def test_a_first_start_gives_both_servers(servers: EmbeddedServers) -> None:
    """After a first start the database `remuner` takes statements and Valkey answers."""
    await execute(servers.addresses, "CREATE TABLE kept AS SELECT 'ñ' AS letter")
    assert 1 == await rows(servers.addresses)
    assert servers.addresses.database_url.endswith("/remuner")
    assert pinged(servers.addresses)


async def test_a_restart_keeps_the_data(data_dir: Path) -> None:
    """What was committed before a stop is there after the next start, with the same password."""
    with EmbeddedServers(data_dir) as servers:
        await execute(servers.addresses, "CREATE TABLE kept AS SELECT 1")
    assert [] == processes_below(data_dir)
    with EmbeddedServers(data_dir) as servers:
        assert 1 == await rows(servers.addresses)
        assert pinged(servers.addresses)


async def test_both_servers_ask_for_the_password(service: EmbeddedServers, service_dir: Path) -> None:
    """Neither server lets anyone in with a wrong password, and no repr shows the right one."""
    password = (service_dir / "password").read_text()
    wrong = Addresses(*(url.replace(password, "0" * 64) for url in vars(service.addresses).values()))
    with pytest.raises(asyncpg.InvalidPasswordError):
        await execute(wrong, "SELECT 1")
    with pytest.raises(redis.AuthenticationError):
        pinged(wrong)
    assert password not in repr(service.addresses)


def test_the_servers_listen_on_this_host_only(service: EmbeddedServers, service_dir: Path) -> None:
    """Nothing listens beyond 127.0.0.1."""
    listening = set[str]()
    for process in processes_below(service_dir):
        with suppress(psutil.NoSuchProcess):  # PostgreSQL's helpers come and go
            connections = process.net_connections("inet")
            listening |= {each.laddr.ip for each in connections if each.status == psutil.CONN_LISTEN}
    assert {"127.0.0.1"} == listening


def test_the_files_are_closed_to_other_users(service: EmbeddedServers, service_dir: Path) -> None:
    """No other user can list the data directory or read a file in it, and the servers never run as root."""
    assert mode(service_dir) == (0o711 if AS_ROOT else 0o700)
    assert {path.name: oct(mode(path)) for path in service_dir.iterdir()} == {
        "lock": "0o600",
        "password": "0o600",
        "ports.json": "0o600",
        "postgres": "0o700",
        "postgres.log": "0o600",
        "valkey": "0o700",
        "valkey.log": "0o600",
    }
    owner = (service_dir / "postgres").stat().st_uid
    assert owner != 0
    assert {process.uids().real for process in processes_below(service_dir)} == {owner}


def test_no_secret_is_in_a_process_listing(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No child ever shows the password, or a secret of our environment, in a process listing."""
    monkeypatch.setenv("REMUNER_ADMIN_KEY", "a-secret-of-the-environment")
    shown: set[str] = set()
    ended = threading.Event()

    def watch() -> None:
        while not ended.is_set():
            for process in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    shown.add(" ".join(process.cmdline()))
                    # Before it is another program, a child is a copy of this one.
                    if process.name() in {"initdb", "postgres", "valkey-server"}:
                        shown.add(json.dumps(process.environ()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with EmbeddedServers(data_dir):
            password = (data_dir / "password").read_text()
            time.sleep(0.1)
    finally:
        ended.set()
        watcher.join()
    listing = "\n".join(shown)
    assert "initdb" in listing
    assert "--single" in listing
    assert "TZ" in listing
    assert password not in listing
    assert "a-secret-of-the-environment" not in listing


def test_ctrl_c_does_not_reach_the_servers(service: EmbeddedServers, service_dir: Path) -> None:
    """The servers are in sessions of their own: the owner drains before they end."""
    assert os.getsid(0) not in {os.getsid(process.pid) for process in processes_below(service_dir)}


def test_a_second_owner_is_refused_at_once(service: EmbeddedServers, service_dir: Path) -> None:
    """A second service on the directory is told which one it is and which process has it."""
    began = time.monotonic()
    with pytest.raises(DataDirectoryInUse, match=f"^{service_dir} is in use by process {os.getpid()}:"):
        EmbeddedServers(service_dir).__enter__()
    assert time.monotonic() - began < 1
    assert pinged(service.addresses)


def test_stopping_twice_and_from_several_threads_is_harmless(data_dir: Path) -> None:
    """Every `stop` returns when both servers have ended."""
    servers = EmbeddedServers(data_dir, durable=False).__enter__()
    left: list[int] = []

    def stop() -> None:
        servers.stop()
        left.append(len(processes_below(data_dir)))

    threads = [threading.Thread(target=stop) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [0, 0, 0] == left
    servers.stop()


def test_another_process_finds_the_servers(
    service: EmbeddedServers, service_dir: Path, spawn: Callable[..., "subprocess.Popen[str]"]
) -> None:
    """A worker gets the owner's addresses."""
    code = "import sys, pathlib; from remuner.shared.embedded import addresses_of\n"
    code += "found = addresses_of(pathlib.Path(sys.argv[1])); print(found.database_url, found.redis_url)"
    found, _ = spawn(code, service_dir).communicate(timeout=20)
    assert found.split() == [service.addresses.database_url, service.addresses.redis_url]


def test_no_addresses_without_an_owner(data_dir: Path, spawn: Callable[..., "subprocess.Popen[str]"]) -> None:
    """Without an owner, even when its servers outlived it, there is nothing to attach to."""
    with pytest.raises(EmbeddedError, match="No embedded servers run on"):
        embedded.addresses_of(data_dir)
    owner = spawn(OWNER, data_dir, "fast")
    assert owner.stdout is not None
    assert "ready\n" == owner.stdout.readline()
    owner.kill()
    owner.wait()
    with pytest.raises(EmbeddedError, match="No embedded servers run on"):
        embedded.addresses_of(data_dir)


def test_a_command_starts_the_servers_for_itself(data_dir: Path) -> None:
    """Where no service runs, a command's servers live as long as it needs them."""
    with embedded.embedded(data_dir) as addresses:
        assert pinged(addresses)
    assert [] == processes_below(data_dir)


def test_a_command_uses_the_servers_of_a_service(service: EmbeddedServers, service_dir: Path) -> None:
    """Where a service runs, a command uses its servers and leaves them running."""
    with embedded.embedded(service_dir) as addresses:
        assert addresses == service.addresses
    assert pinged(service.addresses)


def test_a_command_waits_for_those_that_attached_to_it(data_dir: Path) -> None:
    """The servers that one command started stay for another one that came to use them."""
    attached, leave = threading.Event(), threading.Event()
    after: list[bool] = []

    def second() -> None:
        with embedded.embedded(data_dir) as addresses:
            attached.set()
            leave.wait(20)
            after.append(pinged(addresses))

    other = threading.Thread(target=second)
    with embedded.embedded(data_dir):
        other.start()
        assert attached.wait(20)
        threading.Timer(0.3, leave.set).start()
    other.join()
    assert [True] == after
    assert [] == processes_below(data_dir)
