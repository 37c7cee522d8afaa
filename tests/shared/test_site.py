"""Which requests come from a page of another site."""

import pytest
from starlette.types import Scope

from remuner.shared.problems import Problem
from remuner.shared.site import Site


def _asked(scheme: str, host: str, *origins: str) -> Scope:
    headers = [(b"host", host.encode()), *((b"origin", origin.encode()) for origin in origins)]
    return {"scheme": scheme, "headers": headers}


def _foreign(site: Site, scope: Scope) -> bool:
    try:
        site.refuse_foreign(scope)
    except Problem as problem:
        return problem.code == "cross_site_request"
    return False


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "foreign"),
    [
        ("http", "remuner.test", "http://remuner.test", False),
        ("http", "remuner.test:80", "http://REMUNER.test", False),
        ("https", "remuner.test", "https://remuner.test:443", False),
        ("http", "127.0.0.1:8000", "http://127.0.0.1:8000", False),
        ("http", "internal:8000", "https://remuner.example.com", False),
        ("http", "remuner.test", "https://remuner.test", True),
        ("https", "remuner.test", "http://remuner.test", True),
        ("http", "remuner.test", "http://remuner.test:8080", True),
        ("http", "remuner.test", "http://remuner.test.evil.example", True),
        ("http", "remuner.test", "http://evil.example", True),
        ("http", "internal:8000", "http://remuner.example.com", True),
        ("http", "remuner.test", "null", True),
        ("http", "remuner.test", "", True),
    ],
)
def test_an_origin_is_the_request_s_own_or_the_public_one(
    scheme: str, host: str, origin: str, *, foreign: bool
) -> None:
    """Scheme, host and port, in any case; anything else is foreign, `null` too."""
    site = Site("https://remuner.example.com")
    assert foreign is _foreign(site, _asked(scheme, host, origin))


def test_without_an_origin_nothing_is_foreign() -> None:
    """Only browsers send one; of two, both must be right."""
    site = Site(None)
    assert not _foreign(site, _asked("http", "remuner.test"))
    assert _foreign(site, _asked("http", "remuner.test", "http://remuner.test", "http://evil.example"))
    assert _foreign(site, {"scheme": "http", "headers": [(b"origin", b"http://remuner.test")]})


@pytest.mark.parametrize(
    ("scheme", "public_url", "secure"),
    [
        ("http", None, False),
        ("https", None, True),
        ("http", "https://remuner.example.com", True),
        ("http", "http://remuner.example.com", False),
    ],
)
def test_it_is_secure_over_https(scheme: str, public_url: str | None, *, secure: bool) -> None:
    """By the request's own scheme or the public address."""
    assert secure is Site(public_url).is_secure({"scheme": scheme, "headers": []})
