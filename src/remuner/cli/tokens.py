"""`remuner tokens`: the keyset that seals the tokens, and the life of its keys."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from remuner.cli.common import DataDir, fail, parts, progress_bar, servers, settings_for
from remuner.integrations.domain.use_cases import CountIntegrations, RewrapTokens, RowsByKey
from remuner.shared import keysets
from remuner.shared.keysets import Key, KeyStatus
from remuner.shared.sealing import new_keyset
from remuner.shared.settings import Settings

commands = typer.Typer(help="The keyset that seals the tokens.", no_args_is_help=True)

_KeysetFile = Annotated[Path, typer.Argument(help="The keyset file.")]
_KeyId = Annotated[int, typer.Argument(help="The id of a key, as list-keys shows it.")]
_RESTART = "start every service that uses the keyset anew"


@commands.command("new-keyset")
def make_keyset(
    file: Annotated[Path, typer.Argument(help="The file to make; it must not be there yet.")],
) -> None:
    """Make a keyset with one key, in a file that only you can read. Without it no token opens again: keep it safe."""
    try:
        new_keyset(file)
    except FileExistsError:
        fail(f"{file} is there already, and tokens may be sealed with it: choose another name")
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}")
    print(f"made {file}")


@commands.command("list-keys")
def list_keys(file: _KeysetFile, data_dir: DataDir = None) -> None:
    """Print the keys, and how many rows of the database are sealed under each. No key itself is ever shown."""
    for line in _standing(keysets.keys_of(file), _rows_by_key(file, data_dir)):
        print(line)


@commands.command("add-key")
def add_key(file: _KeysetFile) -> None:
    """Add a new key that opens and does not seal yet, so that every service can learn it before it is used."""
    key_id = keysets.add(file)
    print(f"added key {key_id}; next: {_RESTART}, then promote it")


@commands.command("promote-key")
def promote_key(file: _KeysetFile, key_id: _KeyId) -> None:
    """Make it the primary key, the one that seals."""
    keysets.promote(file, key_id)
    print(f"key {key_id} is primary; next: {_RESTART}, then run `remuner tokens rewrap`")


@commands.command("disable-key")
def disable_key(file: _KeysetFile, key_id: _KeyId, data_dir: DataDir = None) -> None:
    """Let a key open nothing any more, if no row of the database needs it. `enable-key` undoes it.

    Wait a day after the rewrap: until then a repeated POST may have an Idempotency-Key that was first used under the
    old key, and would be refused as another request.
    """
    keysets.disable(file, key_id, _rows_by_key(file, data_dir).get(key_id, 0))
    print(f"key {key_id} is disabled; next: {_RESTART}, and when all is well, remove it")


@commands.command("enable-key")
def enable_key(file: _KeysetFile, key_id: _KeyId) -> None:
    """Let a disabled key open again what it sealed."""
    keysets.enable(file, key_id)
    print(f"key {key_id} is enabled; next: {_RESTART}")


@commands.command("remove-key")
def remove_key(file: _KeysetFile, key_id: _KeyId, data_dir: DataDir = None) -> None:
    """Erase a disabled key from the file, for ever, if no row of the database needs it."""
    keysets.remove(file, key_id, _rows_by_key(file, data_dir).get(key_id, 0))
    print(f"removed key {key_id}; only a copy of the old file opens dumps from before the last rewrap")


@commands.command("rewrap")
def rewrap(data_dir: DataDir = None) -> None:
    """Seal every token anew under the primary key, while the service runs.

    It may be stopped at any moment: started again, it goes on with what is left.
    """
    with servers(settings_for(data_dir)) as settings:
        keys = keysets.keys_of(settings.keyset_path)
        unopened, after = asyncio.run(_rewrap(settings, keys))
    for integration_id in unopened:
        print(f"integration {integration_id}: its token does not open with this keyset")
    if unopened:
        fail(f"tokens that do not open: {len(unopened)}; set them anew, or bring back the keyset that sealed them")
    if left := sum(after.values()) - sum(after.get(key.id, 0) for key in keys if key.status is KeyStatus.PRIMARY):
        fail(f"rows under other keys: {left}, sealed meanwhile by an old service; {_RESTART}, then run this again")


async def _rewrap(settings: Settings, keys: Sequence[Key]) -> tuple[Sequence[UUID], Mapping[int, int]]:
    """Return the integrations whose tokens do not open, and the rows by key that there are afterwards."""
    async with parts(settings) as container:
        rows_by_key = container.get(RowsByKey)
        print("before:", *_standing(keys, await rows_by_key()), sep="\n", flush=True)
        total = sum((await container.get(CountIntegrations)()).values())
        with progress_bar("rewrapping", total) as progress:
            unopened = await container.get(RewrapTokens)(progress)
        after = await rows_by_key()
        print("after:", *_standing(keys, after), sep="\n")
    return unopened, after


def _rows_by_key(file: Path, data_dir: Path | None) -> Mapping[int, int]:
    """Ask the database of the settings, if `file` is its keyset: any other database knows nothing of these keys."""
    with servers(settings_for(data_dir).model_copy(update={"keyset_file": file})) as settings:
        return asyncio.run(_counted(settings))


async def _counted(settings: Settings) -> Mapping[int, int]:
    async with parts(settings) as container:
        return await container.get(RowsByKey)()


def _standing(keys: Sequence[Key], rows: Mapping[int, int]) -> Iterator[str]:
    for key in keys:
        yield f"key {key.id} ({key.status}): {rows.get(key.id, 0)} rows"
    for key_id in sorted(rows.keys() - {key.id for key in keys}):
        yield f"key {key_id} (not in this keyset): {rows[key_id]} rows"
