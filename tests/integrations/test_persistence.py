"""What every implementation of the integrations' persistence port promises."""

import asyncio
import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from tests.effort import effort
from tests.integrations.factories import Connections, new_integration, new_token
from tests.paging import Journey, Listing, Wish, journeys, numbered, travel
from tests.users.factories import existing

from remuner.integrations.domain.entities import (
    Departure,
    Integration,
    IntegrationChanges,
    IntegrationQuery,
    IntegrationStatus,
    OwnedIntegration,
    Token,
)
from remuner.integrations.domain.errors import IntegrationNameTaken
from remuner.integrations.domain.ports import IntegrationPersistence
from remuner.shared.database import Database
from remuner.shared.ids import new_id
from remuner.shared.pagination import Page, PageRequest
from remuner.shared.sealing import Sealer, SealError

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
INACTIVE = IntegrationStatus.INACTIVE
SECRET = "canary-6Jq9%+/=\"'<>& end"


async def _change(
    connections: Connections, seen: Integration, changes: IntegrationChanges, expected: set[int] | None = None
) -> Integration | None:
    return await connections.unit_of_work(lambda: connections.integrations.change(seen, changes, expected, NOON))


async def _sealed(database: Database, integration_id: UUID) -> bytes:
    rows = await database.fetch("SELECT sealed_token FROM integrations.integrations WHERE id = $1", integration_id)
    return bytes(rows[0]["sealed_token"])


async def _dump(database: Database) -> bytes:
    rows = await database.fetch("SELECT sealed_token, i::text AS row FROM integrations.integrations i")
    return b"".join(bytes(row["sealed_token"]) + row["row"].encode() for row in rows)


def _context(integration: Integration) -> bytes:
    return f"integration:{integration.id}:{integration.token_version}".encode()


async def test_an_integration_is_read_as_it_was_added(
    connections: Connections, integrations: IntegrationPersistence
) -> None:
    """What `add` keeps is what `get` returns, every attribute of it."""
    integration = new_integration(name="Žofie's \\ 50 %", status=INACTIVE, created_at=NOON)
    await connections.unit_of_work(lambda: integrations.add(integration, new_token()))
    assert integration == await integrations.get(integration.id)
    assert await integrations.get(new_id()) is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"ada", "street", "zoe"}),
        ({"q": "STRASSE"}, {"street"}),
        ({"q": "oe\u0301"}, {"zoe"}),
        ({"q": "%_"}, {"ada"}),
        ({"q": "0%_"}, {"ada"}),
        ({"q": "A%5"}, set()),
        ({"q": "\\"}, {"street"}),
        ({"q": "nothing"}, set()),
        ({"status": INACTIVE}, {"zoe"}),
        ({"q": "a", "status": IntegrationStatus.ACTIVE}, {"ada", "street"}),
        ({"user_id": UUID(int=1)}, {"ada", "zoe"}),
        ({"user_id": UUID(int=2)}, set()),
    ],
)
async def test_integrations_are_filtered(
    connections: Connections, integrations: IntegrationPersistence, query: dict[str, Any], expected: set[str]
) -> None:
    """`q` is a literal part of the name in any case; filters join by AND; the total counts them."""
    made = {
        "ada": await connections.integration(name="Ada 50%_", user_id=UUID(int=1)),
        "street": await connections.integration(name="Straße\\"),
        "zoe": await connections.integration(name="Zoé", status=INACTIVE, user_id=UUID(int=1)),
    }
    page = await integrations.list(IntegrationQuery(PageRequest(include_total=True), **query))
    assert expected == {name for name, each in made.items() if each in page.items}
    assert len(expected) == page.total
    assert (await integrations.list(IntegrationQuery(PageRequest(), **query))).total is None


def _listing(connections: Connections) -> Listing[Integration]:
    """Integrations, whose names end in a number, since no two are equal."""
    integrations = connections.integrations

    async def add(wish: Wish) -> Integration:
        status = IntegrationStatus(wish.status or "active")
        return await connections.integration(name=numbered(wish.text), status=status, created_at=wish.created_at)

    async def change(seen: Integration, wish: Wish) -> Integration:
        status = IntegrationStatus(wish.status) if wish.status else None
        assert await _change(connections, seen, IntegrationChanges(numbered(wish.text), status))
        return existing(await integrations.get(seen.id))

    async def remove(seen: Integration) -> None:
        assert await connections.unit_of_work(lambda: integrations.remove(seen.id, None))

    async def read(request: PageRequest, q: str | None, status: str | None) -> Page[Integration]:
        return await integrations.list(IntegrationQuery(request, q, IntegrationStatus(status) if status else None))

    return Listing(add, change, remove, read)


