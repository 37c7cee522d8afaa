"""The access key of the first start with embedded servers: shown once, kept as its SHA-256."""

import hashlib
from pathlib import Path

from remuner.shared.authentication import key_digest, new_access_key
from remuner.shared.files import write_once
from remuner.shared.settings import SettingsError


def make_first_key(data_dir: Path) -> str | None:
    """Return a new key if the data directory has none yet, else None. It is valid once `keep_first_key` was called."""
    return new_access_key() if first_key_digest(data_dir) is None else None


def keep_first_key(data_dir: Path, access_key: str) -> None:
    """Make the key valid. Called after the operator has seen it, so that a crash never leaves one that nobody knows."""
    write_once(_file(data_dir), key_digest(access_key).hex())


def first_key_digest(data_dir: Path) -> bytes | None:
    """Return the digest of the kept key, None if there is none; raises SettingsError if the file is damaged."""
    file = _file(data_dir)
    try:
        digest = bytes.fromhex(file.read_text())
    except FileNotFoundError:
        return None
    except ValueError:
        digest = b""
    if len(digest) != hashlib.sha256().digest_size:
        raise SettingsError(f"{file} is damaged. Remove it, and the next start makes and prints a new access key.")
    return digest


def _file(data_dir: Path) -> Path:
    return data_dir / "access-key.sha256"
