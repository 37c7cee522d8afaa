"""What every implementation of the persistence ports of access promises."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.access.factories import NOON, Access, new_key, new_session
from tests.conftest import migrate_back
from tests.users.factories import existing

from remuner.access.domain.entities import (
    AT_LONGEST,
    IDLE,
    AccessKey,
    AccessKeyChanges,
    AccessKeyQuery,
    AccessKeyStatus,
    digest,
)
from remuner.access.persistence.postgres import PostgresAccessKeys, PostgresSessions
from remuner.shared.context import NO_LIMITS, UseLimits
from remuner.shared.database import Database
from remuner.shared.ids import new_id
from remuner.shared.migrations import migrate
from remuner.shared.pagination import PageRequest
from remuner.shared.scopes import AccessScope

IMPLEMENTATIONS: dict[str, Callable[[Database], Access]] = {
    "postgres": lambda database: Access(
        database.unit_of_work, PostgresAccessKeys(database), PostgresSessions(database)
    ),
}
INACTIVE = AccessKeyStatus.INACTIVE
SECOND = timedelta(seconds=1)
USE = (AccessScope.INTEGRATIONS_USE,)
LIMITS = [
    NO_LIMITS,
    UseLimits(frozenset({new_id(), new_id()}), frozenset({"GET", "PATCH"}), "/crm/v3"),
    UseLimits(integration_ids=frozenset({new_id()})),
    UseLimits(methods=frozenset({"DELETE"})),
    UseLimits(path_prefix='/"\u005d'),
]


@pytest.fixture(params=IMPLEMENTATIONS)
def access(request: pytest.FixtureRequest, database: Database) -> Access:
    """Each implementation in turn, on a database of the test's own."""
    return IMPLEMENTATIONS[request.param](database)


async def test_a_key_is_read_as_it_was_kept(access: Access) -> None:
    """Every field, with and without an expiry; the digest comes only where it is asked for."""
    assert not await access.keys.any()
    for key in (
        new_key(scopes=tuple(AccessScope), created_at=NOON),
        new_key(status=INACTIVE, created_at=NOON, expires_at=NOON + SECOND, last_used_at=NOON),
        *(new_key(scopes=USE, use_limits=limits) for limits in LIMITS),
    ):
        await access.unit_of_work(lambda key=key: access.keys.add(key, digest("x")))  # type: ignore[misc]
        assert key == await access.keys.get(key.id)
        assert (key, digest("x")) == await access.keys.get_with_digest(key.id)
        assert key == await access.unit_of_work(lambda key=key: access.keys.hold(key.id))  # type: ignore[misc]
    assert await access.keys.any()


async def test_limits_are_those_of_a_key_that_may_use_tokens_now(access: Access) -> None:
    """As they were kept; none at all for a key without the scope, one that opens nothing at that moment, or no key."""
    keys = [
        *[await access.key(scopes=USE, use_limits=limits) for limits in LIMITS],
        await access.key(scopes=[each for each in AccessScope if each not in USE]),
        await access.key(scopes=USE, use_limits=LIMITS[1], status=INACTIVE),
        *[await access.key(scopes=USE, expires_at=NOON + number * SECOND) for number in (-1, 0, 1)],
    ]
    expected = [key.use_limits if key.opens(NOON) and set(USE) <= set(key.scopes) else None for key in keys]
    assert {None, *LIMITS} == set(expected)
    assert expected == [await access.keys.get_use_limits(key.id, NOON) for key in keys]
    assert await access.keys.get_use_limits(new_id(), NOON) is None


