"""The documents for people: each minor's OpenAPI document, a page that shows it, the explanations of problems."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.staticfiles import StaticFiles

from remuner.shared.openapi import MinorApp
from remuner.shared.problems import KINDS, Problem
from remuner.shared.versioning import HEADER, Minors

# Nothing in the page itself and nothing from elsewhere; Swagger UI's style sheet has its images inside.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Remuner API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/docs/assets/favicon-32x32.png"><link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body class="swagger-ui"><nav class="wrapper"><p>Minor: {minors}</p></nav><div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/show.js" data-minor="{minor}"></script></body></html>"""
_SCRIPT = f"""const {{ minor }} = document.currentScript.dataset;
SwaggerUIBundle({{
  url: `/v1/openapi.json?api-version=${{minor}}`,
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: "none",
  requestInterceptor: (request) => {{
    if (!request.loadSpec) request.headers["{HEADER}"] = minor;
    return request;
  }},
}});
"""


def docs_routes(minors: Minors, apps: Mapping[str, MinorApp]) -> list[BaseRoute]:
    """Return the routes; `apps` holds the application of each minor."""
    files = StaticFiles(packages=[("fastapi_swagger", "resources")])

    def chosen(request: Request) -> str:
        minor = request.query_params.get("api-version", minors.newest)
        if minor not in apps:
            raise Problem("unsupported_api_version", supported_versions=minors.known)
        return minor

    async def openapi(request: Request) -> Response:
        request.state.api_version = chosen(request)
        return JSONResponse(apps[request.state.api_version].openapi())

    async def docs(request: Request) -> Response:
        minor = chosen(request)
        links = [
            f"<strong>{each}</strong>" if each == minor else f'<a href="?api-version={each}">{each}</a>'
            for each in minors.known
        ]
        page = _PAGE.format(minors=" · ".join(links), minor=minor)
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})

    async def script(_: Request) -> Response:
        return Response(_SCRIPT, media_type="text/javascript")

    async def asset(request: Request) -> Response:
        return await files.get_response(request.path_params["name"], request.scope)

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
        Route("/v1/openapi.json", openapi),
        Route("/docs", docs),
        Route("/docs/show.js", script),
        Route("/docs/assets/{name}", asset),
        Route("/problems/{code}", problem_page),
    ]