@pytest.mark.fuzz
@effort(100)
@given(journeys("created_at", "name"))
async def test_integrations_that_stay_are_seen_once(
    connections: Connections, database: Database, journey: Journey
) -> None:
    """Each page is full and in order, has all that matches behind the one before and nothing else, whoever writes."""
    await database.fetch("TRUNCATE integrations.integrations")
    await travel(_listing(connections), journey)


async def test_of_users_returns_all_of_these_users_by_name(
    connections: Connections, integrations: IntegrationPersistence
) -> None:
    """Every integration of the users, active or not, by name in any case; nobody's for nobody."""
    one, two = new_id(), new_id()
    made = [await connections.integration(name=name, user_id=owner) for name, owner in (("b", one), ("A", two))]
    inactive = await connections.integration(name="C", user_id=one, status=INACTIVE)
    await connections.integration()
    shown = [OwnedIntegration(each.id, each.name, each.status, each.user_id) for each in (made[1], made[0], inactive)]
    assert shown == list(await integrations.of_users({one, two, new_id()}))
    assert [] == list(await integrations.of_users([]))


async def test_a_change_touches_what_it_names_and_raises_the_revision(
    connections: Connections, integrations: IntegrationPersistence, database: Database
) -> None:
    """Fields that are None stay, the sealed token too; the revision grows by one, `updated_at` is the moment given."""
    seen, other = await connections.integration(), await connections.integration()
    sealed = await _sealed(database, seen.id)
    assert await _change(connections, seen, IntegrationChanges())
    expected = replace(seen, revision=2, updated_at=NOON)
    assert expected == await integrations.get(seen.id)
    user_id = new_id()
    assert await _change(connections, expected, IntegrationChanges("New", INACTIVE, user_id))
    expected = replace(expected, name="New", status=INACTIVE, user_id=user_id, revision=3)
    assert (expected, other) == (await integrations.get(seen.id), await integrations.get(other.id))
    assert sealed == await _sealed(database, seen.id)


@pytest.mark.parametrize(
    ("expected", "changed"), [(None, True), ({1}, True), ({1, 7}, True), ({2}, False), (set(), False)]
)
async def test_a_change_asks_for_the_revision(
    connections: Connections,
    integrations: IntegrationPersistence,
    expected: set[int] | None,
    changed: bool,  # noqa: FBT001
) -> None:
    """An integration changes, or goes, and is told as it was, only while it has one of the expected revisions."""
    seen, doomed = await connections.integration(), await connections.integration()
    old = await _change(connections, seen, IntegrationChanges(name="New"), expected)
    removed = await connections.unit_of_work(lambda: integrations.remove(doomed.id, expected))
    assert ((seen, doomed) if changed else (None, None)) == (old, removed)
    assert (2 if changed else 1) == existing(await integrations.get(seen.id)).revision
    assert changed is (await integrations.get(doomed.id) is None)


async def test_a_change_asks_for_what_was_seen(connections: Connections) -> None:
    """Whoever saw another user changes nothing; a token that was replaced since is replaced once more."""
    seen = await connections.integration()
    assert await _change(connections, seen, IntegrationChanges(token=Token("second")))
    assert await _change(connections, seen, IntegrationChanges(token=Token("third")))
    assert await _change(connections, seen, IntegrationChanges(user_id=UUID(int=1)))
    assert not await _change(connections, seen, IntegrationChanges(token=Token("fourth")))
    assert not await _change(connections, new_integration(), IntegrationChanges(name="New"))