async def test_what_is_not_there_is_none(access: Access) -> None:
    """Whichever way it is asked for; changes of it change nothing."""
    assert [None, None, None] == [
        await access.keys.get(new_id()),
        await access.keys.get_with_digest(new_id()),
        await access.unit_of_work(lambda: access.keys.hold(new_id())),
    ]
    await access.unit_of_work(lambda: access.keys.remove(new_id()))
    await access.keys.note_use(new_id(), NOON)
    await access.sessions.note_use(new_id(), NOON)
    assert await access.sessions.find([digest("x")]) is None
    assert await access.unit_of_work(lambda: access.sessions.remove([digest("x")])) is None


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        (AccessKeyChanges(), {}),
        (AccessKeyChanges(name="New"), {"name": "New"}),
        (AccessKeyChanges(status=INACTIVE), {"status": INACTIVE}),
        (AccessKeyChanges("New", INACTIVE), {"name": "New", "status": INACTIVE}),
    ],
)
async def test_a_change_raises_the_revision(
    access: Access, changes: AccessKeyChanges, fields: dict[str, object]
) -> None:
    """What it does not name stays; other keys stay."""
    key, other = await access.key(), await access.key()
    await access.unit_of_work(lambda: access.keys.change(key.id, changes))
    assert replace(key, revision=2, **fields) == await access.keys.get(key.id)  # type: ignore[arg-type]
    assert other == await access.keys.get(other.id)


async def test_a_held_key_waits_for_nobody_else(access: Access) -> None:
    """Two units of work that hold, look and change: the second sees what the first has done."""
    key = await access.key()
    seen: list[int] = []

    async def work() -> None:
        seen.append(existing(await access.keys.hold(key.id)).revision)
        await access.keys.change(key.id, AccessKeyChanges())

    await asyncio.gather(*(access.unit_of_work(work) for _ in range(5)))
    assert [1, 2, 3, 4, 5] == seen


async def test_a_use_is_kept_once_a_minute(access: Access) -> None:
    """The revision stays; a use within the minute, or from before, is not written."""
    key = await access.key()
    for moment, kept in (
        (NOON, NOON),
        (NOON + 59 * SECOND, NOON),
        (NOON - 90 * SECOND, NOON),
        (NOON + 60 * SECOND, NOON + 60 * SECOND),
    ):
        await access.keys.note_use(key.id, moment)
        assert replace(key, last_used_at=kept) == await access.keys.get(key.id)


async def test_keys_are_filtered_sorted_and_paged(access: Access) -> None:
    """By a part of the name in any case and by status; ties by id; the total counts what matches."""
    made = [
        await access.key(name="Zoé export", created_at=NOON),
        await access.key(name="nightly EXPORT", created_at=NOON, status=INACTIVE),
        await access.key(name="50 %_", created_at=NOON + SECOND),
    ]

    async def found(query: AccessKeyQuery) -> list[int]:
        return [made.index(key) for key in (await access.keys.list(query)).items]

    page = PageRequest()
    assert [0, 1, 2] == await found(AccessKeyQuery(page))
    assert [2, 1, 0] == await found(AccessKeyQuery(replace(page, descending=True)))
    assert [0, 1] == await found(AccessKeyQuery(page, q="export"))
    assert [0] == await found(AccessKeyQuery(page, q="ZOE\u0301"))
    assert [2] == await found(AccessKeyQuery(page, q="%_"))
    assert [1] == await found(AccessKeyQuery(page, q="x", status=INACTIVE))
    seen: list[AccessKey] = []
    request = PageRequest(limit=1, include_total=True)
    while True:
        answer = await access.keys.list(AccessKeyQuery(request))
        assert 3 == answer.total
        seen += answer.items
        if answer.next is None:
            break
        request = replace(request, after=answer.next)
    assert made == seen


async def test_a_session_is_found_by_its_digest(access: Access) -> None:
    """With the key or without one; once removed it is gone, and was returned."""
    key = await access.key()
    for number, session in enumerate((new_session(key), new_session(None))):
        kept = digest(str(number))
        assert await access.session(session, kept)
        assert session == await access.sessions.find([digest("other"), kept])
        assert await access.sessions.find([digest("other")]) is None
        await access.sessions.note_use(session.id, NOON + 59 * SECOND)
        assert session == await access.sessions.find([kept])
        await access.sessions.note_use(session.id, NOON + 60 * SECOND)
        used = replace(session, last_used_at=NOON + 60 * SECOND)
        assert used == await access.sessions.find([kept])
        assert used == await access.unit_of_work(lambda kept=kept: access.sessions.remove([kept]))  # type: ignore[misc]
        assert await access.sessions.find([kept]) is None


