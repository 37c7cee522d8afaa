"""What schemathesis does before each request: it tries many wrong credentials, so each comes from another address."""

import itertools
from ipaddress import IPv6Address
from typing import Any

import schemathesis

_addresses = itertools.count(int(IPv6Address("2001:db8::1")))


@schemathesis.hook
def before_call(_context: schemathesis.HookContext, case: schemathesis.Case[Any], _kwargs: dict[str, Any]) -> None:
    """Speak for a proxy that the service trusts."""
    case.headers["X-Forwarded-For"] = str(IPv6Address(next(_addresses)))
