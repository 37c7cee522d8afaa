"""What schemathesis does before each request.

It tries many wrong credentials, so each comes from another address; and no destination of its own is ever called.
"""

import itertools
from ipaddress import IPv6Address
from typing import Any

import schemathesis

_addresses = itertools.count(int(IPv6Address("2001:db8::1")))


@schemathesis.hook
def before_call(_context: schemathesis.HookContext, case: schemathesis.Case[Any], _kwargs: dict[str, Any]) -> None:
    """Speak for a proxy that the service trusts; let every destination be at an address that is refused."""
    case.headers["X-Forwarded-For"] = str(IPv6Address(next(_addresses)))
    body = case.body
    if not isinstance(body, dict) or not case.path.startswith("/v1/integrations"):
        return
    destination = body.get("destination")
    if isinstance(destination, dict) and "base_url" in destination:
        destination["base_url"] = "https://127.0.0.1:9"
    elif body.get("provider") and destination in (None, {}):
        body["destination"] = {"base_url": "https://127.0.0.1:9"}