@pytest.mark.parametrize(
    ("one", "two"), [("Ada", "aDA"), ("Straße", "STRASSE"), ("İnci", "i\u0307NCI"), ("Zoé", "ZOE\u0301")]
)
async def test_names_are_unique_without_regard_to_case(connections: Connections, one: str, two: str) -> None:
    """Spellings that differ in case or composition count as the same; a name may change its own case."""
    taken, other = await connections.integration(name=one), await connections.integration()
    with pytest.raises(IntegrationNameTaken):
        await connections.integration(name=two)
    with pytest.raises(IntegrationNameTaken):
        await _change(connections, other, IntegrationChanges(name=two))
    assert await _change(connections, taken, IntegrationChanges(name=two))


async def test_counts_follow_the_rows(connections: Connections, integrations: IntegrationPersistence) -> None:
    """Integrations are counted by status, right after each write."""
    assert not any((await integrations.count()).values())
    one = await connections.integration()
    await connections.integration(status=INACTIVE)
    await connections.integration()
    assert {"active": 2, "inactive": 1} == await integrations.count()
    await _change(connections, one, IntegrationChanges(status=INACTIVE))
    assert {"active": 1, "inactive": 2} == await integrations.count()
    await connections.unit_of_work(lambda: integrations.remove(one.id, None))
    assert {"active": 1, "inactive": 1} == await integrations.count()


