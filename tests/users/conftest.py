"""Every implementation of the users' persistence ports, for the tests of what they all promise."""

import pytest
from tests.users.factories import People

from remuner.bridges import AuditTrailBridge
from remuner.shared.cache import Cache
from remuner.shared.database import Database
from remuner.users.domain.ports import TeamPersistence, UserPersistence
from remuner.users.persistence.cached import CachedTeams, CachedUsers
from remuner.users.persistence.postgres import PostgresTeams, PostgresUsers


def postgres(database: Database) -> People:
    """PostgreSQL."""
    return People(
        database.unit_of_work, PostgresUsers(database), PostgresTeams(database), AuditTrailBridge.within(database)
    )


def cached(plain: People, cache: Cache) -> People:
    """A cache in front of any."""
    return People(cache.unit_of_work, CachedUsers(plain.users, cache), CachedTeams(plain.teams, cache), plain.trail)


@pytest.fixture(params=["postgres", "cached"])
def people(request: pytest.FixtureRequest, database: Database) -> People:
    """Each implementation in turn, on a database of the test's own."""
    plain = postgres(database)
    return plain if request.param == "postgres" else cached(plain, request.getfixturevalue("cache"))


@pytest.fixture
def users(people: People) -> UserPersistence:
    """The users of this implementation."""
    return people.users


@pytest.fixture
def teams(people: People) -> TeamPersistence:
    """The teams of this implementation."""
    return people.teams
