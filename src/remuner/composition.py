"""What the apps share when they run together, built once at start; in two services each would bring its own."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import NewType

from dishka import Container, Provider, Scope, provide

from remuner.access.dependency_injection.providers import AccessDatabase
from remuner.access.domain.entities import AdminKey, digest
from remuner.audit.dependency_injection.providers import AuditDatabase
from remuner.integrations.dependency_injection.providers import (
    IntegrationsCache,
    IntegrationsCacheState,
    IntegrationsDatabase,
)
from remuner.integrations.domain.entities import CallLimits
from remuner.integrations.persistence.tokens import KeysetProbe
from remuner.shared.cache import Cache
from remuner.shared.cache_state import CacheState
from remuner.shared.console import ConsoleFolder
from remuner.shared.cursors import Cursors
from remuner.shared.database import Database
from remuner.shared.egress import Egress
from remuner.shared.errors import Unavailable
from remuner.shared.health import Check, Health
from remuner.shared.metrics import Metrics
from remuner.shared.migrations import pending
from remuner.shared.rate_limits import WrongCredentials
from remuner.shared.redis_wire import Wire
from remuner.shared.sealing import Sealer, load_sealer
from remuner.shared.settings import Settings
from remuner.shared.site import Site
from remuner.users.dependency_injection.providers import UsersCache, UsersCacheState, UsersDatabase

APPS = ("users", "integrations", "access", "audit")
"""The apps that keep tables, in the order of their migrations."""

Caches = NewType("Caches", Mapping[str, Cache])
"""None, or the one in front of the database, by the name that `/readyz` has for it."""


class SharedProvider(Provider):
    """What the apps share; in two services each would bring its own."""

    scope = Scope.APP

    def __init__(self, settings: Settings) -> None:
        """`settings` must have the URL of the database."""
        super().__init__()
        self._settings = settings

    @provide
    def database(self) -> Database:
        """One PostgreSQL for all apps."""
        if self._settings.database_url is None:
            raise RuntimeError("The embedded servers have to be started first.")
        tables = {app: f"remuner.{app}.persistence.tables" for app in APPS}
        return Database(self._settings.database_url.get_secret_value(), tables)

    @provide
    def users_database(self, database: Database) -> UsersDatabase:
        """The shared one, so that a deletion spans both apps in one transaction."""
        return UsersDatabase(database)

    @provide
    def integrations_database(self, database: Database) -> IntegrationsDatabase:
        """The shared one, as for the users."""
        return IntegrationsDatabase(database)

    @provide
    def users_cache_state(self, database: UsersDatabase) -> UsersCacheState:
        """What stands beside the users."""
        return UsersCacheState(CacheState("users", database))

    @provide
    def integrations_cache_state(
        self, database: IntegrationsDatabase, users: UsersCacheState
    ) -> IntegrationsCacheState:
        """The users' own in one database, where a transaction may span both apps."""
        shared = users.database is database
        return IntegrationsCacheState(users if shared else CacheState("integrations", database))

    @provide
    def caches(self) -> Caches:
        """None, unless a cache is exchanged for this."""
        return Caches({})

    @provide
    def access_database(self, database: Database) -> AccessDatabase:
        """The shared one, so that the audit trail is written with what it tells of."""
        return AccessDatabase(database)

    @provide
    def audit_database(self, database: UsersDatabase) -> AuditDatabase:
        """The users': each app writes its events to its own."""
        return AuditDatabase(database)

    @provide
    def sealer(self) -> Sealer:
        """The operator's keyset."""
        return load_sealer(self._settings.keyset_path)

    cursors = provide(Cursors)

    @provide
    def admin_key(self) -> AdminKey:
        """The operator's own."""
        key = self._settings.admin_key
        return AdminKey(digest(key.get_secret_value()) if key else None)

    @provide
    def call_limits(self) -> CallLimits:
        """The operator's."""
        settings = self._settings
        period = timedelta(hours=settings.verify_every_hours)
        return CallLimits(settings.proxy_max_bytes, settings.proxy_seconds, settings.proxy_at_once, period)

    @provide
    def egress(self) -> Egress:
        """The one way out."""
        settings = self._settings
        return Egress(allow=settings.egress_allow, ca_file=settings.egress_ca_file, max_bytes=settings.proxy_max_bytes)

    @provide
    def wrong_credentials(self) -> WrongCredentials:
        """The limit of the contract."""
        return WrongCredentials()

    @provide
    def site(self) -> Site:
        """Where browsers reach the service."""
        return Site(self._settings.public_url)

    @provide
    def console(self) -> ConsoleFolder:
        """What `make console` has built, a part of the wheel."""
        return ConsoleFolder(Path(__file__).with_name("console"))

    @provide
    def metrics(self, database: Database, caches: Caches) -> Metrics:
        """The numbers of this process."""
        return Metrics(lambda: database.connections_in_use, caches.values())

    @provide
    def health(self, database: Database, caches: Caches, container: Container) -> Health:
        """The parts that are needed, and the cache. A missing keyset is a finding, so it is asked for in the check."""

        async def migrated() -> None:
            if lacking := await pending(database, APPS):
                raise Unavailable(f"Not applied: {', '.join(lacking)}. Run `remuner migrate`.")

        async def connected() -> None:
            await database.fetch("SELECT 1")

        async def sealed() -> None:
            await container.get(KeysetProbe)()

        useful: dict[str, Check] = {name: cache.check for name, cache in caches.items()}
        return Health({"database": connected, "migrations": migrated, "keyset": sealed}, useful)


class CacheProvider(Provider):
    """The cache of what is in the shared database."""

    scope = Scope.APP

    def __init__(self, url: str) -> None:
        """`url` is that of the Redis."""
        super().__init__()
        self._url = url

    @provide
    def wire(self) -> Wire:
        """One connection for all."""
        return Wire(self._url)

    @provide
    def users_cache(self, wire: Wire, state: UsersCacheState) -> UsersCache:
        """That of the users' database."""
        return UsersCache(Cache(wire, state))

    @provide
    def integrations_cache(
        self, wire: Wire, state: IntegrationsCacheState, users: UsersCache, users_state: UsersCacheState
    ) -> IntegrationsCache:
        """The users' own, as their states are."""
        return IntegrationsCache(users if state.database is users_state.database else Cache(wire, state))

    @provide(override=True)
    def caches(self, users: UsersCache, integrations: IntegrationsCache) -> Caches:
        """One, or both."""
        both: list[Cache] = [users, integrations]
        return Caches(dict(zip(("cache", "cache of integrations"), dict.fromkeys(both), strict=False)))
