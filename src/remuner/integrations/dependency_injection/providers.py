"""Which adapters answer the integrations' ports."""

from typing import NewType

from dishka import Provider, Scope, decorate, provide, provide_all

from remuner.integrations.api.idempotency import IntegrationsIdempotency
from remuner.integrations.domain import token_use_cases, use_cases
from remuner.integrations.domain.entities import CallLimits
from remuner.integrations.domain.ports import IntegrationPersistence, SealedTokens, UnitOfWork, UsableTokens
from remuner.integrations.persistence.cached import CachedIntegrations
from remuner.integrations.persistence.postgres import PostgresIntegrations
from remuner.integrations.persistence.tokens import KeysetProbe, PostgresSealedTokens, PostgresUsableTokens
from remuner.shared.cache import Cache
from remuner.shared.cache_state import CacheState
from remuner.shared.counts import Counts
from remuner.shared.database import Database
from remuner.shared.egress import Egress
from remuner.shared.idempotency_records import PostgresIdempotencyRecords
from remuner.shared.sealing import Sealer
from remuner.shared.upstream import Upstream

IntegrationsDatabase = NewType("IntegrationsDatabase", Database)
IntegrationsCacheState = NewType("IntegrationsCacheState", CacheState)
IntegrationsCache = NewType("IntegrationsCache", Cache)
IntegrationsCounts = NewType("IntegrationsCounts", Counts)


class IntegrationsProvider(Provider):
    """Built once, at start."""

    scope = Scope.APP

    use_cases = provide_all(
        use_cases.CreateIntegration,
        use_cases.GetIntegration,
        use_cases.ListIntegrations,
        use_cases.UpdateIntegration,
        use_cases.DeleteIntegration,
        use_cases.ReassignIntegrations,
        use_cases.CountIntegrations,
        use_cases.IntegrationsOfUsers,
        use_cases.ReleaseUser,
        use_cases.UnconfirmedDepartures,
        use_cases.ConfirmDepartures,
        use_cases.RowsByKey,
        use_cases.RewrapTokens,
        token_use_cases.CallDestination,
        token_use_cases.UseToken,
        token_use_cases.VerifyToken,
        token_use_cases.VerifyStaleTokens,
    )

    @provide
    def idempotency(self, database: IntegrationsDatabase, sealer: Sealer, work: UnitOfWork) -> IntegrationsIdempotency:
        """PostgreSQL."""
        return IntegrationsIdempotency(PostgresIdempotencyRecords("integrations", database, sealer, work))

    @provide
    def unit_of_work(self, state: IntegrationsCacheState) -> UnitOfWork:
        """Transactions of the integrations' database, while nobody reads from a cache that does not hear of them."""
        return state.unit_of_work

    @provide
    def counts(self, database: IntegrationsDatabase) -> IntegrationsCounts:
        """PostgreSQL."""
        return IntegrationsCounts(Counts("integrations", database))

    @provide
    def integrations(self, database: IntegrationsDatabase, sealer: Sealer) -> IntegrationPersistence:
        """PostgreSQL."""
        return PostgresIntegrations(database, sealer)

    @provide
    def sealed_tokens(self, database: IntegrationsDatabase, sealer: Sealer) -> SealedTokens:
        """PostgreSQL."""
        return PostgresSealedTokens(database, sealer)

    @provide
    def usable_tokens(self, database: IntegrationsDatabase, sealer: Sealer) -> UsableTokens:
        """PostgreSQL, and no cache in front of it."""
        return PostgresUsableTokens(database, sealer)

    @provide
    def slots(self, limits: CallLimits) -> token_use_cases.Slots:
        """None is taken."""
        return token_use_cases.Slots(limits)

    @provide
    def upstream(self, egress: Egress) -> Upstream:
        """The way out of this process."""
        return egress

    @provide
    def keyset_probe(self, database: IntegrationsDatabase, sealer: Sealer) -> KeysetProbe:
        """PostgreSQL."""
        return KeysetProbe(database, sealer)


class CachedIntegrationsProvider(Provider):
    """What is exchanged for a cache in front of PostgreSQL."""

    scope = Scope.APP

    @provide(override=True)
    def unit_of_work(self, cache: IntegrationsCache) -> UnitOfWork:
        """Transactions that the cache hears of."""
        return cache.unit_of_work

    @decorate
    def integrations(self, integrations: IntegrationPersistence, cache: IntegrationsCache) -> IntegrationPersistence:
        """Cached."""
        return CachedIntegrations(integrations, cache)
