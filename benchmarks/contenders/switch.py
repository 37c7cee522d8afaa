"""A handler that returns a constant, alone and behind the switch of the minors."""

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from remuner.shared.versioning import Minors


def _handler() -> FastAPI:
    app = FastAPI(openapi_url=None)

    @app.get("/")
    async def constant() -> dict[str, str]:
        return {"status": "ok"}

    return app


def _with_state(app: ASGIApp) -> ASGIApp:
    """Do what the switch needs of the envelope, around either contender, so that it costs both the same."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["state"] = {}
            await app(scope, receive, send)

    return answer


alone = _with_state(_handler())
behind_minors = _with_state(Minors({"1": _handler(), "2": _handler()}))
