"""Whether the process lives, and whether it can do its work."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from remuner.shared.health import Health
from remuner.shared.problems import Problem


def system_routes(health: Health) -> list[BaseRoute]:
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

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
