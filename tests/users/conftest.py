"""Every implementation of the users' persistence ports, for the tests of what they all promise."""

from collections.abc import Callable

import pytest
from tests.users.factories import People

from remuner.bridges import AuditTrailBridge
from remuner.shared.database import Database
from remuner.users.domain.ports import TeamPersistence, UserPersistence
from remuner.users.persistence.postgres import PostgresTeams, PostgresUsers

IMPLEMENTATIONS: dict[str, Callable[[Database], People]] = {
    "postgres": lambda database: People(
        database.unit_of_work, PostgresUsers(database), PostgresTeams(database), AuditTrailBridge.within(database)
    ),
}


@pytest.fixture(params=IMPLEMENTATIONS)
def people(request: pytest.FixtureRequest, database: Database) -> People:
    """Each implementation in turn, on a database of the test's own."""
    return IMPLEMENTATIONS[request.param](database)


@pytest.fixture
def users(people: People) -> UserPersistence:
    """The users of this implementation."""
    return people.users


@pytest.fixture
def teams(people: People) -> TeamPersistence:
    """The teams of this implementation."""
    return people.teams
