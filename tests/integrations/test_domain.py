"""The integrations' domain by itself: above all, a token that hides."""

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from dataclasses import asdict, astuple, fields
from pprint import pformat

import pytest

from remuner.integrations.domain.entities import (
    MAX_TOKEN_LENGTH,
    Integration,
    IntegrationChanges,
    IntegrationStatus,
    NewIntegration,
    Token,
)
from remuner.shared.ids import new_id

SECRET = "canary-3b1f0c"


def _record(token: Token) -> str:
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s %r", (token, [token]), None)
    return logging.Formatter("%(message)s %(args)s").format(record)


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        format,
        ascii,
        lambda token: f"{token} {token!r} {token!s} {token!a} {token:>40}",
        lambda token: "%s %r %a" % (token, token, token),  # noqa: UP031 - that is what is tried
        lambda token: "{} {!r} {:>40}".format(token, token, token),  # noqa: UP032
        lambda token: repr([token, {"token": token}]),
        lambda token: pformat({"token": token}),
        lambda token: repr(NewIntegration("n", new_id(), token)),
        lambda token: repr(IntegrationChanges(token=token)),
        lambda token: str(asdict_of(NewIntegration("n", new_id(), token))),
        lambda token: json.dumps({"token": token}, default=str),
        _record,
    ],
)
def test_a_token_hides_itself(show: Callable[[Token], str]) -> None:
    """Whatever makes text of it, or of something that holds it, shows nothing of it."""
    assert SECRET not in show(Token(SECRET))


def asdict_of(thing: NewIntegration) -> dict[str, object]:
    """Return the fields as they are: `asdict` copies deeply, which a token refuses."""
    return {field.name: getattr(thing, field.name) for field in fields(thing)}


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_token_is_not_pickled(protocol: int) -> None:
    """Not by itself, not inside something else."""
    for thing in (Token(SECRET), [Token(SECRET)], IntegrationChanges(token=Token(SECRET))):
        with pytest.raises(TypeError) as caught:
            pickle.dumps(thing, protocol)
        assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "duplicate",
    [
        copy.copy,
        copy.deepcopy,
        lambda token: asdict(NewIntegration("n", new_id(), token)),
        lambda token: astuple(IntegrationChanges(token=token)),
    ],
)
def test_a_token_is_not_copied(duplicate: Callable[[Token], object]) -> None:
    """There is one of it, wherever it goes; `dataclasses.asdict`, which copies, is refused."""
    with pytest.raises(TypeError) as caught:
        duplicate(Token(SECRET))
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_token_has_no_dictionary() -> None:
    """`vars` and `json` find nothing to show."""
    with pytest.raises(TypeError):
        vars(Token(SECRET))
    with pytest.raises(TypeError):
        json.dumps(Token(SECRET))


def test_a_traceback_with_locals_shows_no_token() -> None:
    """Error reporters that print local variables print no secret."""

    def fail(token: Token, changes: IntegrationChanges) -> None:
        raise RuntimeError(f"{token} {changes}")

    token = Token(SECRET)
    with pytest.raises(RuntimeError) as caught:
        fail(token, IntegrationChanges(token=token))
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "Token(hidden)" in shown
    assert SECRET not in shown


@pytest.mark.parametrize("value", ["a", " ", "~" * MAX_TOKEN_LENGTH, "a***", "**a", "".join(map(chr, range(32, 127)))])
def test_a_token_is_revealed_as_it_was_given(value: str) -> None:
    """1 to 8192 printable ASCII characters, none of them trimmed; a few stars do not make a mask."""
    assert value == Token(value).reveal()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "*",
        "**",
        "•",
        "•*•",
        "*" * 40,
        f"***{SECRET}",
        f"•••{SECRET}",
        f"*•*{SECRET}",
        f"{SECRET}é",
        f"{SECRET}•",
        f"{SECRET}\n",
        f"{SECRET}\x00",
        f"{SECRET}\x7f",
        f"{SECRET}\ud800",
        f"\n{SECRET}",
        SECRET + "x" * (MAX_TOKEN_LENGTH - len(SECRET) + 1),
    ],
)
def test_what_cannot_be_a_token_is_refused_without_being_repeated(value: str) -> None:
    """Empty, masked, unprintable, not ASCII or too long: the error says why and not what."""
    with pytest.raises(ValueError, match="token") as caught:
        Token(value)
    assert SECRET not in repr(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_what_is_shown_has_no_place_for_a_token() -> None:
    """The entity has a version and two moments, nothing else of a token; new ones are active."""
    names = [field.name for field in fields(Integration)]
    told = ["token_version", "token_set_at", "token_last_used_at"]
    assert told == [name for name in names if "token" in name or "secret" in name]
    assert IntegrationStatus.ACTIVE is NewIntegration("n", new_id(), Token(SECRET)).status
