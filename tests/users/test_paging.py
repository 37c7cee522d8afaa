"""Pages of users and teams, while others write."""

import pytest
from hypothesis import given
from tests.effort import effort
from tests.paging import NOON, Journey, Listing, Wish, journeys, numbered, travel
from tests.users.factories import People, existing

from remuner.shared.database import Database
from remuner.shared.pagination import Page, PageRequest
from remuner.users.domain.entities import Team, TeamChanges, TeamQuery, User, UserChanges, UserQuery, UserStatus


def _status(text: str | None) -> UserStatus | None:
    return UserStatus(text) if text else None


def users_of(people: People) -> Listing[User]:
    """Users whose last names may be equal; emails are not, so they end in a number."""
    users = people.users

    def email(text: str | None) -> str | None:
        return text and f"{numbered(text)}@example.com"

    async def add(wish: Wish) -> User:
        status = UserStatus(wish.status or "active")
        return await people.user(last_name=wish.text, email=email(wish.text), status=status, created_at=wish.created_at)

    async def change(user: User, wish: Wish) -> User:
        changes = UserChanges(last_name=wish.text, email=email(wish.text), status=_status(wish.status))
        assert await people.unit_of_work(lambda: users.change(user.id, changes, None, NOON))
        return existing(await users.get(user.id))

    async def remove(user: User) -> None:
        await people.unit_of_work(lambda: users.remove(user.id))

    async def read(request: PageRequest, q: str | None, status: str | None) -> Page[User]:
        return await users.list(UserQuery(request, q, _status(status)))

    return Listing(add, change, remove, read)


def teams_of(people: People) -> Listing[Team]:
    """Teams, whose names end in a number, since no two are equal."""
    teams = people.teams

    async def add(wish: Wish) -> Team:
        return await people.team(name=numbered(wish.text), created_at=wish.created_at)

    async def change(team: Team, wish: Wish) -> Team:
        changes = TeamChanges(numbered(wish.text))
        assert await people.unit_of_work(lambda: teams.change(team.id, changes, None, NOON))
        return existing(await teams.get(team.id))

    async def remove(team: Team) -> None:
        await people.unit_of_work(lambda: teams.remove(team.id))

    async def read(request: PageRequest, q: str | None, _: str | None) -> Page[Team]:
        return await teams.list(TeamQuery(request, q))

    return Listing(add, change, remove, read)


@pytest.mark.fuzz
@effort(200)
@given(journeys("created_at", "last_name", "email"))
async def test_users_that_stay_are_seen_once(people: People, database: Database, journey: Journey) -> None:
    """Each page is full and in order, has all that matches behind the one before and nothing else, whoever writes."""
    await database.fetch("TRUNCATE users.users, users.memberships")
    await travel(users_of(people), journey)


@pytest.mark.fuzz
@effort(100)
@given(journeys("created_at", "name"))
async def test_teams_that_stay_are_seen_once(people: People, database: Database, journey: Journey) -> None:
    """As the users."""
    await database.fetch("TRUNCATE users.teams, users.memberships")
    await travel(teams_of(people), journey)
