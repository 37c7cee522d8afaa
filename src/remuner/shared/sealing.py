"""Sealing secrets at rest with Tink's AEAD (AES-256-GCM), as https://developers.google.com/tink/aead has it.

Sealed bytes open only with the context that they were sealed with, so they are worth nothing in another row.
"""

from pathlib import Path

import tink
from tink import aead, secret_key_access
from tink.proto import tink_pb2

from remuner.shared.files import write_once

aead.register()


class SealError(Exception):
    """The bytes were not sealed with this keyset for this context."""


class KeysetError(Exception):
    """The keyset file is missing, unreadable, not a keyset or not the one of this database."""


class Sealer:
    """Seals under the keyset's primary key; opens what any of its keys sealed."""

    def __init__(self, keyset: tink.KeysetHandle) -> None:
        """`keyset` holds AEAD keys; building the primitive is slow, using it takes a microsecond."""
        self._aead = keyset.primitive(aead.Aead)
        self._primary_key_id = keyset.keyset_info().primary_key_id

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Return `plain` encrypted and bound to `context`."""
        return bytes(self._aead.encrypt(plain, context))

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Return the plain bytes; raises SealError if the keyset or the context is another."""
        try:
            return bytes(self._aead.decrypt(sealed, context))
        except tink.TinkError:
            raise SealError("These bytes do not open with this keyset and context.") from None

    def rewrap(self, sealed: bytes, context: bytes) -> bytes:
        """Return the same plain bytes sealed under the primary key: `sealed` itself, if it is. Raises SealError."""
        plain = self.open(sealed, context)
        return sealed if sealing_key_id(sealed) == self._primary_key_id else self.seal(plain, context)


def sealing_key_id(sealed: bytes) -> int:
    """Return the id of the key that sealed these bytes, from the first five of them: Tink's prefix."""
    return int.from_bytes(sealed[1:5], "big")


def load_sealer(path: Path) -> Sealer:
    """Read the keyset file; raises KeysetError that names it."""
    return Sealer(load_keyset(path))


def load_keyset(path: Path) -> tink.KeysetHandle:
    """Read the keyset file; raises KeysetError that names it."""
    try:
        text = path.read_text()
    except FileNotFoundError:
        raise KeysetError(
            f"There is no keyset file {path}. Make one with `remuner tokens new-keyset {path}`, or bring back "
            "the one that sealed the tokens of this database."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeysetError(f"The keyset file {path} cannot be read ({type(error).__name__}).") from None
    try:
        keyset = tink.json_proto_keyset_format.parse(text, secret_key_access.TOKEN)
        keyset.primitive(aead.Aead)
    except tink.TinkError:
        raise KeysetError(f"The file {path} is not a Tink keyset for AEAD.") from None
    if any(key.output_prefix_type != tink_pb2.TINK for key in keyset.keyset_info().key_info):
        raise KeysetError(
            f"The keyset file {path} has a key without Tink's prefix, by which sealed bytes tell their key."
        )
    return keyset


def ephemeral_sealer() -> Sealer:
    """Return a sealer whose keyset nobody keeps: what it seals opens in this process only."""
    return Sealer(tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM))


def new_keyset(path: Path) -> None:
    """Write a new keyset with one AES-256-GCM key, mode 0600; raises FileExistsError rather than replace one."""
    handle = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
    write_once(path, tink.json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN))
