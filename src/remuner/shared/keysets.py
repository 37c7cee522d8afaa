"""The keys of a keyset file: added, made primary, disabled and removed.

Tink's library for Python reads and writes keysets and does not change them, so their protocol buffer is edited here.
A service reads the file at its start only. Each function raises KeysetError that names the file or the key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import tink
from tink import aead, secret_key_access
from tink.proto import tink_pb2

from remuner.shared.files import locked, replace
from remuner.shared.sealing import KeysetError, load_keyset

T = TypeVar("T")


class KeyStatus(StrEnum):
    """The primary key seals and opens; an enabled one opens; a disabled one is only kept."""

    PRIMARY = "primary"
    ENABLED = "enabled"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Key:
    """What may be known of a key."""

    id: int
    status: KeyStatus


def keys_of(path: Path) -> list[Key]:
    """Return the keys in the order in which they were added."""
    info = load_keyset(path).keyset_info()

    def status(key: tink_pb2.KeysetInfo.KeyInfo) -> KeyStatus:
        if key.key_id == info.primary_key_id:
            return KeyStatus.PRIMARY
        return KeyStatus.ENABLED if key.status == tink_pb2.ENABLED else KeyStatus.DISABLED

    return [Key(key.key_id, status(key)) for key in info.key_info]


def add(path: Path) -> int:
    """Add a new AES-256-GCM key that opens and does not seal yet; return its id."""

    def change(keyset: tink_pb2.Keyset) -> int:
        taken = {key.key_id for key in keyset.key}
        while (new := _editable(tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)).key[0]).key_id in taken:
            pass
        keyset.key.append(new)
        return int(new.key_id)

    return _edit(path, change)


def promote(path: Path, key_id: int) -> None:
    """Make it the key that seals."""

    def change(keyset: tink_pb2.Keyset) -> None:
        if _key(keyset, key_id).status != tink_pb2.ENABLED:
            raise KeysetError(f"Key {key_id} is disabled. Enable it first.")
        keyset.primary_key_id = key_id

    _edit(path, change)


def enable(path: Path, key_id: int) -> None:
    """Let it open again what it sealed."""

    def change(keyset: tink_pb2.Keyset) -> None:
        _key(keyset, key_id).status = tink_pb2.ENABLED

    _edit(path, change)


def disable(path: Path, key_id: int, rows: int) -> None:
    """Keep it, and let it open nothing; refused while it is primary or seals any `rows`."""

    def change(keyset: tink_pb2.Keyset) -> None:
        key = _key(keyset, key_id)
        if key_id == keyset.primary_key_id:
            raise KeysetError(f"Key {key_id} is the primary one. Promote another one first.")
        if rows:
            raise KeysetError(f"Key {key_id} is needed: {rows} rows are sealed under it. Run `remuner tokens rewrap`.")
        key.status = tink_pb2.DISABLED

    _edit(path, change)


def remove(path: Path, key_id: int, rows: int) -> None:
    """Forget it for ever; refused unless it is disabled and seals no `rows`."""

    def change(keyset: tink_pb2.Keyset) -> None:
        key = _key(keyset, key_id)
        if key.status == tink_pb2.ENABLED:
            raise KeysetError(f"Key {key_id} is enabled. Disable it first, which can be undone.")
        if rows:
            raise KeysetError(
                f"Key {key_id} is needed: {rows} rows are sealed under it, by a service that was not started anew. "
                "Enable it, start every service anew, and run `remuner tokens rewrap`."
            )
        keyset.key.remove(key)

    _edit(path, change)


def _edit(path: Path, change: Callable[[tink_pb2.Keyset], T]) -> T:
    """Change the file, one caller at a time."""
    try:
        with locked(path.resolve().parent):
            keyset = _editable(load_keyset(path))
            found = change(keyset)
            handle = tink.proto_keyset_format.parse(keyset.SerializeToString(), secret_key_access.TOKEN)
            replace(path, tink.json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN))
    except OSError as error:
        raise KeysetError(f"The keyset file {path} cannot be changed: {error.strerror}.") from None
    return found


def _editable(handle: tink.KeysetHandle) -> tink_pb2.Keyset:
    return tink_pb2.Keyset.FromString(tink.proto_keyset_format.serialize(handle, secret_key_access.TOKEN))


def _key(keyset: tink_pb2.Keyset, key_id: int) -> tink_pb2.Keyset.Key:
    for key in keyset.key:
        if key.key_id == key_id:
            return key
    raise KeysetError(f"The keyset has no key {key_id}. It has {', '.join(str(key.key_id) for key in keyset.key)}.")
