"""Whether the service can do its work: for `/readyz` and `remuner check`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from remuner.shared.errors import RemunerError
from remuner.shared.sealing import KeysetError
from remuner.shared.settings import SettingsError

Check = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `problem` is None when all is well, and matters when the part is `needed`."""

    part: str
    problem: str | None
    needed: bool

    @property
    def fatal(self) -> bool:
        """Whether the service cannot do its work."""
        return self.needed and self.problem is not None


@dataclass(frozen=True, slots=True)
class Health:
    """The checks of every part, by name."""

    needed: Mapping[str, Check]
    useful: Mapping[str, Check]

    async def __call__(self) -> list[Finding]:
        """Run the checks one after the other."""
        found = [Finding(part, await _problem(check), needed=True) for part, check in self.needed.items()]
        return found + [Finding(part, await _problem(check), needed=False) for part, check in self.useful.items()]


async def _problem(check: Check) -> str | None:
    try:
        await check()
    except (RemunerError, KeysetError, SettingsError) as error:
        return str(error)
    return None
