"""Where browsers reach the service, and which of their requests come from another site."""

import re
from dataclasses import dataclass

from starlette.types import Scope

from remuner.shared.problems import Problem

_DEFAULT_PORT = re.compile(r"^(http:.*):80$|^(https:.*):443$")


@dataclass(frozen=True, slots=True)
class Site:
    """`public_url` is REMUNER_PUBLIC_URL, if it is set."""

    public_url: str | None

    def refuse_foreign(self, scope: Scope) -> None:
        """Raise Problem 403 if the request says that a page of another site has sent it."""
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        if not origins:
            return
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        own = {_origin(f"{scope['scheme']}://{host.decode('latin-1')}") for host in hosts[:1]}
        if self.public_url:
            own.add(_origin(self.public_url))
        if {_origin(value.decode("latin-1")) for value in origins} - own:
            raise Problem("cross_site_request")

    def is_secure(self, scope: Scope) -> bool:
        """Whether the browser speaks https, as far as anybody here can know."""
        return scope["scheme"] == "https" or (self.public_url or "").startswith("https:")


def _origin(text: str) -> str:
    """Return an origin in the spelling that browsers give it: lower case, without the scheme's own port."""
    text = text.lower()
    found = _DEFAULT_PORT.fullmatch(text)
    return (found[1] or found[2]) if found else text
