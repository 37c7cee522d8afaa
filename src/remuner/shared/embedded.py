"""PostgreSQL and Valkey of our own, from wheels, under a data directory.

    lock        held (flock) by the process that owns the servers; its pid
    attached    held, shared, by the commands that use the servers of another process
    password    of both servers
    ports.json  there while both are ready
    postgres/   the cluster, and postgres.log
    valkey/     empty: Valkey keeps nothing; and valkey.log

Any process may be killed at any moment: the next owner ends what was left behind. It knows a leftover by the
folder that it works in, never by a pid alone, which may be another process's by now.
"""

import errno
import fcntl
import json
import os
import secrets
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from remuner.shared.servers import READY_SECONDS, EmbeddedError, Postgres, Valkey, account_for, binaries, opened, write


class DataDirectoryInUse(EmbeddedError):
    """Another process owns the data directory."""


class _NotRunning(EmbeddedError): ...


@dataclass(frozen=True)
class Addresses:
    """URLs of the servers, hidden from the repr: they hold the password."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)


class EmbeddedServers:
    """The servers of a data directory, owned by one process at a time; one that dies is started again.

    Entering starts both (60 s at most) and sets `addresses`, leaving stops both; once only. It raises
    `DataDirectoryInUse` at once if another process owns the directory, else `EmbeddedError`. `durable=False`,
    for tests, is faster and loses committed data when the machine stops.
    """

    addresses: Addresses

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self._data_dir = data_dir.resolve()
        self._durable = durable
        self._stack = ExitStack()
        self._stop_lock = threading.Lock()

    def __enter__(self) -> Self:
        data_dir = self._data_dir
        prepare(data_dir)
        with _explained(data_dir), ExitStack() as stack:
            stack.enter_context(_owned(data_dir))
            (data_dir / "ports.json").unlink(missing_ok=True)
            if not (data_dir / "password").exists():
                write(data_dir / "password", secrets.token_hex(32))
            password = (data_dir / "password").read_text()
            postgres_binary, valkey_binary = binaries()
            account = account_for(data_dir, postgres_binary, postgres_binary.with_name("initdb"), valkey_binary)
            valkey = Valkey(data_dir / "valkey", account, valkey_binary, password)
            postgres = Postgres(data_dir / "postgres", account, postgres_binary, password, self._durable)
            # Valkey first: it gets ready while the cluster is being made.
            for server in (valkey, postgres):
                server.prepare()
                server.spawn()
                stack.callback(server.stop)
            for server in (valkey, postgres):
                server.await_ready()
            write(data_dir / "ports.json", json.dumps([postgres.port, valkey.port]))
            stack.callback((data_dir / "ports.json").unlink, missing_ok=True)
            self.addresses = _addresses(data_dir)
            stopping = threading.Event()
            for server in (valkey, postgres):
                thread = threading.Thread(target=server.keep_alive, args=[stopping], daemon=True)
                thread.start()
                stack.callback(thread.join)
            stack.callback(stopping.set)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop both servers, after 30 s by force. Any thread may call it, any number of times."""
        with self._stop_lock:
            self._stack.close()


@contextmanager
def embedded(data_dir: Path) -> Iterator[Addresses]:
    """Attach to the servers of `data_dir` if they run; else start them, and stop them at the end.

    Others that attached in the meantime are waited for. Raises `EmbeddedError`.
    """
    prepare(data_dir)
    with opened(data_dir / "attached") as attached, ExitStack() as stack:
        while True:
            with suppress(DataDirectoryInUse):
                addresses = stack.enter_context(EmbeddedServers(data_dir)).addresses
                stack.callback(fcntl.flock, attached, fcntl.LOCK_EX)
                break
            fcntl.flock(attached, fcntl.LOCK_SH)
            with suppress(_NotRunning):
                addresses = addresses_of(data_dir)
                break
            fcntl.flock(attached, fcntl.LOCK_UN)
        yield addresses


def addresses_of(data_dir: Path) -> Addresses:
    """Return the addresses of the servers that another process owns, when it has started them (60 s at most).

    Raises `EmbeddedError` if there is none.
    """
    deadline = time.monotonic() + READY_SECONDS
    with _explained(data_dir):
        while _is_owned(data_dir) and time.monotonic() < deadline:
            with suppress(FileNotFoundError):
                return _addresses(data_dir)
            time.sleep(0.05)
    raise _NotRunning(f"No embedded servers run on {data_dir}: start them with `remuner serve`.")


def prepare(data_dir: Path) -> None:
    """Make the data directory and close it to other users: 0700; as root 0711, as the servers run as another.

    Raises `EmbeddedError` if that cannot be done, or if it has files of others, whom it would lock out.
    """
    mode = 0o711 if os.geteuid() == 0 else 0o700
    with _explained(data_dir):
        data_dir.mkdir(mode, parents=True, exist_ok=True)
        found = stat.S_IMODE(data_dir.stat().st_mode)
        if found & 0o066 and any(data_dir.iterdir()) and not (data_dir / "lock").exists():
            raise EmbeddedError(
                f"{data_dir} is open to other users and has files that are not remuner's: choose a folder of "
                "its own as the data directory, or close this one (chmod 700)."
            )
        if found != mode:
            data_dir.chmod(mode)


_held: set[int] = set()


def _forget_locks() -> None:
    for descriptor in _held:
        os.close(descriptor)


os.register_at_fork(after_in_child=_forget_locks)


@contextmanager
def _not_inherited(file: IO[str]) -> Iterator[None]:
    """Let a forked worker, which may outlive its parent for a moment, not keep the parent's lock."""
    _held.add(file.fileno())
    try:
        yield
    finally:
        _held.discard(file.fileno())


@contextmanager
def _owned(data_dir: Path) -> Iterator[None]:
    with opened(data_dir / "lock") as lock, _not_inherited(lock):
        for _ in range(10):  # whoever asks `_is_owned` has the lock for a moment
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.02)
        else:
            owner = lock.read().strip() or "unknown"
            raise DataDirectoryInUse(
                f"{data_dir} is in use by process {owner}: stop that one, or choose another data directory."
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _is_owned(data_dir: Path) -> bool:
    try:
        with (data_dir / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _addresses(data_dir: Path) -> Addresses:
    postgres, valkey = json.loads((data_dir / "ports.json").read_text())
    password = (data_dir / "password").read_text()
    return Addresses(
        database_url=f"postgres://remuner:{password}@127.0.0.1:{postgres}/remuner",
        redis_url=f"redis://:{password}@127.0.0.1:{valkey}/0",
    )


@contextmanager
def _explained(data_dir: Path) -> Iterator[None]:
    """Turn the system's errors into the operator's."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise EmbeddedError(f"The disk of {data_dir} is full: free some space and start again.") from error
        raise EmbeddedError(
            f"The data directory {data_dir} cannot be used ({error.strerror}: {error.filename}): choose a "
            "folder that this user can write."
        ) from error
