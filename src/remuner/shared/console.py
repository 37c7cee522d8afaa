"""The web console: its pages with a Content-Security-Policy of their own, its files compressed and kept for ever."""

import secrets
from pathlib import Path
from typing import NewType

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from remuner.shared.problems import Problem

ConsoleFolder = NewType("ConsoleFolder", Path)
"""Where the console has been built, if it has been."""

ICON = "/favicon.svg"
PAGES = ("/", "/sign-in", "/users", "/teams", "/integrations", "/access-keys", "/audit-events")
"""The addresses of the console's own router; it shows each of them in the one page that there is."""

# Nothing from elsewhere and nothing inline, but for the style sheet of Vuetify's theme, which carries the nonce.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NONCE = "__CSP_NONCE__"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_CODINGS = {"br": ".br", "gzip": ".gz"}
_FOR_EVER = "public, max-age=31536000, immutable"  # a file's name changes with its content
_UNBUILT = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Remuner</title><h1>The console is not built</h1>'
    '<p>Run <code>make console</code>, then start the service anew. The API is described at <a href="/docs">/docs</a>.'
)


def console_routes(folder: ConsoleFolder) -> list[BaseRoute]:
    """Return the routes. The folder is read once, so that a page never meets the files of another build."""
    index = folder / "index.html"
    page = index.read_text() if index.exists() else None
    files = {path.name: path.read_bytes() for path in (folder / "assets").glob("*") if page}

    async def show(_: Request) -> Response:
        if page is None:
            return HTMLResponse(_UNBUILT, 404)
        nonce = secrets.token_urlsafe(16)
        policy = _POLICY.format(nonce=nonce)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": policy}
        return HTMLResponse(page.replace(_NONCE, nonce), headers=headers)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        media_type = _TYPES.get(Path(name).suffix)
        if name not in files or media_type is None:
            raise Problem("not_found")
        headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
        coding = _coding(request.headers, name, files)
        if coding:
            headers["Content-Encoding"] = coding
        return Response(files[name + _CODINGS.get(coding, "")], headers=headers, media_type=media_type)

    icon = folder / "favicon.svg"
    drawing = icon.read_bytes() if icon.exists() else None

    async def favicon(_: Request) -> Response:
        if drawing is None:
            raise Problem("not_found")
        return Response(drawing, headers={"Cache-Control": "public, max-age=86400"}, media_type="image/svg+xml")

    return [*(Route(path, show) for path in PAGES), Route("/assets/{name}", asset), Route(ICON, favicon)]


def _coding(headers: Headers, name: str, files: dict[str, bytes]) -> str:
    """Return the best coding that the client takes and the build has; "" for none (RFC 9110, 12.5.3)."""
    offers = (each.partition(";q=") for each in headers.get("accept-encoding", "").lower().replace(" ", "").split(","))
    taken = {coding for coding, weighed, weight in offers if not weighed or weight.strip("0.")}
    return next((coding for coding, suffix in _CODINGS.items() if coding in taken and name + suffix in files), "")
