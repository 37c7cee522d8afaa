"""Destinations, uses and verifications: what every implementation of the integrations' persistence port promises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from tests.integrations.factories import Connections, new_token
from tests.users.factories import existing

from remuner.integrations.domain.destinations import Auth, AuthType, Destination, Verification
from remuner.integrations.domain.entities import Integration, IntegrationChanges, IntegrationStatus, TokenResult
from remuner.integrations.domain.errors import TokenRequired
from remuner.integrations.domain.ports import IntegrationPersistence
from remuner.integrations.domain.token_use_cases import TICK

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CRM = Destination("https://crm.example/v1", Auth(AuthType.BASIC, username="ada"))
VERIFIED = replace(CRM, verify=Verification("GET", "/me", [200, 403], [401]))


async def _change(connections: Connections, seen: Integration, changes: IntegrationChanges) -> Integration:
    await connections.unit_of_work(lambda: connections.integrations.change(seen, changes, None, NOON))
    return existing(await connections.integrations.get(seen.id))


async def test_a_destination_is_read_as_it_was_written(connections: Connections) -> None:
    """Added, verified in another way, exchanged and removed; the first time and from then on."""
    kept = await connections.integration(destination=CRM)
    assert CRM == kept.destination
    kept = await _change(connections, kept, IntegrationChanges(destination=VERIFIED))
    assert (VERIFIED, 1) == (kept.destination, kept.token_version)
    moved = replace(CRM, base_url="https://crm.example/v2")
    for changes in (IntegrationChanges(destination=moved), IntegrationChanges(without_destination=True)):
        with pytest.raises(TokenRequired):
            await _change(connections, kept, changes)
        assert kept == await connections.integrations.get(kept.id)
        kept = await _change(connections, kept, replace(changes, token=new_token()))
        assert changes.destination == kept.destination


async def test_a_use_is_noted_at_most_once_a_minute(
    connections: Connections, integrations: IntegrationPersistence
) -> None:
    """Of the token that there is, and the revision stays; a new token was never used."""
    kept = await connections.integration(destination=CRM)
    for after, version, expected in ((0, 1, 0), (59, 1, 0), (60, 2, 0), (60, 1, 60)):
        await connections.unit_of_work(partial(integrations.note_use, kept.id, version, NOON + after * SECOND))
        used = await integrations.get(kept.id)
        assert replace(kept, token_last_used_at=NOON + expected * SECOND) == used
    assert None is (await _change(connections, kept, IntegrationChanges(token=new_token()))).token_last_used_at


async def test_a_result_is_kept_for_its_token(connections: Connections, integrations: IntegrationPersistence) -> None:
    """The last one, and the revision stays; a new token has none, and takes none of an old one's."""
    kept = await connections.integration(destination=VERIFIED)
    for after, result in enumerate((TokenResult.VALID, TokenResult.REJECTED)):
        at = NOON + after * SECOND
        assert await connections.unit_of_work(partial(integrations.note_result, kept.id, 1, result, at))
        assert replace(kept, last_result=result, last_verified_at=at) == await integrations.get(kept.id)
    renewed = await _change(connections, kept, IntegrationChanges(token=new_token()))
    assert (None, None) == (renewed.last_result, renewed.last_verified_at)
    assert not await connections.unit_of_work(lambda: integrations.note_result(kept.id, 1, TokenResult.VALID, NOON))
    assert renewed == await integrations.get(kept.id)


async def _claimed(connections: Connections, tick: int) -> Sequence[UUID]:
    """Claim what was not verified for three ticks."""
    now = NOON + tick * TICK
    return await connections.unit_of_work(lambda: connections.integrations.claim_unverified(now - 3 * TICK, now, TICK))


async def test_a_share_is_claimed_each_tick(connections: Connections) -> None:
    """Of those that are active and can be verified, each once in a period; by whoever comes first in the tick."""
    due = {(await connections.integration(destination=VERIFIED)).id for _ in range(3)}
    await connections.integration()
    await connections.integration(destination=CRM)
    await connections.integration(destination=VERIFIED, status=IntegrationStatus.INACTIVE)
    first, again, second, third = [await _claimed(connections, tick) for tick in (0, 0, 1, 2)]
    assert ([1, 0, 1, 1], due) == ([*map(len, (first, again, second, third))], {*first, *second, *third})
    assert [[], first] == [list(await _claimed(connections, tick)) for tick in (3, 4)]


async def test_who_has_just_been_verified_is_not_claimed(
    connections: Connections, integrations: IntegrationPersistence
) -> None:
    """Whoever asked for it; but a new token is, as soon as there is one."""
    kept = await connections.integration(destination=VERIFIED)
    await connections.unit_of_work(lambda: integrations.note_result(kept.id, 1, TokenResult.VALID, NOON))
    assert [] == list(await _claimed(connections, 1))
    await _change(connections, kept, IntegrationChanges(token=new_token()))
    assert [kept.id] == list(await _claimed(connections, 2))
