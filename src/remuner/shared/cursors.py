"""Positions in a list as text that clients hand back."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from remuner.shared.errors import InvalidInput
from remuner.shared.pagination import Position
from remuner.shared.sealing import Sealer, SealError


class InvalidCursor(InvalidInput):
    """The cursor was not made by this service for this list."""

    code = "invalid_cursor"
    detail = "The cursor does not belong to this list. Start again without it."

    def __init__(self) -> None:
        """The field is always `cursor`."""
        super().__init__("cursor")


class Cursors:
    """Positions as opaque text that opens only for the list and filters it was made for."""

    def __init__(self, sealer: Sealer) -> None:
        """`sealer` encrypts and authenticates the position."""
        self._sealer = sealer

    def encode(self, position: Position, purpose: str) -> str:
        """Return the cursor for `position` in the list that `purpose` describes."""
        moment = isinstance(position.value, datetime)
        value = position.value.isoformat() if isinstance(position.value, datetime) else position.value
        plain = json.dumps([moment, value, str(position.id)]).encode()
        return _text(self._sealer.seal(plain, _context(purpose)))

    def decode(self, cursor: str, purpose: str) -> Position:
        """Return the position; raises InvalidCursor for any other text or list."""
        try:
            sealed = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
            if _text(sealed) != cursor:  # base64 has several spellings of the same bytes
                raise InvalidCursor
            moment, value, row = json.loads(self._sealer.open(sealed, _context(purpose)))
        except (UnicodeEncodeError, binascii.Error, SealError):
            raise InvalidCursor from None
        return Position(datetime.fromisoformat(value) if moment else value, UUID(row))


def _context(purpose: str) -> bytes:
    return b"cursor:" + purpose.encode()


def _text(sealed: bytes) -> str:
    return urlsafe_b64encode(sealed).rstrip(b"=").decode()
