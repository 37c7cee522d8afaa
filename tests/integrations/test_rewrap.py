"""Tokens sealed anew under another key: what every implementation of the port promises, and the use case over it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from tests.integrations.factories import Connections, lock_awaited, new_token, opened_tokens

from remuner.integrations.domain.destinations import Auth, AuthType, Destination
from remuner.integrations.domain.entities import Integration, IntegrationChanges, RewrappedPage, Token
from remuner.integrations.domain.ports import SealedTokens
from remuner.integrations.domain.use_cases import RewrapTokens, RowsByKey
from remuner.integrations.persistence.postgres import PostgresIntegrations
from remuner.integrations.persistence.tokens import KeysetProbe, PostgresSealedTokens, PostgresUsableTokens
from remuner.shared import keysets
from remuner.shared.database import Database
from remuner.shared.ids import new_id
from remuner.shared.sealing import KeysetError, Sealer, SealError, load_sealer, new_keyset

Implementation = Callable[[Database, Sealer], SealedTokens]
IMPLEMENTATIONS: dict[str, Implementation] = {"postgres": PostgresSealedTokens}


@dataclass(frozen=True, slots=True)
class Keys:
    """A keyset before and after its second key was promoted, and when the first one is gone."""

    first: int
    second: int
    before: Sealer
    after: Sealer
    without: Sealer


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Two keys of these tests' own."""
    file: Path = tmp_path_factory.mktemp("keys") / "keyset.json"
    new_keyset(file)
    first, before, second = keysets.keys_of(file)[0].id, load_sealer(file), keysets.add(file)
    keysets.promote(file, second)
    after = load_sealer(file)
    keysets.disable(file, first, 0)
    return Keys(first, second, before, after, load_sealer(file))


@pytest.fixture
def old(database: Database, keys: Keys) -> Connections:
    """The integrations of a service that seals under the first key."""
    return Connections(database.unit_of_work, PostgresIntegrations(database, keys.before))


@pytest.fixture(params=IMPLEMENTATIONS)
def make(request: pytest.FixtureRequest) -> Implementation:
    """Each implementation in turn."""
    return IMPLEMENTATIONS[request.param]


@pytest.fixture
def tokens(make: Implementation, database: Database, keys: Keys) -> SealedTokens:
    """The tokens for which the second key is primary."""
    return make(database, keys.after)


async def _rows(database: Database) -> dict[UUID, dict[str, object]]:
    rows = await database.fetch("SELECT * FROM integrations.integrations")
    return {row["id"]: dict(row) for row in rows}


async def _replace(connections: Connections, seen: Integration, token: Token) -> None:
    changes = IntegrationChanges(token=token)
    assert await connections.integrations.change(seen, changes, None, datetime.now(UTC))


async def test_all_tokens_are_sealed_under_the_primary_key_and_nothing_else_changes(
    old: Connections, tokens: SealedTokens, database: Database, keys: Keys
) -> None:
    """Each opens with the new key alone, in whatever version; its row is otherwise as it was; so does the probe."""
    await KeysetProbe(database, keys.before)()
    made = {(await old.integration(token=Token(f"token-{number}"))).id: b"token-%d" % number for number in range(5)}
    replaced = await old.integration()
    await database.unit_of_work(lambda: _replace(old, replaced, Token("replaced")))
    made[replaced.id] = b"replaced"
    before = await _rows(database)
    assert {keys.first: 7} == await RowsByKey(tokens)()
    assert [] == await RewrapTokens(database.unit_of_work, tokens)()
    assert {keys.second: 7} == await RowsByKey(tokens)()
    after = await _rows(database)
    assert before.keys() == after.keys()
    for integration_id, row in after.items():
        assert row != before[integration_id]
        assert before[integration_id] == row | {"sealed_token": before[integration_id]["sealed_token"]}
    assert made == await opened_tokens(database.fetch, keys.without)
    await KeysetProbe(database, keys.without)()
    assert [] == await RewrapTokens(database.unit_of_work, tokens)()
    assert after == await _rows(database)


async def test_pages_go_through_all_and_are_kept_one_by_one(
    old: Connections, tokens: SealedTokens, database: Database, keys: Keys
) -> None:
    """Stopped behind a page, its tokens are done; started again, the rest is, too."""
    made = sorted([(await old.integration()).id for _ in range(5)])
    assert RewrappedPage(2, made[1], []) == await tokens.rewrap(None, 2)
    assert {keys.first: 3, keys.second: 2} == await tokens.rows_by_key()
    assert RewrappedPage(2, made[3], []) == await tokens.rewrap(made[1], 2)
    assert RewrappedPage(1, None, []) == await tokens.rewrap(made[3], 2)
    assert {keys.second: 5} == await tokens.rows_by_key()
    assert RewrappedPage(0, None, []) == await tokens.rewrap(made[4], 2)
    shown: list[int] = []
    assert [] == await RewrapTokens(database.unit_of_work, tokens)(shown.append)
    assert [5] == shown


async def test_more_than_a_batch(old: Connections, tokens: SealedTokens, database: Database, keys: Keys) -> None:
    """Batches follow each other until none is left, and progress is told."""
    made = await old.integration()
    await database.fetch(
        "INSERT INTO integrations.integrations SELECT gen_random_uuid(), n::text, n::text, status, user_id, "
        "sealed_token, token_version, token_set_at, revision, created_at, updated_at "
        "FROM integrations.integrations, generate_series(1, 2500) AS n"
    )
    shown: list[int] = []
    unopened = await RewrapTokens(database.unit_of_work, tokens)(shown.append)
    assert [1000, 2000, 2501] == shown
    assert (await _rows(database)).keys() - {made.id} == set(unopened)  # one row's bytes in all the others
    assert {keys.first: 2500, keys.second: 1} == await tokens.rows_by_key()


