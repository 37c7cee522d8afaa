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
    minors = list(releases)
    return {
        minor: _minor_app(f"{major.removeprefix('/v')}.{minor}", (releases[each] for each in minors[last::-1]), made)
        for last, minor in enumerate(minors)
    }


def _minor_app(
    version: str, newest_first: Iterable[Sequence[Release]], made: Callable[[type[Controller]], Controller]
) -> MinorApp:
    app = MinorApp(
        title="Remuner",
        version=version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=ERROR_HANDLERS,
    )
    settled: set[str] = set()
    for releases in newest_first:
        routes = [route for release in releases for route in _routes(release, made)]
        app.router.routes += [route for route in routes if not _calls(route) & settled]
        settled = settled.union(*map(_calls, routes), *(map(_call, release.drops) for release in releases))
    return app


def _routes(release: Release, made: Callable[[type[Controller]], Controller]) -> Iterable[APIRoute]:
    router = APIRouter(route_class=ApiRoute)
    for controller in release.controllers:
        made(controller).add_routes(router)
    return (route for route in router.routes if isinstance(route, APIRoute))


def _calls(route: APIRoute) -> set[str]:
    return {_call(f"{method} {route.path}") for method in route.methods or ()}


def _call(text: str) -> str:
    """Return a method and path without the names of parameters."""
    return _PARAMETER.sub("{}", text)
