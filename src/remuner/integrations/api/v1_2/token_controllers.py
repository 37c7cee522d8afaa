"""The routes in minor 2 that use a token without showing it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from remuner.integrations.api.proxy import PassedOn, call_of
from remuner.integrations.api.v1_2.destination_serializers import ProviderList, show_provider
from remuner.integrations.api.v1_2.serializers import VerificationResult, show_result
from remuner.integrations.domain.entities import CallLimits
from remuner.integrations.domain.errors import IntegrationNotFound
from remuner.integrations.domain.providers import PRESETS
from remuner.integrations.domain.token_use_cases import UseToken, VerifyToken
from remuner.shared.http import PathId, answer, path_id
from remuner.shared.routes import STATS, CallKind, Routes
from remuner.shared.scopes import AccessScope

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

_VERIFY = CallKind("POST", codes=("integration_busy",))
_PASSING_CODES = (
    "cross_site_request",
    "key_limited",
    "destination_forbidden",
    "payload_too_large",
    "validation_error",
    "integration_busy",
    "upstream_unreachable",
    "upstream_too_large",
    "upstream_malformed",
    "upstream_timeout",
)

RestOfPath = Annotated[str, Path(description="Where to, behind the prefix of the destination's `base_url`.")]


@dataclass(frozen=True, slots=True)
class TokenController:
    """/v1/providers, and /v1/integrations/{integration_id}/verify and …/proxy/."""

    verify_token: VerifyToken
    use_token: UseToken
    limits: CallLimits

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        integration, missing = "/v1/integrations/{integration_id:id}", "integration_not_found"
        refused = missing, "integration_inactive", "no_destination"
        add = Routes(router, "Integrations", AccessScope.INTEGRATIONS_READ, AccessScope.INTEGRATIONS_VERIFY).add
        add(STATS, "list_providers", "/v1/providers", self.providers, ProviderList)
        add(_VERIFY, "verify_token", f"{integration}/verify", self.verify, VerificationResult, *refused)
        add = Routes(router, "Proxy", AccessScope.INTEGRATIONS_USE, AccessScope.INTEGRATIONS_USE).add
        for method in _METHODS:
            name, path = f"proxy_{method.lower()}", f"{integration}/proxy/{{path:rest}}"
            kind = CallKind(method, gives=("X-Remuner-Upstream",), codes=_PASSING_CODES, is_passed_on=True)
            add(kind, name, path, self.proxy, None, *refused)

    async def providers(self) -> Response:
        """List the systems whose destinations are known: `provider` fills in what `destination` leaves out."""
        return answer({"items": [show_provider(preset) for preset in PRESETS.values()]})

    async def verify(self, integration_id: PathId) -> Response:
        """Find out whether the token works, by the call that the destination's `verify` tells."""
        verified = await self.verify_token(path_id(integration_id, IntegrationNotFound))
        return answer(show_result(verified))

    async def proxy(self, request: Request, integration_id: PathId, path: RestOfPath) -> Response:  # noqa: ARG002
        """Call the destination with the token put in, and pass its answer on as it comes.

        Method, path, query, body and the usual headers go there; status, body and the usual headers come back. What the
        destination answers is marked `X-Remuner-Upstream: true`; problems without that are this service's own. The
        token is taken out of the answer in its usual spellings. An idempotent call without a body is repeated, at most
        twice, where the destination cannot be reached or says that it will pass.
        """
        call = call_of(request, self.limits.max_bytes)
        used = self.use_token(path_id(integration_id, IntegrationNotFound), call)
        return PassedOn(used, call.method)