async def test_a_token_that_does_not_open_is_reported_and_the_rest_goes_on(
    old: Connections, tokens: SealedTokens, database: Database, keys: Keys
) -> None:
    """Bytes moved from another row, by either key, from another keyset, or cut: named each time, and left alone."""
    new = Connections(database.unit_of_work, PostgresIntegrations(database, keys.after))
    made = [await connections.integration() for connections in (old, old, new, new, old, old)]
    rows = await _rows(database)
    put = "UPDATE integrations.integrations SET sealed_token = $1 WHERE id = $2"
    await database.fetch(put, rows[made[0].id]["sealed_token"], made[1].id)
    await database.fetch(put, rows[made[2].id]["sealed_token"], made[3].id)
    await database.fetch(put, b"\x01", made[4].id)
    before = await _rows(database)
    wrong = [made[1].id, made[3].id, made[4].id]
    for _ in range(2):
        assert wrong == await RewrapTokens(database.unit_of_work, tokens)()
    after = await _rows(database)
    assert [before[each] for each in wrong] == [after[each] for each in wrong]
    await database.fetch("DELETE FROM integrations.integrations WHERE id = ANY($1)", wrong)
    assert {made[0].id, made[2].id, made[5].id} == (await opened_tokens(database.fetch, keys.without)).keys()


async def test_a_token_that_is_replaced_meanwhile_wins(
    old: Connections, tokens: SealedTokens, database: Database, keys: Keys
) -> None:
    """A page that was read before a replacement and written after it leaves the new token, and does the others."""
    made = [await old.integration() for _ in range(3)]
    held, waits = asyncio.Event(), asyncio.Event()

    async def replace() -> None:
        await _replace(old, made[1], Token("replaced"))
        held.set()
        await waits.wait()

    async def rewrap() -> None:
        await held.wait()
        assert [] == await RewrapTokens(database.unit_of_work, tokens)()

    async def watch() -> None:
        await held.wait()
        await lock_awaited(database.fetch)
        waits.set()

    await asyncio.wait_for(asyncio.gather(database.unit_of_work(replace), rewrap(), watch()), 20)
    assert b"replaced" == (await opened_tokens(database.fetch, keys.after))[made[1].id]
    assert {keys.first: 1, keys.second: 2} == await tokens.rows_by_key()
    assert [] == await RewrapTokens(database.unit_of_work, tokens)()
    assert b"replaced" == (await opened_tokens(database.fetch, keys.without))[made[1].id]


async def test_several_at_once_and_writers_between_them(
    old: Connections, tokens: SealedTokens, database: Database, keys: Keys
) -> None:
    """Every token is in the end the one that was set last, whoever sealed it when."""
    integrations = [await old.integration() for _ in range(30)]
    new = Connections(database.unit_of_work, PostgresIntegrations(database, keys.after))
    last = {each.id: b"" for each in integrations}

    async def write(number: int) -> None:
        for each in integrations[number::3]:
            for connections in (old, new, old):
                token = f"{number}-{new_id()}"
                await database.unit_of_work(lambda: _replace(connections, each, Token(token)))  # noqa: B023
                last[each.id] = token.encode()

    rewraps = (RewrapTokens(database.unit_of_work, tokens)() for _ in range(3))
    await asyncio.gather(*(write(number) for number in range(3)), *rewraps)
    await RewrapTokens(database.unit_of_work, tokens)()
    assert {keys.second: 30} == await tokens.rows_by_key()
    assert last == await opened_tokens(database.fetch, keys.without)


async def test_a_removed_token_is_counted_nowhere(old: Connections, tokens: SealedTokens, keys: Keys) -> None:
    """Rows are counted as they are; a database without any has none."""
    assert {} == await tokens.rows_by_key()
    made = await old.integration(token=new_token())
    assert {keys.first: 1} == await tokens.rows_by_key()
    await old.unit_of_work(lambda: old.integrations.remove(made.id, None))
    assert {} == await tokens.rows_by_key()


async def test_a_keyset_without_the_key_of_the_probe_is_refused(
    old: Connections, make: Implementation, database: Database, keys: Keys
) -> None:
    """It is another database's: the error says so, and no token is looked at."""
    await KeysetProbe(database, keys.before)()
    await old.integration()
    before = await _rows(database)
    with pytest.raises(KeysetError, match="sealed with another keyset"):
        await RewrapTokens(database.unit_of_work, make(database, keys.without))()
    assert before == await _rows(database)


async def test_a_token_with_a_destination_stays_bound_to_it(
    old: Connections, tokens: SealedTokens, database: Database, keys: Keys
) -> None:
    """Sealed anew it opens with the second key alone, for the same address and no other."""
    secret = new_token()
    kept = await old.integration(token=secret, destination=Destination("https://a.example", Auth(AuthType.BEARER)))
    assert () == tuple((await tokens.rewrap(None, 10)).unopened)
    usable = PostgresUsableTokens(database, keys.without)
    found = await usable.get(kept.id)
    assert found is not None
    assert (secret.reveal(), kept.destination) == (found.token.reveal(), found.destination)
    await database.fetch("UPDATE integrations.integrations SET destination = NULL")
    with pytest.raises(SealError):
        await usable.get(kept.id)
