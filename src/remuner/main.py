"""The application: every part is built here, once, and nothing is looked up while a request runs."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any, cast

from dishka import Container, Provider, Scope, make_container, provide
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as AsgiScope

from remuner.access.api.v1_2.controllers import AccessKeyController, SessionController
from remuner.access.dependency_injection.providers import AccessDatabase, AccessProvider
from remuner.access.domain.authenticate import Authenticate
from remuner.access.domain.entities import AdminKey, NewestMinor, digest
from remuner.audit.api.v1_2.controllers import AuditController
from remuner.audit.dependency_injection.providers import AuditDatabase, AuditProvider
from remuner.bridges import BridgesProvider, DepartureSweeper
from remuner.integrations.api.v1_2.controllers import IntegrationController
from remuner.integrations.dependency_injection.providers import IntegrationsDatabase, IntegrationsProvider
from remuner.integrations.persistence.postgres import KeysetProbe
from remuner.shared.authentication import Authentication, Authenticator
from remuner.shared.cache import Cache
from remuner.shared.cors import with_cors
from remuner.shared.cursors import Cursors
from remuner.shared.database import Database
from remuner.shared.docs import docs_routes
from remuner.shared.embedded import addresses_of
from remuner.shared.envelope import Envelope
from remuner.shared.errors import Unavailable
from remuner.shared.health import Check, Health
from remuner.shared.http import ERROR_HANDLERS, Controller, minor_app
from remuner.shared.limits import DEADLINE_SECONDS, Limits
from remuner.shared.logs import configure_logging
from remuner.shared.metrics import Metrics
from remuner.shared.migrations import pending
from remuner.shared.openapi import MinorApp
from remuner.shared.proxies import TrustedProxies
from remuner.shared.rate_limits import WrongCredentials
from remuner.shared.sealing import Sealer, ephemeral_sealer, load_sealer
from remuner.shared.settings import Settings, load_settings
from remuner.shared.site import Site
from remuner.shared.system import system_routes
from remuner.shared.versioning import Minors
from remuner.users.api.v1_2.controllers import TeamController, UserController
from remuner.users.dependency_injection.providers import UsersDatabase, UsersProvider

APPS = ("users", "integrations", "access", "audit")
"""The apps that keep tables, in the order of their migrations."""

MINORS = {
    "2": (
        UserController,
        TeamController,
        IntegrationController,
        AccessKeyController,
        SessionController,
        AuditController,
    )
}
"""The controllers of each minor of /v1."""


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
    def newest_minor(self) -> NewestMinor:
        """What new access keys are pinned to."""
        return NewestMinor(max(MINORS, key=int))

    @provide
    def wrong_credentials(self) -> WrongCredentials:
        """The limit of the contract."""
        return WrongCredentials()

    @provide
    def site(self) -> Site:
        """Where browsers reach the service."""
        return Site(self._settings.public_url)

    @provide
    def metrics(self, database: Database) -> Metrics:
        """The numbers of this process."""
        return Metrics(lambda: database.connections_in_use)

    @provide
    def health(self, database: Database, container: Container) -> Health:
        """The parts that are needed, and the cache. A missing keyset is a finding, so it is asked for in the check."""

        async def migrated() -> None:
            if lacking := await pending(database, APPS):
                raise Unavailable(f"Not applied: {', '.join(lacking)}. Run `remuner migrate`.")

        async def connected() -> None:
            await database.fetch("SELECT 1")

        async def sealed() -> None:
            await container.get(KeysetProbe)()

        useful: dict[str, Check] = {}
        if self._settings.redis_url:
            useful["cache"] = Cache(self._settings.redis_url.get_secret_value()).ping
        return Health({"database": connected, "migrations": migrated, "keyset": sealed}, useful)


def build(settings: Settings, *overrides: Provider) -> Container:
    """Return the graph of parts; later providers replace parts of earlier ones."""
    return make_container(
        SharedProvider(settings),
        AccessProvider(),
        AuditProvider(),
        UsersProvider(),
        IntegrationsProvider(),
        BridgesProvider(),
        *overrides,
    )


def create_app(settings: Settings, *overrides: Provider) -> ASGIApp:
    """Return the ASGI application. `overrides` exchange parts: another persistence, a fake for a port.

    Raises SettingsError or KeysetError for what cannot work; it does not connect before its lifespan starts.
    """
    container = build(settings, *overrides)
    apps = minor_apps(container)
    minors = Minors(apps)
    metrics = container.get(Metrics)
    system = Starlette(
        routes=[*system_routes(container.get(Health), metrics), *docs_routes(minors, apps)],
        lifespan=lambda _: _running(container),
        exception_handlers=ERROR_HANDLERS,
    )
    system.router.redirect_slashes = False

    async def route(scope: AsgiScope, receive: Receive, send: Send) -> None:
        versioned = scope["type"] == "http" and scope["path"].startswith("/v1/")
        app = minors if versioned and scope["path"] != "/v1/openapi.json" else system
        await app(scope, receive, send)

    kept = Authentication(route, container.get(Authenticator), container.get(WrongCredentials), container.get(Site))
    app: ASGIApp = Limits(kept)
    if settings.cors_origins:
        app = with_cors(app, settings.cors_origins)
    app = Envelope(app, minors.newest, metrics)
    return TrustedProxies(app, settings.trusted_proxies) if settings.trusted_proxies else app


def minor_apps(container: Container) -> dict[str, MinorApp]:
    """Return the application of each minor."""
    return {
        minor: minor_app("/v1", minor, [cast("Controller", container.get(controller)) for controller in controllers])
        for minor, controllers in MINORS.items()
    }


@asynccontextmanager
async def _running(container: Container) -> AsyncIterator[None]:
    kinds = (AccessDatabase, UsersDatabase, IntegrationsDatabase)
    databases = {id(each): each for each in map(container.get, kinds)}
    async with AsyncExitStack() as stack:
        for database in databases.values():
            await stack.enter_async_context(database)
        stack.push_async_callback(container.get(Authenticate).finish)
        sweeping = asyncio.create_task(container.get(DepartureSweeper).run())
        stack.push_async_callback(_cancelled, sweeping)
        yield


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def openapi_document(minor: str) -> dict[str, Any]:
    """Return the OpenAPI document of a minor; needs neither a database nor a keyset."""
    bare = Provider(scope=Scope.APP)
    bare.provide(ephemeral_sealer, provides=Sealer)
    settings = Settings.model_construct(database_url=SecretStr("postgres://unused/unused"))
    return minor_apps(build(settings, bare))[minor].openapi()


def application() -> ASGIApp:
    """Return the application of a worker process: settings from the environment, embedded servers from their owner."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_DFL)  # the handlers that a forked worker has are its parent's
    threading.Thread(target=_leave_with, args=[os.getppid()], daemon=True).start()
    settings = load_settings()
    configure_logging(settings)
    return create_app(attached(settings))


def _leave_with(parent: int) -> None:
    """Do not outlive the process that started this one: killed, it could not say so, and its port would stay taken."""
    while os.getppid() == parent:
        time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(DEADLINE_SECONDS)
    os._exit(1)


def attached(settings: Settings) -> Settings:
    """Return the settings with the addresses of the embedded servers that run, where they are wanted."""
    if not settings.embedded:
        return settings
    addresses = addresses_of(settings.data_dir)
    return settings.attached(addresses.database_url, addresses.redis_url)
