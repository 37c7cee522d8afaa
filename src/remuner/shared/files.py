"""Files that hold secrets: whole or not there, closed to others."""

import os
import tempfile
from pathlib import Path


def write_once(path: Path, text: str) -> None:
    """Write `text` to a new file of mode 0600, durable when this returns.

    Raises FileExistsError if `path` is there already: a crash or a second writer never leaves half a file.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        os.link(temporary, path)
    finally:
        Path(temporary).unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
