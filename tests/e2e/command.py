"""Runs in a process of its own, for `tests.e2e.service`; imports nothing, so that the process has the command alone."""

import atexit
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def run(command: Sequence[str], env: Mapping[str, str], cwd: Path, files: Sequence[Path]) -> None:
    """Be this command, with stdout and stderr in the files."""
    for descriptor, file in enumerate(files, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = [*command]
    from remuner.cli import main  # noqa: PLC0415 - there already; a test process would import it for nothing

    try:
        main()
    finally:
        atexit._run_exitfuncs()  # noqa: SLF001 - as an interpreter does at its end and multiprocessing does not
