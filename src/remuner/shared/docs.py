"""The documents for people: each minor's OpenAPI document, a page that shows them, the explanations of problems."""

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
<body class="swagger-ui"><nav class="wrapper"><p>Versions: {versions}</p>{retirement}</nav><div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/show.js" data-major="{major}" data-minor="{minor}"></script></body></html>"""
_RETIREMENT = "<p>This minor is deprecated since {deprecated_at:%Y-%m-%d} and ends on {sunset_at:%Y-%m-%d}.</p>"
_SCRIPT = f"""const {{ major, minor }} = document.currentScript.dataset;
SwaggerUIBundle({{
  url: `${{major}}/openapi.json?api-version=${{minor}}`,
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: "none",
  requestInterceptor: (request) => {{
    if (!request.loadSpec) request.headers["{HEADER}"] = minor;
    return request;
  }},
}});
"""


_FILES = StaticFiles(packages=[("fastapi_swagger", "resources")])


def document_of(major: str) -> str:
    """Return the path of the OpenAPI documents of a major such as "/v1"."""
    return f"{major}/openapi.json"


def docs_routes(majors: Mapping[str, Minors], apps: Mapping[str, Mapping[str, MinorApp]]) -> list[BaseRoute]:
    """Return the routes; `apps` holds the application of each minor of each major, the first major is shown first."""

    def chosen(request: Request, minors: Minors) -> str:
        minor = request.query_params.get("api-version", minors.newest)
        if minor not in minors.known:
            raise Problem("unsupported_api_version", supported_versions=minors.known)
        return minor

    def openapi(major: str) -> Route:
        async def document(request: Request) -> Response:
            request.state.api_version = chosen(request, majors[major])
            return JSONResponse(apps[major][request.state.api_version].openapi())

        return Route(document_of(major), document)

    async def docs(request: Request) -> Response:
        major = request.query_params.get("major", next(iter(majors)))
        if major not in majors:
            raise Problem("not_found")
        minor = chosen(request, majors[major])
        versions = [(each, other) for each, minors in majors.items() for other in minors.known]
        page = _PAGE.format(
            versions=" · ".join(_link(*each, current=each == (major, minor)) for each in versions),
            retirement=_retirement(majors[major], minor),
            major=major,
            minor=minor,
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})

    return [
        *map(openapi, majors),
        Route("/docs", docs),
        Route("/docs/show.js", _script),
        Route("/docs/assets/{name}", _asset),
        Route("/problems/{code}", _problem_page),
    ]


async def _script(_: Request) -> Response:
    return Response(_SCRIPT, media_type="text/javascript")


async def _asset(request: Request) -> Response:
    return await _FILES.get_response(request.path_params["name"], request.scope)


async def _problem_page(request: Request) -> Response:
    code = request.path_params["code"]
    if code not in KINDS:
        raise Problem("not_found")
    kind = KINDS[code]
    status = f"{kind.status} {HTTPStatus(kind.status).phrase}"
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(kind.title)}</title>'
        f"<h1>{escape(kind.title)}</h1><p><code>{code}</code>, HTTP {status}</p><p>{escape(kind.remedy)}</p></html>"
    )


def _link(major: str, minor: str, *, current: bool) -> str:
    version = f"{major.removeprefix('/v')}.{minor}"
    return (
        f"<strong>{version}</strong>" if current else f'<a href="?major={major}&amp;api-version={minor}">{version}</a>'
    )


def _retirement(minors: Minors, minor: str) -> str:
    retirement = minors.retiring.get(minor)
    return _RETIREMENT.format_map(vars(retirement)) if retirement else ""
