"""A PostgreSQL of the system's, as Debian installs it, with what the embedded one lacks: pg_trgm."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from remuner.shared.servers import Postgres, account_for

BINARIES = sorted(
    (
        binary
        for binary in Path("/usr/lib/postgresql").glob("*/bin/postgres")
        if Path("/usr/share/postgresql", binary.parts[-3], "extension/pg_trgm.control").exists()
    ),
    key=lambda binary: int(binary.parts[-3]),
)
MISSING = "no PostgreSQL with pg_trgm below /usr/lib/postgresql"


@dataclass
class _SystemPostgres(Postgres):
    """Without the options that it may not know."""

    def command(self) -> list[str]:
        options = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=512MB"
        options += " -c fsync=off" * (not self.durable)
        return [str(self.binary), "-D", str(self.folder), "-p", str(self.port), *options.split()]

    def prepare(self) -> None:
        super(Postgres, self).prepare()
        password = self.folder.with_suffix(".password")
        password.write_text(self.password)
        os.chown(password, self.account.uid, self.account.gid)
        options = f"-U remuner -E UTF8 --locale=C --no-sync -A scram-sha-256 --pwfile={password}"
        made, said = self.account.run([str(self.binary.with_name("initdb")), "-D", str(self.folder), *options.split()])
        assert made, said


@contextmanager
def system_postgres(folder: Path, *, durable: bool) -> Iterator[str]:
    """Run the newest of BINARIES in a folder that its user can enter, and give the administrator's URL."""
    account = account_for(folder, BINARIES[-1])
    server = _SystemPostgres(folder / "postgres", account, BINARIES[-1], secrets.token_hex(32), durable)
    server.prepare()
    server.spawn()
    try:
        server.await_ready()
        yield f"postgres://remuner:{server.password}@127.0.0.1:{server.port}/postgres"
    finally:
        server.stop()
