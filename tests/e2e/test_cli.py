"""The `remuner` command against a database of the operator's."""

import json
import os
import signal
from pathlib import Path

import asyncpg
import pytest
from tests.conftest import named
from tests.e2e.conftest import Run
from tests.e2e.service import Service, remuner

import remuner as remuner_package
from remuner.composition import APPS
from remuner.shared.sealing import new_keyset


@pytest.fixture
def database_url(empty_database_url: str) -> str:
    """A database without tables."""
    return empty_database_url


async def test_a_database_that_cannot_hold_every_name_is_refused(run: Run, server_url: str) -> None:
    """By `migrate`, before a table is made, with what to do."""
    name = f"ascii_{os.getpid()}"
    server = await asyncpg.connect(server_url)
    await server.execute(f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    try:
        done = run("migrate", REMUNER_DATABASE_URL=named(server_url, name))
    finally:
        await server.execute(f"DROP DATABASE {name}")
        await server.close()
    assert (1, True) == (done.returncode, "encoding is not UTF8" in done.stderr), done.stderr


def test_migrate_then_check(run: Run) -> None:
    """`check` tells what is lacking and how to mend it; after `migrate` all is well; `migrate` may be repeated."""
    before = run("check")
    assert (1, "") == (before.returncode, before.stderr)
    source = Path(remuner_package.__file__).parent
    names = [
        f"{app}.{file.stem}" for app in APPS for file in sorted((source / app / "persistence/migrations").glob("0*.py"))
    ]
    assert f"migrations: Not applied: {', '.join(names)}. Run `remuner migrate`." in before.stdout
    assert "".join(f"applied {name}\n" for name in names) == run("migrate").stdout
    assert "nothing to apply\n" == run("migrate").stdout
    after = run("check")
    assert (0, "settings: ok\ndatabase: ok\nmigrations: ok\nkeyset: ok\n") == (after.returncode, after.stdout)


def test_check_names_what_is_away(run: Run) -> None:
    """A database, a cache or a keyset that cannot be reached has its line, and the exit code is 1."""
    away = {"REMUNER_DATABASE_URL": "postgres://u:s3cret@127.0.0.1:9/x", "REMUNER_REDIS_URL": "redis://127.0.0.1:9"}
    found = run("check", **away)
    assert 1 == found.returncode
    assert "database: The service cannot reach its database" in found.stdout
    assert "cache: The cache does not answer, or takes no writes." in found.stdout
    assert "s3cret" not in found.stdout + found.stderr
    missing = run("check", REMUNER_KEYSET_FILE="/nowhere/keyset.json")
    assert "keyset: There is no keyset file /nowhere/keyset.json." in missing.stdout


@pytest.mark.parametrize(
    ("command", "malformed"),
    [
        (
            "serve",
            {
                "REMUNER_DATABASE_URL": "mysql://s3cret@db/x",
                "REMUNER_LOG_LEVEL": "s3cret",
                "REMUNER_LOG_FORMAT": "s3cret",
                "REMUNER_CORS_ORIGINS": "https://s3cret.example,*",
            },
        ),
        (
            "migrate",
            {
                "REMUNER_REDIS_URL": "http://s3cret",
                "REMUNER_DATABASE_URL": "postgres://u:s3cret@127.0.0.1:s3cret/x",
                "REMUNER_PUBLIC_URL": "remuner.example.com/s3cret",
            },
        ),
        (
            "check",
            {
                "REMUNER_DATABASE_URL": "postgres://u:p@127.0.0.1/x?s3cret=1",
                "REMUNER_ADMIN_KEY": "s3cret",
                "REMUNER_TRUSTED_PROXIES": "127.0.0.1,s3cret.example",
                "REMUNER_EGRESS_ALLOW": "127.0.0.1:80,s3cret",
                "REMUNER_EGRESS_CA_FILE": "/nowhere/s3cret.pem",
                "REMUNER_PROXY_SECONDS": "s3cret",
                "REMUNER_CORS_ORIGINS": "https://s3cret.example/",
                "REMUNER_PUBLIC_URL": "https://s3cret@remuner.example.com",
            },
        ),
    ],
)
def test_malformed_settings_are_named_and_not_shown(run: Run, command: str, malformed: dict[str, str]) -> None:
    """Each command refuses with one line that names every such variable and never repeats a value."""
    found = run(command, **malformed)
    said = found.stdout + found.stderr
    assert (1, 1) == (found.returncode, len(said.splitlines()))
    assert [] == [name for name in malformed if f"{name}: " not in said]
    assert "s3cret" not in said
    assert "Traceback" not in said


def test_an_unknown_setting_is_a_warning(run: Run) -> None:
    """A misspelt variable is named."""
    assert "warning: REMUNER_DATABSE_URL is set" in run("migrate", REMUNER_DATABSE_URL="x").stderr


def test_a_database_without_a_keyset_is_refused(env: dict[str, str], tmp_path: Path) -> None:
    """With REMUNER_DATABASE_URL and no keyset, the service does not start and says how to make one."""
    del env["REMUNER_KEYSET_FILE"]
    refused = remuner("serve", env=env, cwd=tmp_path)
    assert 1 == refused.returncode
    assert "REMUNER_KEYSET_FILE is required with REMUNER_DATABASE_URL" in refused.stderr
    assert "remuner tokens new-keyset" in refused.stderr
    assert not list(tmp_path.iterdir())


def test_another_keyset_is_found_at_start(env: dict[str, str], run: Run, tmp_path: Path) -> None:
    """A service with a keyset that did not seal this database's tokens refuses to start, even before there is one."""
    with Service(tmp_path, env=env) as service:
        service.start()
    other = tmp_path / "other.json"
    new_keyset(other)
    refused = run("serve", "--port", str(service.port), REMUNER_KEYSET_FILE=str(other))
    assert 1 == refused.returncode
    assert "keyset: The tokens of this database were sealed with another keyset." in refused.stderr


def test_several_services_start_at_once_on_an_empty_database(env: dict[str, str], tmp_path: Path) -> None:
    """Each applies pending migrations under a lock; all of them get ready, and SIGTERM ends each with 0."""
    with Service(tmp_path, env=env) as one, Service(tmp_path, env=env) as two:
        one.start(ready=False)
        two.start()
        one.start() if one.process and one.process.poll() is not None else None
        while not one.is_ready():
            assert one.process
            assert one.process.poll() is None, one.output
        assert [0, 0] == [one.end(signal.SIGTERM), two.end(signal.SIGTERM)]


def test_openapi_needs_nothing(tmp_path: Path) -> None:
    """The document of a minor is printed without database and keyset; an unknown minor is an error."""
    document = json.loads(remuner("openapi", cwd=tmp_path).stdout)
    assert {"/v1/users", "/v1/teams/{team_id}/members/{user_id}", "/v1/integrations/stats"} <= document["paths"].keys()
    assert "1.2" == document["info"]["version"]
    assert 1 == remuner("openapi", "--api-version", "9", cwd=tmp_path).returncode
    assert not list(tmp_path.iterdir())


def test_new_keyset_never_replaces_one(tmp_path: Path) -> None:
    """The file is readable by its owner only; making it again is refused and changes nothing."""
    file = tmp_path / "keyset.json"
    assert 0 == remuner("tokens", "new-keyset", str(file)).returncode
    assert 0o600 == file.stat().st_mode & 0o777
    before = file.read_bytes()
    again = remuner("tokens", "new-keyset", str(file))
    assert (1, True) == (again.returncode, "is there already" in again.stderr)
    assert before == file.read_bytes()
    assert 1 == remuner("tokens", "new-keyset", str(tmp_path / "no" / "keyset.json")).returncode


def test_commands_use_the_servers_of_a_running_service(tmp_path: Path) -> None:
    """`check` and `migrate` attach to the embedded servers of a service that runs on the data directory."""
    with Service(tmp_path) as service:
        service.start()
        checked = remuner("check", "--data-dir", str(service.data_dir))
        assert (
            checked.returncode,
            checked.stdout,
        ) == (0, "settings: ok\ndatabase: ok\nmigrations: ok\nkeyset: ok\ncache: ok\n")
        assert "nothing to apply\n" == remuner("migrate", "--data-dir", str(service.data_dir)).stdout
        assert service.is_ready()
    offline = remuner("check", "--data-dir", str(service.data_dir))
    assert 0 == offline.returncode, offline.stdout


async def test_a_database_that_comes_back_is_used_again(env: dict[str, str], tmp_path: Path) -> None:
    """Connections that the database cut are replaced; nobody restarts the service."""
    with Service(tmp_path, env=env) as service:
        service.start()
        connection = await asyncpg.connect(env["REMUNER_DATABASE_URL"])
        await connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await connection.close()
        assert service.is_ready()


def test_settings_are_read_from_a_dotenv_file(env: dict[str, str], tmp_path: Path) -> None:
    """`.env` in the working directory counts, and the environment wins."""
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in env.items()))
    assert "applied users.0001_initial" in remuner("migrate", cwd=tmp_path).stdout
    assert 1 == remuner("migrate", cwd=tmp_path, env={"REMUNER_LOG_LEVEL": "loud"}).returncode


@pytest.mark.skipif(0 == os.geteuid(), reason="root may write everywhere")
def test_a_data_directory_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    """It names the directory and has no traceback."""
    tmp_path.chmod(0o500)
    refused = remuner("serve", "--data-dir", str(tmp_path / "data"))
    assert 1 == refused.returncode
    assert str(tmp_path / "data") in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_database_that_is_away_is_one_line(run: Run, command: str) -> None:
    """A command that cannot reach the database says so, without traceback and password."""
    refused = run(command, REMUNER_DATABASE_URL="postgres://u:s3cret@127.0.0.1:9/x")
    assert (1, 1) == (refused.returncode, len(refused.stderr.splitlines()))
    assert "cannot reach its database" in refused.stderr
