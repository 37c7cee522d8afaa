"""Files that hold secrets: whole or not there, closed to others."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_once(path: Path, text: str) -> None:
    """Write `text` to a new file of mode 0600, durable when this returns.

    Raises FileExistsError if `path` is there already: a crash or a second writer never leaves half a file.
    """
    with _written(path, text) as temporary:
        os.link(temporary, path)


def replace(path: Path, text: str) -> None:
    """Write `text` in the place of what a file holds, durable when this returns; its owner and its mode stay.

    A crash leaves the old file or the new one.
    """
    path = path.resolve()
    was = path.stat()
    with _written(path, text) as temporary:
        os.chown(temporary, was.st_uid, was.st_gid)
        temporary.chmod(was.st_mode & 0o777)
        temporary.replace(path)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait for others who hold the folder, then keep them waiting; a process that dies lets go."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _written(path: Path, text: str) -> Iterator[Path]:
    """Give a file beside `path` with this text, to be put in its place; what was done with it is durable afterwards."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
