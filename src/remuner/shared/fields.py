"""The kinds of values that every API takes, as pydantic types, and the bases of serializers."""

import re
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
)

from remuner.shared.ids import parse_id

MAX_NAME = 50
MAX_EMAIL = 254

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]", re.ASCII)
_NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f]*$"


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError:  # its own words may repeat a part of the value
        raise ValueError("This is not an email address, such as ada@example.com") from None


def _short(value: str) -> str:
    if len(value) > MAX_EMAIL:
        raise ValueError(f"An email address has at most {MAX_EMAIL} characters")
    return value


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NAME, pattern=_NO_CONTROLS)]
"""1 to 50 characters without control characters, spaces around it trimmed."""

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=MAX_EMAIL),
    AfterValidator(_email),
    AfterValidator(_short),
]
"""A real address (RFC 5321, RFC 6531), in the normal form that email-validator gives it."""

SearchText = Annotated[str, StringConstraints(max_length=MAX_EMAIL, pattern=_NO_CONTROLS)]
"""A part to look for."""


def _date_time(value: object) -> object:
    if not isinstance(value, str) or not _DATE_TIME.match(value):  # a number would do for pydantic
        raise ValueError("This is not a moment, such as 2026-01-02T03:04:05Z")
    return value


def _utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("This moment is out of range") from None


Moment = Annotated[AwareDatetime, BeforeValidator(_date_time), AfterValidator(_utc)]
"""A time with its offset (RFC 3339), in UTC."""


def _id(value: object) -> UUID:
    found = parse_id(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("This is not an id, such as 0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4")
    return found


Id = Annotated[UUID, BeforeValidator(_id)]
"""An id in its canonical spelling."""


class Input(BaseModel):
    """A body: unknown fields are refused, and no error of pydantic's shows a value."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
