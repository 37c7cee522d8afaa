"""Vendors' own SDKs that call their systems through the proxy, with an access key of this service as their token."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
import pytest_asyncio
import stripe
from github import Auth, BadCredentialsException, Github, UnknownObjectException
from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass, Requester
from hubspot import HubSpot
from hubspot.crm.contacts import SimplePublicObjectInputForCreate
from hubspot.crm.contacts.exceptions import NotFoundException, UnauthorizedException
from tests.conftest import ADMIN_KEY, new_database
from tests.e2e.service import Service
from tests.e2e.vendors import NAMES, TOKENS, Vendors
from tests.integrations.factories import integration_body
from tests.users.factories import user_body


@dataclass(frozen=True)
class Proxy:
    """A service with an integration for each vendor, and an access key that may use their tokens."""

    vendors: Vendors
    admin: httpx2.Client
    key: str
    user_id: str

    def integrate(self, provider: str, token: str) -> str:
        """Make an integration and return the address that stands for its destination."""
        where = {"provider": provider, "destination": {"base_url": self.vendors.url}}
        body = integration_body(self.user_id, token=token, **where)
        return f"{self.admin.base_url}/v1/integrations/{_made(self.admin, 'integrations', body)['id']}/proxy"


def _made(admin: httpx2.Client, resource: str, body: dict[str, object]) -> dict[str, Any]:
    answer = admin.post(f"/v1/{resource}", json=body)
    assert 201 == answer.status_code, answer.text
    made: dict[str, Any] = answer.json()
    return made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proxy(server_url: str, keyset_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Proxy]:
    """One service for all of these tests."""
    async with new_database(server_url) as url:
        with ExitStack() as stack:
            vendors = stack.enter_context(Vendors())
            env = {"REMUNER_DATABASE_URL": url, "REMUNER_KEYSET_FILE": str(keyset_file), "REMUNER_ADMIN_KEY": ADMIN_KEY}
            env["REMUNER_EGRESS_ALLOW"] = vendors.url.removeprefix("http://")
            service = stack.enter_context(Service(tmp_path_factory.mktemp("sdks"), env=env))
            await asyncio.to_thread(service.start)
            headers = {"Authorization": f"Bearer {ADMIN_KEY}"}
            admin = stack.enter_context(httpx2.Client(base_url=service.url, headers=headers, verify=False))
            key = _made(admin, "access-keys", {"name": "sdks", "scopes": ["integrations:use"]})["secret"]
            yield Proxy(vendors, admin, key, _made(admin, "users", user_body())["id"])


@pytest.fixture(autouse=True)
def no_leak(proxy: Proxy) -> Iterator[None]:
    """No vendor ever sees a key of this service."""
    proxy.vendors.seen.clear()
    yield
    assert proxy.vendors.seen
    assert [] == [call for call in proxy.vendors.seen if "rk_" in call]


@pytest.fixture
def stripe_client(proxy: Proxy) -> Iterator[stripe.StripeClient]:
    """Stripe's client, whose base address is the proxy's."""
    http = stripe.RequestsClient()
    base = proxy.integrate("stripe", TOKENS["stripe"])
    yield stripe.StripeClient(proxy.key, base_addresses={"api": base}, http_client=http, max_network_retries=2)
    http.close()  # type: ignore[no-untyped-call]


def test_stripe_reads_and_pages(stripe_client: stripe.StripeClient) -> None:
    """The balance, and all customers, of whom a page holds two."""
    assert 666670 == stripe_client.v1.balance.retrieve().available[0].amount
    customers = stripe_client.v1.customers.list({"limit": 2})
    assert NAMES == [each.name for each in customers.auto_paging_iter()]


def test_stripe_writes_once_for_an_idempotency_key(stripe_client: stripe.StripeClient) -> None:
    """A form goes there as it is, and a repeated call is recognised by what stands in its headers and its answer's."""
    made = [
        stripe_client.v1.customers.create(
            {"name": "Ada & Søn", "email": "ada@example.com"},
            {"idempotency_key": "once", "stripe_version": "2026-01-01"},
        )
        for _ in range(2)
    ]
    assert [("cus_6", "Ada & Søn", "ada@example.com")] * 2 == [(each.id, each.name, each.email) for each in made]
    answers = [each.last_response for each in made]
    assert [None, "true"] == [answer and answer.headers.get("Idempotent-Replayed") for answer in answers]
    assert {"2026-01-01"} == {answer and answer.headers["Stripe-Version"] for answer in answers}


