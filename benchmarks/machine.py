"""What the run was made with and on. No host name: results are published."""

import os
import platform
import re
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import psutil

_LIBRARIES = (
    *("remuner", "fastapi", "starlette", "pydantic", "granian", "uvloop", "asyncpg", "tortoise-orm", "redis"),
    *("sqlalchemy", "advanced-alchemy", "litestar", "django", "django-ninja", "psycopg"),
)


def wrk_version() -> str | None:
    """Return the version of `wrk`, or None where it is missing."""
    try:
        done = subprocess.run(["wrk", "--version"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return re.sub(r"^wrk (\S+).*", r"\1", done.stdout.splitlines()[0])


def versions() -> dict[str, str]:
    """Return the versions of what answers and of what asks."""
    return {**{name: version(name) for name in _LIBRARIES}, "wrk": wrk_version() or ""}


def machine() -> dict[str, str]:
    """Describe the machine."""
    return {
        "cpu": _cpu_model(),
        "cores": f"{psutil.cpu_count()} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.1f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def described(machine: Mapping[str, str], load_average: tuple[float, float], versions: Mapping[str, str]) -> str:
    """Return in Markdown what ratios were measured on and with, and the load average before and after."""
    before, after = load_average
    return f"""\
- {", ".join(machine.values())}.
- Load average of the machine before the run: {before}; at its end, with the run itself: {after}.
  Quote the ratios: the other figures are those of this machine with whatever else ran on it.
- {", ".join(f"{name} {version}" for name, version in versions.items())}.
"""


def load_average() -> float:
    """Return how many processes wanted a core, on average over the last minute."""
    return round(os.getloadavg()[0], 2)


def _cpu_model() -> str:
    info = Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*: (.+)$", info.read_text(), re.MULTILINE) if info.exists() else None
    return model[1] if model else platform.processor() or platform.machine()
