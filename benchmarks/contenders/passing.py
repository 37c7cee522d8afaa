"""A pass-through as one would write it by hand, as the documentation of FastAPI and httpx2 has it; for whoever asks.

No authentication, nothing looked up, checked, noted or redacted; the token is always the same.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from benchmarks.contenders.limits import settled

_CONNECTION = {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
_NOT_SENT = {*_CONNECTION, "host", "authorization"}


@asynccontextmanager
async def _with_client(app: FastAPI) -> AsyncIterator[None]:
    async with httpx2.AsyncClient(base_url=f"http://{os.environ['REMUNER_EGRESS_ALLOW']}") as app.state.client:
        yield


_passing = FastAPI(openapi_url=None, lifespan=_with_client)


@_passing.get("/v1/integrations/{integration_id}/proxy/{path:path}")
async def _pass(integration_id: str, path: str, request: Request) -> Response:  # noqa: ARG001 - as the service's
    client: httpx2.AsyncClient = _passing.state.client
    headers = {name: value for name, value in request.headers.items() if name not in _NOT_SENT}
    headers["authorization"] = "Bearer tok"
    asked = client.build_request("GET", path, params=request.query_params, headers=headers)
    answer = await client.send(asked, stream=True)
    shown = {name: value for name, value in answer.headers.items() if name not in _CONNECTION}
    return StreamingResponse(answer.aiter_raw(), answer.status_code, shown, background=BackgroundTask(answer.aclose))


by_hand = settled(_passing)
