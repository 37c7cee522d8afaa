"""The keys of a keyset file, from the first to the last day of each."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import tink
from tink import aead, secret_key_access

from remuner.shared import keysets
from remuner.shared.keysets import Key, KeyStatus
from remuner.shared.sealing import KeysetError, SealError, load_sealer, new_keyset, sealing_key_id

PRIMARY, ENABLED, DISABLED = KeyStatus


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A keyset file with one key."""
    path = tmp_path / "keyset.json"
    new_keyset(path)
    return path


def test_a_key_has_a_life(file: Path) -> None:
    """Added it opens, promoted it seals, the one before it opens until it is disabled, and again when it is enabled."""
    first = keysets.keys_of(file)[0].id
    old = load_sealer(file)
    sealed = old.seal(b"plain", b"context")
    second = keysets.add(file)
    assert [Key(first, PRIMARY), Key(second, ENABLED)] == keysets.keys_of(file)
    assert first == sealing_key_id(load_sealer(file).seal(b"", b""))
    keysets.promote(file, second)
    assert [Key(first, ENABLED), Key(second, PRIMARY)] == keysets.keys_of(file)
    both = load_sealer(file)
    assert second == sealing_key_id(both.seal(b"", b""))
    assert b"plain" == both.open(sealed, b"context")
    keysets.disable(file, first, 0)
    assert [Key(first, DISABLED), Key(second, PRIMARY)] == keysets.keys_of(file)
    with pytest.raises(SealError):
        load_sealer(file).open(sealed, b"context")
    keysets.enable(file, first)
    assert b"plain" == load_sealer(file).open(sealed, b"context")
    keysets.disable(file, first, 0)
    keysets.remove(file, first, 0)
    assert [Key(second, PRIMARY)] == keysets.keys_of(file)
    assert b"plain" == load_sealer(file).open(both.seal(b"plain", b"context"), b"context")


def test_rewrapped_bytes_hold_the_same_under_the_primary_key(file: Path) -> None:
    """They open with the new key alone and for the same context only; what is under it already stays as it is."""
    sealed = load_sealer(file).seal(b"plain", b"context")
    first, second = keysets.keys_of(file)[0].id, keysets.add(file)
    assert sealed == load_sealer(file).rewrap(sealed, b"context")
    keysets.promote(file, second)
    anew = load_sealer(file).rewrap(sealed, b"context")
    assert anew == load_sealer(file).rewrap(anew, b"context")
    keysets.disable(file, first, 0)
    assert b"plain" == load_sealer(file).open(anew, b"context")
    for other in ((sealed, b"context"), (anew, b"other"), (anew[:-1], b"context"), (b"", b"")):
        with pytest.raises(SealError):
            load_sealer(file).rewrap(*other)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda file, primary, _: keysets.disable(file, primary, 0), "is the primary one. Promote another one first"),
        (lambda file, primary, _: keysets.remove(file, primary, 0), "is enabled. Disable it first"),
        (lambda file, _, other: keysets.remove(file, other, 0), "is enabled. Disable it first"),
        (lambda file, _, other: keysets.disable(file, other, 3), "3 rows are sealed under it. Run `remuner tokens rew"),
        (lambda file, *_: keysets.promote(file, 5), "The keyset has no key 5. It has "),
        (lambda file, *_: keysets.enable(file, 5), "The keyset has no key 5. It has "),
        (lambda file, *_: keysets.disable(file, 5, 0), "The keyset has no key 5. It has "),
        (lambda file, *_: keysets.remove(file, 5, 0), "The keyset has no key 5. It has "),
    ],
)
def test_a_change_that_could_lose_tokens_is_refused(
    file: Path, change: Callable[[Path, int, int], None], said: str
) -> None:
    """It says what to do first, and the file stays as it was."""
    primary, other = keysets.keys_of(file)[0].id, keysets.add(file)
    before = file.read_bytes()
    with pytest.raises(KeysetError, match=said):
        change(file, primary, other)
    assert before == file.read_bytes()


def test_a_disabled_key_is_neither_promoted_nor_removed_while_rows_need_it(file: Path) -> None:
    """Rows that a forgotten service sealed under it meanwhile are not lost: it can be enabled again."""
    other = keysets.add(file)
    keysets.disable(file, other, 0)
    before = file.read_bytes()
    with pytest.raises(KeysetError, match=f"Key {other} is disabled. Enable it first."):
        keysets.promote(file, other)
    with pytest.raises(KeysetError, match=f"Key {other} is needed: 1 rows are sealed under it"):
        keysets.remove(file, other, 1)
    assert before == file.read_bytes()


def test_a_file_that_is_no_keyset_is_named(tmp_path: Path) -> None:
    """Missing, not JSON, for another purpose, or with a key whose sealed bytes do not tell it: refused, not shown."""
    file = tmp_path / "keyset.json"
    with pytest.raises(KeysetError, match="There is no keyset file"):
        keysets.add(file)
    raw = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM_RAW)
    for text, said in (
        ("s3cret", "is not a Tink keyset for AEAD"),
        (tink.json_proto_keyset_format.serialize(raw, secret_key_access.TOKEN), "has a key without Tink's prefix"),
    ):
        file.write_text(text)
        with pytest.raises(KeysetError, match=said) as caught:
            keysets.add(file)
        assert "s3cret" not in str(caught.value)
        assert text == file.read_text()
    with pytest.raises(KeysetError, match=r"cannot be changed: No such file or directory"):
        keysets.add(tmp_path / "no" / "keyset.json")


def test_the_file_stays_closed_and_where_it_is(file: Path, tmp_path: Path) -> None:
    """Its mode and owner are kept, a link to it still leads to it, and nothing is left beside it."""
    if 0 == os.geteuid():
        os.chown(file, 12345, 12345)
    link = tmp_path / "link.json"
    link.symlink_to(file)
    for mode in (0o600, 0o640):
        file.chmod(mode)
        was = file.stat()
        keysets.add(link)
        found = file.stat()
        assert (was.st_mode, was.st_uid, was.st_gid) == (found.st_mode, found.st_uid, found.st_gid)
        assert was.st_ino != found.st_ino
    assert link.is_symlink()
    assert {file, link} == set(tmp_path.iterdir())


def test_changes_at_once_lose_no_key_and_show_no_half_file(file: Path) -> None:
    """Operators who add keys at the same time get all of them, and whoever reads meanwhile reads a keyset."""
    done = threading.Event()
    numbers: list[int] = []

    def read() -> None:
        while not done.is_set():
            numbers.append(len(keysets.keys_of(file)))

    reader = threading.Thread(target=read)
    reader.start()
    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(lambda _: keysets.add(file), range(40)))
    done.set()
    reader.join()
    assert set(added) <= {key.id for key in keysets.keys_of(file)}
    assert 41 == len(keysets.keys_of(file))
    assert sorted(numbers) == numbers
