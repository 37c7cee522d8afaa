"""The `remuner` command."""

import gc


def main() -> None:
    """Run the command.

    What is imported stays until the end. Searching it for garbage, again and again and once more at the end, would take
    longer than many a command.
    """
    gc.disable()
    from remuner.cli.commands import run  # noqa: PLC0415 - not before the line above

    gc.freeze()
    gc.enable()
    run()
