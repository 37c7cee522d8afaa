"""How long `remuner serve` takes from exec to the first 200 of /readyz."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from benchmarks.rows import ROWS
from benchmarks.serve import serving_as_users_do
from benchmarks.store import Store


@dataclass(frozen=True)
class Starts:
    """Seconds: of the first start, which makes the database; of later ones; and of those on servers that run."""

    first: float
    embedded: Sequence[float]
    external: Sequence[float]


def start(store: Store, times: int) -> Starts:
    """Start the command in both ways, in turns."""
    settings = store.settings("cached", ROWS)
    with TemporaryDirectory(prefix="remuner-bench-") as name:
        folder = Path(name)
        first = _seconds({}, folder)
        embedded, external = [], []
        with typer.progressbar(range(times), label="start", file=sys.stderr) as bar:
            for _ in bar:
                embedded.append(_seconds({}, folder))
                external.append(_seconds(settings, folder))
    return Starts(first, embedded, external)


def _seconds(settings: Mapping[str, str], folder: Path) -> float:
    with serving_as_users_do(settings, folder) as server:
        return round(server.start_seconds, 3)
