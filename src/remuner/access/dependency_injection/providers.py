"""Which adapters answer the ports of access."""

from datetime import UTC, datetime
from typing import NewType

from dishka import Provider, Scope, alias, provide, provide_all

from remuner.access.api.idempotency import AccessIdempotency
from remuner.access.domain import session_use_cases, use_cases
from remuner.access.domain.authenticate import Authenticate, CurrentUseLimits
from remuner.access.domain.ports import AccessKeyPersistence, Clock, SessionPersistence, UnitOfWork
from remuner.access.persistence.postgres import PostgresAccessKeys, PostgresSessions
from remuner.shared.authentication import Authenticator
from remuner.shared.database import Database
from remuner.shared.idempotency_records import PostgresIdempotencyRecords
from remuner.shared.sealing import Sealer

AccessDatabase = NewType("AccessDatabase", Database)


class AccessProvider(Provider):
    """Built once, at start."""

    scope = Scope.APP

    use_cases = provide_all(
        use_cases.CreateAccessKey,
        use_cases.MakeFirstKey,
        use_cases.GetAccessKey,
        use_cases.ListAccessKeys,
        use_cases.UpdateAccessKey,
        use_cases.DeleteAccessKey,
        session_use_cases.StartSession,
        session_use_cases.EndSession,
        session_use_cases.EndSessions,
        Authenticate,
        CurrentUseLimits,
    )
    authenticator = alias(source=Authenticate, provides=Authenticator)

    @provide
    def clock(self) -> Clock:
        """The system's."""
        return lambda: datetime.now(UTC)

    @provide
    def idempotency(self, database: AccessDatabase, sealer: Sealer, work: UnitOfWork) -> AccessIdempotency:
        """PostgreSQL."""
        return AccessIdempotency(PostgresIdempotencyRecords("access", database, sealer, work))

    @provide
    def unit_of_work(self, database: AccessDatabase) -> UnitOfWork:
        """Transactions of the database of access."""
        return database.unit_of_work

    @provide
    def keys(self, database: AccessDatabase) -> AccessKeyPersistence:
        """PostgreSQL."""
        return PostgresAccessKeys(database)

    @provide
    def sessions(self, database: AccessDatabase) -> SessionPersistence:
        """PostgreSQL."""
        return PostgresSessions(database)
