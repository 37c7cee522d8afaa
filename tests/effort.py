"""How hard the property tests try.

`make test` repeats the same examples each time; `make fuzz` looks for new ones, EFFORT times as many.
"""

import os

from hypothesis import HealthCheck, settings

EFFORT = int(os.environ.get("EFFORT", "0"))


def effort(examples: int = 100) -> settings:
    """Return the settings of a property that is tried with so many examples by default."""
    return settings(
        max_examples=examples * max(EFFORT, 1),
        derandomize=not EFFORT,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
