"""The releases of the API, found by name: `api/v1_2` of an app, folder or file, is what it brings to minor 2 of /v1.

A minor is its releases laid over those of the minors before it: a route replaces the one with the same method and path,
the others stay, and what a release drops is gone from there on. So a new minor touches nothing that was released.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, TypeAlias

from fastapi import APIRouter
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig

from remuner.shared.http import ERROR_HANDLERS, ApiRoute
from remuner.shared.openapi import MinorApp

_NAME = re.compile(r"v(\d+)_(\d+)")
_PARAMETER = re.compile(r"\{[^}]*\}")


class Controller(Protocol):
    """Routes of one resource."""

    def add_routes(self, router: APIRouter) -> None:
        """Add them, the most used first: they are tried in order."""


@dataclass(frozen=True, slots=True)
class Release:
    """What an app brings to a minor, as `RELEASE` in its folder; `drops` are routes: `POST /v1/users/{user_id}`."""

    controllers: tuple[type[Controller], ...]
    drops: tuple[str, ...] = ()


Releases: TypeAlias = Mapping[str, Mapping[str, Sequence[Release]]]
"""By major, such as "/v1", and by minor, such as "2", the oldest first."""


def find_releases(apis: Iterable[str]) -> Releases:
    """Return what the packages hold; `apis` are their names, such as "remuner.users.api"."""
    found: dict[str, dict[int, list[Release]]] = {}
    for api in apis:
        for module in iter_modules(import_module(api).__path__):
            if version := _NAME.fullmatch(module.name):
                minors = found.setdefault(f"/v{version[1]}", {})
                release: Release = import_module(f"{api}.{module.name}").RELEASE
                minors.setdefault(int(version[2]), []).append(release)
    return {major: {str(minor): minors[minor] for minor in sorted(minors)} for major, minors in found.items()}


def minor_apps(
    major: str, releases: Mapping[str, Sequence[Release]], made: Callable[[type[Controller]], Controller]
) -> dict[str, MinorApp]:
    """Return the application of each minor of a major; `made` gives the controllers."""
    layers = [(minor, _layer(minor_releases, made)) for minor, minor_releases in releases.items()]
    return {
        minor: _minor_app(f"{major.removeprefix('/v')}.{minor}", (layer for _, layer in layers[last::-1]))
        for last, (minor, _) in enumerate(layers)
    }


@dataclass(frozen=True, slots=True)
class _Layer:
    """What one minor lays over those before it: routes, and the calls that it settles by having or dropping them."""

    routes: Sequence[APIRoute]
    settled: frozenset[str]


def _layer(releases: Sequence[Release], made: Callable[[type[Controller]], Controller]) -> _Layer:
    router = APIRouter(route_class=ApiRoute)
    for controller in (each for release in releases for each in release.controllers):
        made(controller).add_routes(router)
    routes = [route for route in router.routes if isinstance(route, APIRoute)]
    drops = (_call(drop) for release in releases for drop in release.drops)
    return _Layer(routes, frozenset().union(*map(_calls, routes), drops))


def _minor_app(version: str, newest_first: Iterable[_Layer]) -> MinorApp:
    app = MinorApp(
        title="Remuner",
        version=version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=ERROR_HANDLERS,
        telemetry=TelemetryConfig(tracing=False, metrics=False, logs=False),  # it may report bodies, and tokens in them
    )
    settled: frozenset[str] = frozenset()
    for layer in newest_first:
        app.router.routes += [route for route in layer.routes if not _calls(route) & settled]
        settled |= layer.settled
    return app


def _calls(route: APIRoute) -> set[str]:
    return {_call(f"{method} {route.path}") for method in route.methods or ()}


def _call(text: str) -> str:
    """Return a method and path without the names of parameters."""
    return _PARAMETER.sub("{}", text)
