"""Whether the process lives, whether it can do its work, and what it has done."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from remuner.shared.health import Health
from remuner.shared.http import demand
from remuner.shared.metrics import Metrics
from remuner.shared.problems import Problem
from remuner.shared.scopes import AccessScope


def system_routes(health: Health, metrics: Metrics) -> list[BaseRoute]:
    """Return the routes, which belong to no app and no minor."""

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

    async def numbers(_: Request) -> Response:
        demand(AccessScope.METRICS_READ)
        return Response(metrics.text(), media_type="text/plain; version=0.0.4")

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", numbers)]
