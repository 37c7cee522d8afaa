"""What passes between a caller and the destination of an integration, in both directions; the token is put in here.

Headers pass by lists of what is let through: whatever nobody has thought of stays here.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote

from remuner.integrations.domain.destinations import AuthType, Destination, fully_decoded
from remuner.integrations.domain.entities import Token
from remuner.shared.errors import InvalidInput
from remuner.shared.upstream import Headers


def _names(words: str) -> frozenset[bytes]:
    return frozenset(words.encode("ascii").split())


# `Range` is not among them: an echoed token could be read in halves, neither of which looks like it.
_OUT = _names("""
    accept accept-language content-encoding content-language content-length content-type idempotency-key if-match
    if-modified-since if-none-match if-unmodified-since odata-maxversion odata-version prefer user-agent
    """)
_OUT_BEGINNINGS = (b"mscrm", b"sforce-", b"stripe-", b"x-github-", b"x-hubspot-", b"x-pipedrive-", b"x-stripe-client-")
_IN = _names("""
    accept-ranges allow content-disposition content-language content-type etag expires idempotent-replayed
    last-modified link location odata-version original-request preference-applied request-id retry-after
    x-next-page x-oauth-scopes x-page x-per-page x-total x-total-count x-total-pages
    """)
_IN_BEGINNINGS = (b"ratelimit", b"sforce-", b"stripe-", b"x-github-", b"x-hubspot-", b"x-ratelimit-", b"x-slack-")
_CONTROLS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_QUERY = re.compile(rb"[!-~]*")
_SEPARATOR = re.compile(rb"([&;])")
_WORD_SEPARATORS = re.compile(rb"[-._ +]")
_NO_LETTERS = re.compile(rb"[^a-z0-9]")  # all the same to a server that hands headers on as variables

NEVER_INJECTED = _names("""
    accept-encoding connection content-length cookie expect host keep-alive proxy-authenticate proxy-authorization
    proxy-connection te trailer transfer-encoding upgrade
    """)
"""Headers that no token can stand in: they are about the connection."""


def outgoing_headers(headers: Headers, destination: Destination, token: Token) -> Headers:
    """Return what of the caller's headers goes to the destination, and the token; raises InvalidInput."""
    if any(_CONTROLS.search(value) for _, value in headers):
        raise InvalidInput("headers", "A header holds control characters.")
    injected = _injected_header(destination, token)
    own = injected[0] if injected else b"authorization"
    hop_by_hop = {name.strip().lower() for value in _values(headers, b"connection") for name in value.split(b",")}
    passed = [
        (name, value)
        for name, value in headers
        if (name in _OUT or name.startswith(_OUT_BEGINNINGS))
        and name not in hop_by_hop
        and _NO_LETTERS.sub(b"-", name) != _NO_LETTERS.sub(b"-", own)
    ]
    if all(name != b"user-agent" for name, _ in passed):
        passed.append((b"user-agent", b"remuner"))  # GitHub refuses calls without one
    # Not gzip: with an echoed token and a guess in one answer, its length would tell whether the guess is right.
    return [*passed, (b"accept-encoding", b"identity"), *([injected] if injected else [])]


def _injected_header(destination: Destination, token: Token) -> tuple[bytes, bytes] | None:
    auth, secret = destination.auth, token.reveal()
    match auth.type:
        case AuthType.BEARER:
            return b"authorization", f"{auth.name or 'Bearer'} {secret}".encode("ascii")
        case AuthType.BASIC:
            return b"authorization", b"Basic " + b64encode(_user_and_password(auth.username, secret))
        case AuthType.HEADER:
            return (auth.name or "").lower().encode("ascii"), secret.encode("ascii")
        case AuthType.QUERY:
            return None


def _user_and_password(username: str | None, secret: str) -> bytes:
    return (f"{secret}:x" if username is None else f"{username}:{secret}").encode()


def secrets_of(destination: Destination, token: Token) -> Iterable[str]:
    """Return what must not come back: the token, and what it was sent as, which an echo may encode once more."""
    secret, auth = token.reveal(), destination.auth
    if auth.type is AuthType.BASIC:
        pair = _user_and_password(auth.username, secret)
        return secret, pair.decode(), b64encode(pair).decode()
    if auth.type is AuthType.QUERY:
        return {secret, quote(secret, "")}
    return (secret,)


def target(destination: Destination, path: bytes, query: bytes, token: Token) -> bytes:
    """Return path and query of the call; `path` is a plain one that begins with a slash.

    Raises InvalidInput for a query with control characters. The caller's own parameter of the token's name is dropped,
    in whatever spelling.
    """
    if not _QUERY.fullmatch(query):
        raise InvalidInput("query", "The query holds characters that have to be percent-encoded.")
    name = destination.auth.name
    if destination.auth.type is AuthType.QUERY and name:
        query = b"&".join(filter(None, (_without(query, name), f"{quote(name)}={quote(token.reveal(), '')}".encode())))
    return destination.prefix + path + (b"?" + query if query else b"")


def _without(query: bytes, name: str) -> bytes:
    """Return the query without the parameter, as any server may read its name: `key`, `KEY`, `k%65y`, `key[]`."""
    pieces = _SEPARATOR.split(query)
    wanted = _plain_name(name.encode("ascii"))
    kept = [
        (pieces[i], separator)
        for i, separator in zip(range(0, len(pieces), 2), [b"", *pieces[1::2]], strict=True)
        if _plain_name(pieces[i].partition(b"=")[0]) not in {wanted, None}
    ]
    return b"".join((separator if i else b"") + piece for i, (piece, separator) in enumerate(kept))


def _plain_name(name: bytes) -> bytes | None:
    """Return None for a name that could be any, since it is encoded over and over."""
    decoded = fully_decoded(name)
    if decoded is None:
        return None
    bare = re.split(rb"[\[\x00]", decoded, maxsplit=1)[0].strip()
    return _WORD_SEPARATORS.sub(b"_", bare.lower())


def incoming_headers(headers: Headers) -> Headers:
    """Return what of the destination's headers goes back; none of them can be one of the service's own."""
    hop_by_hop = {name.strip().lower() for value in _values(headers, b"connection") for name in value.split(b",")}
    return [
        (name, value)
        for name, value in headers
        if (name in _IN or name.startswith(_IN_BEGINNINGS)) and name not in hop_by_hop and not _CONTROLS.search(value)
    ]


def _values(headers: Headers, name: bytes) -> list[bytes]:
    return [value for each, value in headers if each == name]
