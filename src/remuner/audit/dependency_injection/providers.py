"""Which adapters answer the audit trail's ports."""

from typing import NewType

from dishka import Provider, Scope, provide, provide_all

from remuner.audit.domain import use_cases
from remuner.audit.domain.ports import EventPersistence, UnitOfWork
from remuner.audit.persistence.postgres import PostgresEvents
from remuner.shared.database import Database

AuditDatabase = NewType("AuditDatabase", Database)
"""The database whose events are shown and pruned."""


def events_in(database: Database) -> EventPersistence:
    """Return the events in an app's database: there they commit with what they tell of."""
    return PostgresEvents(database)


class AuditProvider(Provider):
    """Built once, at start."""

    scope = Scope.APP

    use_cases = provide_all(use_cases.ListEvents, use_cases.CountOldEvents, use_cases.PruneEvents)

    @provide
    def unit_of_work(self, database: AuditDatabase) -> UnitOfWork:
        """Transactions of this database."""
        return database.unit_of_work

    @provide
    def events(self, database: AuditDatabase) -> EventPersistence:
        """PostgreSQL."""
        return events_in(database)
