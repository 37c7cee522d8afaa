"""The access key of the first start with embedded servers: shown once, kept as its SHA-256."""

from pathlib import Path

from remuner.shared.authentication import key_digest, new_access_key
from remuner.shared.files import write_once


def make_first_key(data_dir: Path) -> str | None:
    """Return a new key if the data directory has none yet, else None. It is valid once `keep_first_key` was called."""
    return None if _file(data_dir).exists() else new_access_key()


def keep_first_key(data_dir: Path, access_key: str) -> None:
    """Make the key valid. Called after the operator has seen it, so that a crash never leaves one that nobody knows."""
    write_once(_file(data_dir), key_digest(access_key).hex())


def first_key_digest(data_dir: Path) -> bytes | None:
    """Return the digest of the kept key, None if there is none."""
    try:
        return bytes.fromhex(_file(data_dir).read_text())
    except FileNotFoundError:
        return None


def _file(data_dir: Path) -> Path:
    return data_dir / "access-key.sha256"
