"""`remuner tokens`: the keyset that seals the tokens."""

from pathlib import Path
from typing import Annotated

import typer

from remuner.cli.common import fail
from remuner.shared.sealing import new_keyset

commands = typer.Typer(help="The keyset that seals the tokens.", no_args_is_help=True)


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