def test_stripe_tells_its_own_errors(stripe_client: stripe.StripeClient) -> None:
    """A declined card is the SDK's exception with the request's id."""
    with pytest.raises(stripe.CardError) as declined:
        stripe_client.v1.payment_intents.create({"amount": 2000, "currency": "usd"})
    error = declined.value
    assert (402, "card_declined", "req_1") == (error.http_status, error.code, error.request_id)


def test_stripe_does_not_repeat_what_it_is_told_not_to(proxy: Proxy, stripe_client: stripe.StripeClient) -> None:
    """An error of Stripe's own with `Stripe-Should-Retry: false` is asked for once."""
    with pytest.raises(stripe.APIError):
        stripe_client.v1.refunds.create({"charge": "ch_1"})
    assert 1 == len(proxy.vendors.seen)


@pytest.fixture
def hubspot(proxy: Proxy) -> Callable[..., HubSpot]:
    """HubSpot's client, whose host is the proxy."""
    return lambda token=TOKENS["hubspot"], key=proxy.key: HubSpot(
        access_token=key, host=proxy.integrate("hubspot", token)
    )


def test_hubspot_pages_and_writes(hubspot: Callable[..., HubSpot]) -> None:
    """All contacts, of whom a page holds two, and another one."""
    contacts = hubspot().crm.contacts
    assert NAMES == [each.properties["firstname"] for each in contacts.get_all()]
    new = SimplePublicObjectInputForCreate(properties={"firstname": "Søren"})
    made = contacts.basic_api.create(simple_public_object_input_for_create=new)
    assert ("6", "Søren") == (made.id, made.properties["firstname"])


def test_hubspot_tells_its_own_errors_from_the_proxys(hubspot: Callable[..., HubSpot]) -> None:
    """A missing contact and a token that HubSpot refuses are marked as its answers; a wrong access key is not."""
    with pytest.raises(NotFoundException) as missing:
        hubspot().crm.contacts.basic_api.get_by_id("404")
    with pytest.raises(UnauthorizedException) as refused:
        hubspot(token="pat-eu1-revoked").crm.contacts.basic_api.get_page()
    with pytest.raises(UnauthorizedException) as unknown:
        hubspot(key="rk_unknown").crm.contacts.basic_api.get_page()
    headers = [each.value.headers.get("X-Remuner-Upstream") for each in (missing, refused, unknown)]
    assert ["true", "true", None] == headers
    assert '"category": "INVALID_AUTHENTICATION"' in refused.value.body
    assert '"code":"unauthenticated"' in unknown.value.body


@pytest.fixture
def github(proxy: Proxy) -> Iterator[Callable[..., Github]]:
    """PyGithub, which believes to talk to GitHub, since it follows the addresses in GitHub's answers.

    Those in a `Link` or in a document are GitHub's own. With the proxy as its base PyGithub refuses them, and a client
    that did not would show them the access key: it is the connections that have to go to the proxy.
    """
    opened = ExitStack()

    def client(token: str = TOKENS["github"]) -> Github:
        connections = _connections_to(proxy.integrate("github", token))
        Requester.injectConnectionClasses(connections, HTTPSRequestsConnectionClass)
        # Tokens of apps are those that it sends as Bearer.
        auth = Auth.AppAuthToken(proxy.key)
        return opened.enter_context(Github(base_url=proxy.vendors.url, auth=auth, seconds_between_requests=None))

    yield client
    opened.close()
    Requester.resetConnectionClasses()


def _connections_to(address: str) -> type[HTTPRequestsConnectionClass]:
    proxy = urlsplit(address)

    class Connection(HTTPRequestsConnectionClass):
        def __init__(self, host: str, port: int | None = None, **options: Any) -> None:  # noqa: ANN401, ARG002
            super().__init__(str(proxy.hostname), proxy.port, **options)

        def request(self, verb: str, url: str, *rest: Any) -> None:  # noqa: ANN401
            super().request(verb, f"{proxy.path}{url}", *rest)

    return Connection


def test_github_follows_its_links(github: Callable[..., Github]) -> None:
    """The user, a repository, its issues page by page, and what hangs on one of them by an address in the document."""
    client = github()
    assert "The Octocat" == client.get_user().name
    issues = list(client.get_repo("octocat/hello").get_issues())
    assert NAMES == [issue.title for issue in issues]
    assert ["Done."] == [comment.body for comment in issues[-1].get_comments()]


def test_github_tells_its_own_errors(github: Callable[..., Github]) -> None:
    """What is missing, and a token that GitHub refuses."""
    with pytest.raises(UnknownObjectException):
        github().get_repo("octocat/missing")
    with pytest.raises(BadCredentialsException):
        github(token="ghp_revoked").get_repo("octocat/hello")
