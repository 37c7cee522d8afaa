"""Systems that many integrations are about: where their APIs are and how their tokens are used, from `providers.json`.

Slack answers 200 to a call with a wrong token, so that no status tells: its tokens cannot be verified.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from remuner.integrations.domain.destinations import Auth, AuthType, Verification


@dataclass(frozen=True, slots=True)
class ProviderPreset:
    """What a destination at this provider has; a part of `base_url` in braces is each customer's own."""

    id: str
    name: str
    documentation: str
    base_url: str
    auth: Auth
    verify: Verification | None

    @property
    def has_own_address(self) -> bool:
        """Whether each customer has a base URL of its own."""
        return "{" in self.base_url


def _presets() -> Mapping[str, ProviderPreset]:
    presets = {}
    for each in json.loads(files(__package__).joinpath("providers.json").read_text()):
        auth = Auth(AuthType(each["auth"]["type"]), each["auth"].get("name"), each["auth"].get("username"))
        verify = Verification(**each["verify"]) if each["verify"] else None
        presets[each["id"]] = ProviderPreset(
            each["id"], each["name"], each["documentation"], each["base_url"], auth, verify
        )
    return presets


PRESETS = _presets()
"""By id, in the order of the file."""
