"""Many users at once, all of them or none."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

import pytest
from tests.users.factories import People, existing

from remuner.shared.database import Database
from remuner.shared.errors import ConcurrentUpdate
from remuner.shared.ids import new_id
from remuner.shared.pagination import PageRequest
from remuner.users.domain.entities import NewUser, UserQuery
from remuner.users.domain.errors import UnknownTeam
from remuner.users.domain.use_cases import ImportUsers
from remuner.users.persistence.postgres import PostgresTeams

T = TypeVar("T")


@pytest.fixture
def import_users(people: People) -> ImportUsers:
    """The use case on each implementation."""
    return ImportUsers(people.unit_of_work, people.users, people.teams, people.trail)


def numbered(count: int, *team_ids: UUID) -> list[NewUser]:
    """Return so many users to be made."""
    return [NewUser("Ada", "Lovelace", f"ada{number}@example.com", team_ids=team_ids) for number in range(count)]


async def total(people: People) -> int:
    """How many users there are."""
    return sum((await people.users.count()).values())


async def test_all_are_made_in_their_order(people: People, import_users: ImportUsers) -> None:
    """Over more than one statement, each with its teams; a list by creation has the order of the file."""
    team = await people.team()
    told: list[int] = []
    new = numbered(1001, team.id)
    assert [] == list(await import_users(new, progress=told.append))
    assert ([1000, 1001], 1001) == (told, existing(await people.teams.get(team.id)).members_count)
    page = await people.users.list(UserQuery(PageRequest(limit=2000)))
    assert [each.email for each in new] == [user.email for user in page.items]


async def test_one_whose_email_is_taken_refuses_all(people: People, import_users: ImportUsers) -> None:
    """By a user that is there, or by an earlier one, also of another statement: each is found, and nothing is kept."""
    await people.user(email="ADA7@example.com")
    team = await people.team()
    new = numbered(1001, team.id)
    new[1000] = replace(new[1000], email="ada3@example.com")
    assert [7, 1000] == list(await import_users(new))
    assert 1 == await total(people)


async def test_a_try_keeps_nothing(people: People, import_users: ImportUsers) -> None:
    """Without `keep`, all is tried and none is there."""
    assert [] == list(await import_users(numbered(2), keep=False))
    assert 0 == await total(people)
    assert [] == list(await import_users([]))


async def test_a_repeated_unit_of_work_starts_anew(people: People) -> None:
    """What was found before a deadlock does not count."""

    async def twice(work: Callable[[], Awaitable[T]]) -> T:
        async def interrupted() -> None:
            await work()
            raise ConcurrentUpdate

        with pytest.raises(ConcurrentUpdate):
            await people.unit_of_work(interrupted)
        return await people.unit_of_work(work)

    import_users = ImportUsers(twice, people.users, people.teams, people.trail)
    assert [] == list(await import_users(numbered(3)))
    assert 3 == await total(people)


async def test_an_unknown_team_refuses_all(people: People, import_users: ImportUsers, database: Database) -> None:
    """Whether it never was there or goes while the users are being made."""

    class LateTeams(PostgresTeams):
        async def existing(self, team_ids: Collection[UUID]) -> Collection[UUID]:
            return team_ids

    late_teams = LateTeams(database)
    late = ImportUsers(people.unit_of_work, people.users, late_teams, people.trail)
    for refused in (import_users, late):
        with pytest.raises(UnknownTeam):
            await refused(numbered(2, new_id()))
    assert 0 == await total(people)
