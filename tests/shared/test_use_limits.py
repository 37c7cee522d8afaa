"""What limits of a key let through, and which are within which."""

import itertools
from uuid import UUID

import pytest

from remuner.shared.context import NO_LIMITS, UseLimits

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
GET, POST, PUT = "GET", "POST", "PUT"
PATHS = ["", "/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/A", "/b", "/b/a"]
CALLS = list(itertools.product((ONE, TWO, THREE), (GET, POST, PUT), PATHS))
EVERY = [
    UseLimits(ids, methods, prefix)
    for ids in (None, frozenset({ONE}), frozenset({TWO}), frozenset({ONE, TWO}))
    for methods in (None, frozenset({GET}), frozenset({POST}), frozenset({GET, POST}))
    for prefix in (None, "/", "/a", "/a/b", "/ab")
]


@pytest.mark.parametrize(
    ("prefix", "paths"),
    [
        (None, PATHS),
        ("/", [path for path in PATHS if path]),
        ("/a", ["/a", "/a/", "/a/b", "/a/b/c"]),
        ("/a/b", ["/a/b", "/a/b/c"]),
        ("/ab", ["/ab"]),
        ("/c", []),
    ],
)
def test_a_prefix_is_one_of_whole_segments(prefix: str | None, paths: list[str]) -> None:
    """The path itself and what is below it, in the very letters."""
    limits = UseLimits(path_prefix=prefix)
    assert paths == [path for path in PATHS if limits.permits(ONE, GET, path)]


@pytest.mark.parametrize(
    ("limits", "permitted"),
    [
        (NO_LIMITS, [(ONE, GET), (ONE, POST), (TWO, GET), (TWO, POST)]),
        (UseLimits(integration_ids=frozenset({ONE})), [(ONE, GET), (ONE, POST)]),
        (UseLimits(methods=frozenset({GET})), [(ONE, GET), (TWO, GET)]),
        (UseLimits(frozenset({TWO}), frozenset({POST})), [(TWO, POST)]),
        (UseLimits(frozenset(), None), []),
        (UseLimits(None, frozenset({"get"})), []),
    ],
)
def test_every_limit_has_to_let_a_call_through(limits: UseLimits, permitted: list[tuple[UUID, str]]) -> None:
    """Each by itself and together; none lets everything through, an empty one nothing."""
    calls = itertools.product((ONE, TWO), (GET, POST))
    assert permitted == [(each, method) for each, method in calls if limits.permits(each, method, "/a")]


def test_limits_cover_those_that_permit_no_more() -> None:
    """Any limits and any others, both ways: exactly if every call that the others permit is permitted."""
    permitted = {limits: {call for call in CALLS if limits.permits(*call)} for limits in EVERY}
    pairs = list(itertools.product(EVERY, repeat=2))
    expected = [permitted[other] <= permitted[limits] for limits, other in pairs]
    assert expected == [limits.covers(other) for limits, other in pairs]
    assert {True, False} == set(expected)
