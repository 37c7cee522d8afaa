"""The routes that belong to no app and no minor: health, documents, the explanations of problems."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from remuner.shared.health import Health
from remuner.shared.problems import KINDS, Problem
from remuner.shared.versioning import Minors


def system_routes(health: Health, minors: Minors, apps: Mapping[str, FastAPI]) -> list[BaseRoute]:
    """Return the routes; `apps` holds the application of each minor."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def readyz(request: Request) -> Response:
        findings = await health()
        checks = {finding.part: finding.problem or "ok" for finding in findings}
        if any(finding.fatal for finding in findings):
            problem = Problem(
                "service_unavailable", "A part is not in order.", headers={"Retry-After": "1"}, checks=checks
            )
            return problem.response(request.scope)
        return JSONResponse({"status": "ready", "checks": checks})

    async def openapi(request: Request) -> Response:
        minor = request.query_params.get("api-version", minors.newest)
        if minor not in apps:
            raise Problem("unsupported_api_version", supported_versions=minors.known)
        request.state.api_version = minor
        return JSONResponse(apps[minor].openapi())

    async def problem_page(request: Request) -> Response:
        code = request.path_params["code"]
        if code not in KINDS:
            raise Problem("not_found")
        kind = KINDS[code]
        status = f"{kind.status} {HTTPStatus(kind.status).phrase}"
        return HTMLResponse(
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(kind.title)}</title>'
            f"<h1>{escape(kind.title)}</h1><p><code>{code}</code>, HTTP {status}</p><p>{escape(kind.remedy)}</p></html>"
        )

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/v1/openapi.json", openapi),
        Route("/problems/{code}", problem_page),
    ]