async def test_all_sessions_of_a_key_go_at_once(access: Access) -> None:
    """And are returned; those of other keys and of the administrator's stay, and the other way round."""
    key, other = await access.key(), await access.key()
    made = [new_session(owner) for owner in (key, key, other, None)]
    for number, session in enumerate(made):
        await access.session(session, digest(str(number)))

    async def left() -> list[bool]:
        return [await access.sessions.find([digest(str(number))]) is not None for number in range(4)]

    ended = await access.unit_of_work(lambda: access.sessions.remove_all(key.id))
    assert {made[0].id, made[1].id} == {session.id for session in ended}
    assert [False, False, True, True] == await left()
    assert [made[3]] == list(await access.unit_of_work(lambda: access.sessions.remove_all(None)))
    assert [False, False, True, False] == await left()
    assert [] == list(await access.unit_of_work(lambda: access.sessions.remove_all(key.id)))


async def test_sessions_go_with_their_key(access: Access) -> None:
    """Others stay; none is kept for a key that is gone."""
    key, other = await access.key(), await access.key()
    await access.session(new_session(key), digest("one"))
    stays = new_session(other)
    await access.session(stays, digest("two"))
    await access.unit_of_work(lambda: access.keys.remove(key.id))
    assert await access.keys.get(key.id) is None
    assert await access.sessions.find([digest("one")]) is None
    assert stays == await access.sessions.find([digest("two")])
    assert not await access.session(new_session(key), digest("three"))


async def test_sessions_that_are_over_are_cleared_away(access: Access, database: Database) -> None:
    """By the next one that is kept."""
    for number, (began, used) in enumerate(
        ((NOON - AT_LONGEST, NOON), (NOON - IDLE, NOON - IDLE), (NOON - AT_LONGEST + SECOND, NOON - IDLE + SECOND))
    ):
        session = replace(new_session(None, began), last_used_at=used)
        await access.session(session, digest(str(number)))
    await access.session(new_session(None, NOON), digest("new"))
    rows = await database.fetch("SELECT digest FROM access.sessions ORDER BY created_at")
    assert [digest("2"), digest("new")] == [row["digest"] for row in rows]


async def test_no_secret_is_kept(access: Access, database: Database) -> None:
    """Of a key there is its SHA-256 in the database, nothing else of the secret."""
    _, secret = await access.issued()
    rows = await database.fetch("SELECT k::text AS row, digest FROM access.access_keys k")
    assert secret.rpartition("_")[2] not in rows[0]["row"]
    assert digest(secret) == rows[0]["digest"]


async def test_a_key_of_the_release_before_is_not_limited(access: Access, database_url: str) -> None:
    """Whatever it was before the way back, on which the scopes for using tokens go, and keys that have no others."""
    for scopes in (USE, tuple(AccessScope), (AccessScope.USERS_READ,)):
        limits = LIMITS[1] if AccessScope.INTEGRATIONS_USE in scopes else NO_LIMITS
        await access.key(scopes=scopes, use_limits=limits)
    await migrate_back(database_url, "access", "0002_idempotency_records")
    await migrate(database_url, ["access"])
    left = (await access.keys.list(AccessKeyQuery(PageRequest()))).items
    new = {AccessScope.INTEGRATIONS_USE, AccessScope.INTEGRATIONS_VERIFY}
    expected = [tuple(each for each in AccessScope if each not in new), (AccessScope.USERS_READ,)]
    assert [(scopes, NO_LIMITS) for scopes in expected] == [(key.scopes, key.use_limits) for key in left]
