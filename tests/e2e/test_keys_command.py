"""`remuner keys` and the first key, as an operator uses them."""

import re
import signal
from pathlib import Path

import httpx2
from tests.access.factories import bearer
from tests.e2e.conftest import Run
from tests.e2e.service import Service, remuner

SECRET = re.compile(r"rk_([0-9a-f-]{36})_[A-Za-z0-9]{43}")


def status(service: Service, secret: str, path: str = "/v1/access-keys") -> int:
    """What a call with this key is answered."""
    return httpx2.get(f"{service.url}{path}", headers=bearer(secret)).status_code


def test_keys_are_made_listed_and_revoked_beside_a_running_service(tmp_path: Path) -> None:
    """A new key works at once, with the scopes that were asked for; revoked, it stops within a second."""
    with Service(tmp_path) as service:
        service.start()

        def run(*arguments: str) -> str:
            found = remuner("keys", *arguments, "--data-dir", str(service.data_dir))
            assert 0 == found.returncode, found.stderr
            return found.stdout

        every = run("create", "--name", "Automation").strip()
        assert SECRET.fullmatch(every)
        narrow = run("create", "--name", "Export", "--scope", "users:read", "--scope", "audit:read").strip()
        assert [200, 403] == [status(service, secret) for secret in (every, narrow)]
        assert [200, 200] == [status(service, secret, "/v1/users") for secret in (every, narrow)]
        limited = {"name": "Sync", "scopes": ["integrations:use"], "use_limits": {"methods": ["GET"]}}
        assert httpx2.post(f"{service.url}/v1/access-keys", json=limited, headers=bearer(every)).is_success
        lines = run("list").splitlines()
        assert ["first key", "Automation", "Export", "Sync"] == [line.split("  ")[-2].strip() for line in lines]
        assert [False, False, False, True] == [line.endswith("integrations:use (limited)") for line in lines]
        assert "rk_" not in "".join(lines)
        key_id = every.split("_")[1]
        assert f"revoked {key_id} Automation\n" == run("revoke", key_id)
        shown = httpx2.get(f"{service.url}/v1/access-keys/{key_id}", headers=bearer(service.access_key))
        assert "inactive" == shown.json()["status"]
        assert "inactive" in run("list").splitlines()[1]
        assert 401 == status(service, every)


def test_what_a_key_cannot_be_made_of_is_one_line(run: Run) -> None:
    """Exit code 1 and the option's name; nothing is made."""
    run("migrate")
    cases = [
        (["--name", " "], "--name: "),
        (["--name", "x" * 51], "--name: "),
        (["--name", "X", "--expires-at", "tomorrow"], "--expires-at: This is not a moment"),
        (["--name", "X", "--expires-at", "2020-01-01T00:00:00Z"], "--expires-at: This moment has passed"),
    ]
    for arguments, said in cases:
        refused = run("keys", "create", *arguments)
        assert (1, 1) == (refused.returncode, len(refused.stderr.splitlines()))
        assert said in refused.stderr
    assert "" == run("keys", "list").stdout


def test_an_unknown_scope_or_key_is_named(run: Run) -> None:
    """A scope that there is not is a usage error that names those that there are; so is what is no id."""
    run("migrate")
    assert "users:read" in run("keys", "create", "--name", "X", "--scope", "users:own").stderr
    assert 2 == run("keys", "revoke", "x").returncode
    unknown = run("keys", "revoke", "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4")
    assert (1, "remuner: There is no access key with this id.\n") == (unknown.returncode, unknown.stderr)


def test_the_first_key_has_every_scope_and_is_made_once(tmp_path: Path) -> None:
    """Also when it is revoked before the next start; its secret is nowhere in the data directory."""
    with Service(tmp_path) as service:
        service.start()
        first = service.access_key
        assert [200] * 3 == [status(service, first, f"/v1/{each}") for each in ("users", "integrations", "access-keys")]
        me = httpx2.get(f"{service.url}/v1/session", headers=bearer(first)).json()
        assert ("first key", 9) == (me["name"], len(me["scopes"]))
        secret = first.rpartition("_")[2].encode()
        service.end(signal.SIGTERM)
        found = [path for path in service.data_dir.rglob("*") if path.is_file() and secret in path.read_bytes()]
        assert [] == found
        assert 0 == remuner("keys", "revoke", me["key_id"], "--data-dir", str(service.data_dir)).returncode
        service.start()
        assert 1 == service.output.count("rk_")
        assert 401 == status(service, first)


def test_a_service_on_the_operator_s_database_makes_no_key(env: dict[str, str], run: Run, tmp_path: Path) -> None:
    """There the operator makes the first one, with the command or as REMUNER_ADMIN_KEY."""
    with Service(tmp_path, env=env) as service:
        service.start()
        assert "rk_" not in service.output
        made = run("keys", "create", "--name", "Mine").stdout.strip()
        assert [200, 200] == [status(service, secret) for secret in (made, env["REMUNER_ADMIN_KEY"])]