async def test_a_token_is_sealed_for_its_row_and_version(
    connections: Connections, database: Database, sealer: Sealer
) -> None:
    """The row holds neither the token nor an encoding of it; it opens for this id and version and for no other."""
    one, two = await connections.integration(token=Token(SECRET)), await connections.integration(token=Token(SECRET))
    sealed = await _sealed(database, one.id)
    assert SECRET.encode() == sealer.open(sealed, _context(one))
    for other in (replace(one, token_version=2), two):
        with pytest.raises(SealError):
            sealer.open(sealed, _context(other))
    with pytest.raises(SealError):
        sealer.open(sealed, b"")
    assert sealed != await _sealed(database, two.id)
    dump = await _dump(database)
    for encoded in (SECRET.encode(), SECRET.encode().hex().encode(), base64.b64encode(SECRET.encode())):
        assert encoded[: len(encoded) // 2] not in dump


async def test_sealed_bytes_moved_to_another_row_do_not_open(
    connections: Connections, database: Database, sealer: Sealer
) -> None:
    """Whoever can write to the database cannot pass one integration's token off as another's, nor an older one."""
    one, two = await connections.integration(), await connections.integration()
    await database.fetch(
        "UPDATE integrations.integrations SET sealed_token = $1 WHERE id = $2", await _sealed(database, one.id), two.id
    )
    with pytest.raises(SealError):
        sealer.open(await _sealed(database, two.id), _context(two))


async def test_a_replaced_token_is_erased(
    connections: Connections, integrations: IntegrationPersistence, database: Database, sealer: Sealer
) -> None:
    """A new token raises the version, takes the place of the old bytes, and opens; the old ones are in no row."""
    seen = await connections.integration(token=Token(SECRET), created_at=NOON - timedelta(days=1))
    old = await _sealed(database, seen.id)
    assert await _change(connections, seen, IntegrationChanges(token=Token("second")))
    changed = replace(seen, token_version=2, token_set_at=NOON, revision=2, updated_at=NOON)
    assert changed == await integrations.get(seen.id)
    assert b"second" == sealer.open(await _sealed(database, seen.id), _context(changed))
    dump = await _dump(database)
    assert old not in dump
    assert old.hex().encode() not in dump


async def test_a_user_s_integrations_are_reassigned_all_at_once(
    connections: Connections, integrations: IntegrationPersistence, database: Database, sealer: Sealer
) -> None:
    """Those of the one user get the other, a revision and a date; their tokens still open, and nobody else changes."""
    leaver, heir = new_id(), new_id()
    seen = [await connections.integration(user_id=leaver, status=status) for status in IntegrationStatus]
    other = await connections.integration()
    for expected in ({each.id for each in seen}, set[UUID]()):
        assert expected == set(await connections.unit_of_work(lambda: integrations.reassign(leaver, heir, NOON)))
    moved = [replace(each, user_id=heir, revision=2, updated_at=NOON) for each in seen]
    assert [*moved, other] == [await integrations.get(each.id) for each in (*seen, other)]
    for each in moved:
        assert sealer.open(await _sealed(database, each.id), _context(each))


async def test_a_removed_integration_takes_its_token_along(
    connections: Connections, integrations: IntegrationPersistence, database: Database
) -> None:
    """No row holds the sealed bytes any more; removing again tells that there was nothing."""
    seen = await connections.integration()
    assert await connections.unit_of_work(lambda: integrations.remove(seen.id, None))
    assert await integrations.get(seen.id) is None
    assert b"" == await _dump(database)
    assert not await connections.unit_of_work(lambda: integrations.remove(seen.id, None))


async def test_a_user_with_active_integrations_does_not_depart(
    connections: Connections, integrations: IntegrationPersistence
) -> None:
    """`depart` names the active ones, and nothing has changed: all are there and the user is still admitted."""
    user_id = new_id()
    active = [await connections.integration(user_id=user_id) for _ in range(2)]
    inactive = await connections.integration(user_id=user_id, status=INACTIVE)
    departure = await connections.unit_of_work(lambda: integrations.depart(user_id))
    assert Departure([each.id for each in active]) == departure
    assert {*active, inactive} == {await integrations.get(each.id) for each in await integrations.of_users([user_id])}
    assert await connections.unit_of_work(lambda: integrations.admit(user_id))
    assert [] == list(await integrations.unconfirmed_departures(10))


async def test_a_departed_user_is_barred_for_ever(
    connections: Connections, integrations: IntegrationPersistence, database: Database
) -> None:
    """`depart` erases inactive integrations with their tokens, may be repeated, and bars this user only."""
    user_id, other = new_id(), await connections.integration()
    inactive = await connections.integration(user_id=user_id, status=INACTIVE)
    for erased in ([inactive], []):
        departure = await connections.unit_of_work(lambda: integrations.depart(user_id))
        assert Departure(erased=erased) == departure
        assert not await connections.unit_of_work(lambda: integrations.admit(user_id))
    assert [other] == list((await integrations.list(IntegrationQuery(PageRequest()))).items)
    assert 1 == len(await database.fetch("SELECT 1 FROM integrations.integrations"))
    assert await connections.unit_of_work(lambda: integrations.admit(other.user_id))


async def test_departures_are_shown_until_they_are_confirmed(
    connections: Connections, integrations: IntegrationPersistence
) -> None:
    """The oldest first, as many as wanted; confirmed ones stay barred."""
    departed = [new_id() for _ in range(3)]
    for user_id in departed:
        await connections.unit_of_work(lambda user_id=user_id: integrations.depart(user_id))  # type: ignore[misc]
    assert departed[:2] == list(await integrations.unconfirmed_departures(2))
    await connections.unit_of_work(lambda: integrations.confirm_departures([departed[0], departed[2], new_id()]))
    assert departed[1:2] == list(await integrations.unconfirmed_departures(10))
    assert not await connections.unit_of_work(lambda: integrations.admit(departed[0]))


async def test_who_departs_waits_for_who_was_admitted(
    connections: Connections, integrations: IntegrationPersistence
) -> None:
    """Between `admit` and the end of its unit of work the user cannot depart; then the new integration is seen."""
    integration = new_integration()
    admitted = asyncio.Event()

    async def own() -> None:
        assert await integrations.admit(integration.user_id)
        admitted.set()
        await asyncio.sleep(0.1)
        await integrations.add(integration, new_token())

    async def depart() -> Departure:
        await admitted.wait()
        return await connections.unit_of_work(lambda: integrations.depart(integration.user_id))

    _, departure = await asyncio.gather(connections.unit_of_work(own), depart())
    assert Departure([integration.id]) == departure


async def test_who_is_to_be_admitted_waits_for_who_departs(
    connections: Connections, integrations: IntegrationPersistence
) -> None:
    """Between `depart` and the end of its unit of work nobody is admitted for the user; then the bar is seen."""
    user_id = new_id()
    departed = asyncio.Event()

    async def depart() -> None:
        assert Departure(erased=[]) == await integrations.depart(user_id)
        departed.set()
        await asyncio.sleep(0.1)

    async def admit() -> bool:
        await departed.wait()
        return await connections.unit_of_work(lambda: integrations.admit(user_id))

    _, admitted = await asyncio.gather(connections.unit_of_work(depart), admit())
    assert not admitted
