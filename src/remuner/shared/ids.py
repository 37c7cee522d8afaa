"""Ids: UUIDv7 (RFC 9562), made by the service and so in the order of creation."""

import re
from uuid import UUID

from uuid_utils.compat import uuid7

_CANONICAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


def new_id() -> UUID:
    """Return a new UUIDv7."""
    return uuid7()


def parse_id(text: str) -> UUID | None:
    """Return the id that `text` spells in the canonical 36 characters, else None."""
    return UUID(text) if _CANONICAL.fullmatch(text) else None
