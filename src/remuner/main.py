"""The application: every part is built here, once, and nothing is looked up while a request runs."""

import asyncio
import gc
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any, NewType

from dishka import Container, Provider, Scope, make_container, provide
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as AsgiScope

from remuner.access.dependency_injection.providers import AccessDatabase, AccessProvider
from remuner.access.domain.authenticate import Authenticate
from remuner.access.domain.entities import NewestMinor
from remuner.audit.dependency_injection.providers import AuditProvider
from remuner.audit.domain.use_cases import RecordUses
from remuner.bridges import SWEEP_SECONDS, BridgesProvider, DepartureSweeper
from remuner.composition import APPS, CacheProvider, Caches, SharedProvider
from remuner.integrations.api.proxy import calls_destination
from remuner.integrations.dependency_injection.providers import (
    CachedIntegrationsProvider,
    IntegrationsCounts,
    IntegrationsDatabase,
    IntegrationsProvider,
)
from remuner.integrations.domain.token_use_cases import TICK, VerifyStaleTokens
from remuner.shared.authentication import Authentication, Authenticator
from remuner.shared.console import ICON, PAGES, ConsoleFolder, console_routes
from remuner.shared.cors import with_cors
from remuner.shared.counts import FOLD_SECONDS
from remuner.shared.docs import docs_routes, document_of
from remuner.shared.egress import Egress
from remuner.shared.embedded import addresses_of
from remuner.shared.envelope import Envelope
from remuner.shared.health import Health
from remuner.shared.http import ERROR_HANDLERS
from remuner.shared.limits import DEADLINE_SECONDS, Limits
from remuner.shared.logs import configure_logging
from remuner.shared.metrics import Metrics
from remuner.shared.openapi import MinorApp
from remuner.shared.periodic import periodically
from remuner.shared.proxies import TrustedProxies
from remuner.shared.rate_limits import WrongCredentials
from remuner.shared.releases import Releases, find_releases, minor_apps
from remuner.shared.sealing import Sealer, ephemeral_sealer
from remuner.shared.settings import Settings, load_settings
from remuner.shared.site import Site
from remuner.shared.system import system_routes
from remuner.shared.versioning import Minors, Retirement, major_of
from remuner.users.dependency_injection.providers import (
    CachedUsersProvider,
    UsersCounts,
    UsersDatabase,
    UsersProvider,
)

APIS = tuple(f"remuner.{app}.api" for app in APPS)
"""Where the releases of the API are found."""

MAJOR = "/v1"
"""The major that access keys are made for."""

_GARBAGE = 10_000
"""How many objects come before the next search for cycles; a request makes hundreds, and few cycles."""

Retirements = NewType("Retirements", Mapping[str, Retirement])
"""The versions on their way out, such as "1.1"."""


class ApiProvider(Provider):
    """The controllers of all releases, and what the releases are."""

    scope = Scope.APP

    def __init__(self, apis: Iterable[str]) -> None:
        """`apis` are the names of the packages that hold releases."""
        super().__init__()
        releases = find_releases(apis)
        every = (each for minors in releases.values() for minor in minors.values() for each in minor)
        self.provide_all(*{controller for release in every for controller in release.controllers})
        self.provide(lambda: releases, provides=Releases)
        self.provide(lambda: NewestMinor(list(releases[MAJOR])[-1]), provides=NewestMinor)

    @provide
    def retirements(self) -> Retirements:
        """None today."""
        return Retirements({})


def persistence(settings: Settings) -> list[Provider]:
    """Return what the setting exchanges in the graph; raises SettingsError."""
    if not settings.cached or settings.redis_url is None:
        return []
    return [CacheProvider(settings.redis_url.get_secret_value()), CachedUsersProvider(), CachedIntegrationsProvider()]


def build(settings: Settings, *overrides: Provider, apis: Iterable[str] = APIS) -> Container:
    """Return the graph of parts; later providers replace parts of earlier ones."""
    return make_container(
        SharedProvider(settings),
        ApiProvider(apis),
        AccessProvider(),
        AuditProvider(),
        UsersProvider(),
        IntegrationsProvider(),
        BridgesProvider(),
        *persistence(settings),
        *overrides,
    )


def create_app(settings: Settings, *overrides: Provider, apis: Iterable[str] = APIS) -> ASGIApp:
    """Return the ASGI application. `overrides` exchange parts: another persistence, a fake for a port.

    `apis` are the packages that hold releases of the API; those of another core bring a major of their own.
    Raises SettingsError or KeysetError for what cannot work; it does not connect before its lifespan starts.
    """
    container = build(settings, *overrides, apis=apis)
    apps = version_apps(container)
    majors = {major: _minors(major, minors, container.get(Retirements)) for major, minors in apps.items()}
    documents = frozenset(map(document_of, majors))
    public = documents.union(PAGES, [ICON])
    metrics = container.get(Metrics)
    system = Starlette(
        routes=[
            *system_routes(container.get(Health), metrics),
            *docs_routes(majors, apps),
            *console_routes(container.get(ConsoleFolder)),
        ],
        lifespan=lambda _: _running(container),
        exception_handlers=ERROR_HANDLERS,
    )
    system.router.redirect_slashes = False

    async def route(scope: AsgiScope, receive: Receive, send: Send) -> None:
        versioned = scope["type"] == "http" and scope["path"] not in documents
        app = majors.get(major_of(scope["path"]), system) if versioned else system
        await app(scope, receive, send)

    guards = container.get(Authenticator), container.get(WrongCredentials), container.get(Site)
    app: ASGIApp = Limits(Authentication(route, *guards, public), calls_destination)
    if settings.cors_origins:
        app = with_cors(app, settings.cors_origins)
    app = Envelope(app, majors, metrics)
    return TrustedProxies(app, settings.trusted_proxies) if settings.trusted_proxies else app


def version_apps(container: Container) -> dict[str, dict[str, MinorApp]]:
    """Return the application of each minor of each major."""
    releases = container.get(Releases)
    return {major: minor_apps(major, minors, container.get) for major, minors in releases.items()}


def _minors(major: str, apps: Mapping[str, MinorApp], retirements: Retirements) -> Minors:
    retiring = {minor: retirements[app.version] for minor, app in apps.items() if app.version in retirements}
    return Minors(apps, pinned=major == MAJOR, retiring=retiring)


@asynccontextmanager
async def opened(container: Container) -> AsyncIterator[None]:
    """Open the databases and the cache."""
    kinds = (AccessDatabase, UsersDatabase, IntegrationsDatabase)
    databases = {id(each): each for each in map(container.get, kinds)}
    async with AsyncExitStack() as stack:
        for database in databases.values():
            await stack.enter_async_context(database)
        for cache in container.get(Caches).values():
            await stack.enter_async_context(cache)
        yield


@asynccontextmanager
async def _running(container: Container) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(opened(container))
        stack.push_async_callback(container.get(Authenticate).finish)
        stack.push_async_callback(container.get(RecordUses).finish)
        stack.push_async_callback(container.get(Egress).aclose)
        for run in _own_work(container):
            stack.push_async_callback(_cancelled, asyncio.create_task(run))
        yield


def _own_work(container: Container) -> Iterable[Coroutine[Any, Any, None]]:
    """What the service does beside requests, until it is cancelled."""
    sweep, verify = container.get(DepartureSweeper).sweep_all, container.get(VerifyStaleTokens)
    yield periodically(SWEEP_SECONDS, "sweeping departed users", sweep, at_once=True)
    yield periodically(TICK.total_seconds(), "verifying tokens", verify)
    for counts in (container.get(UsersCounts), container.get(IntegrationsCounts)):
        yield periodically(FOLD_SECONDS, "folding counts", counts.fold)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def openapi_documents() -> dict[str, dict[str, Any]]:
    """Return the OpenAPI document of each minor; needs neither a database nor a keyset."""
    bare = Provider(scope=Scope.APP)
    bare.provide(ephemeral_sealer, provides=Sealer)
    settings = Settings.model_construct(database_url=SecretStr("postgres://unused/unused"))
    return {minor: app.openapi() for minor, app in version_apps(build(settings, bare))[MAJOR].items()}


def application() -> ASGIApp:
    """Return the application of a worker process: settings from the environment, embedded servers from their owner."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_DFL)  # the handlers that a forked worker has are its parent's
    threading.Thread(target=_leave_with, args=[os.getppid()], daemon=True).start()
    settings = load_settings()
    configure_logging(settings)
    app = create_app(attached(settings))
    # What has been built stays. Looking through it for garbage again and again would stop all requests for 50 ms each.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    return app


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
