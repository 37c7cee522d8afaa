"""How an integration gets its destination over HTTP, by hand or from a provider."""

from typing import Any

from tests.conftest import Client
from tests.integrations.factories import BEARER, integration_body, post_integration
from tests.users.factories import post_user

URL = "https://api.example.com/v1"
BAD: list[tuple[dict[str, Any], str]] = [
    ({"destination": {}}, "/destination/base_url"),
    ({"destination": {"base_url": URL}}, "/destination/auth"),
    ({"destination": {"auth": BEARER}}, "/destination/base_url"),
    ({"destination": {"base_url": "http://api.example.com", "auth": BEARER}}, "/destination/base_url"),
    ({"destination": {"base_url": "https://user:canary@api.example.com", "auth": BEARER}}, "/destination/base_url"),
    ({"destination": {"base_url": "https://canary.example/?q", "auth": BEARER}}, "/destination/base_url"),
    ({"destination": {"base_url": f"https://a.example/{'x' * 500}", "auth": BEARER}}, "/destination/base_url"),
    ({"destination": {"base_url": URL, "auth": {"type": "canary"}}}, "/destination/auth/type"),
    ({"destination": {"base_url": URL, "auth": {"type": "header"}}}, "/destination/auth"),
    ({"destination": {"base_url": URL, "auth": {"type": "query"}}}, "/destination/auth"),
    ({"destination": {"base_url": URL, "auth": {"type": "header", "name": "a\r\nb"}}}, "/destination/auth/name"),
    ({"destination": {"base_url": URL, "auth": {"type": "header", "name": "Host"}}}, "/destination/auth"),
    ({"destination": {"base_url": URL, "auth": {"type": "header", "name": "Transfer-Encoding"}}}, "/destination/auth"),
    ({"destination": {"base_url": URL, "auth": {"type": "basic", "name": "x"}}}, "/destination/auth"),
    ({"destination": {"base_url": URL, "auth": {"type": "bearer", "username": "x"}}}, "/destination/auth"),
    ({"destination": {"base_url": URL, "auth": {"type": "basic", "username": "a:b"}}}, "/destination/auth/username"),
    ({"destination": {"base_url": URL, "auth": {**BEARER, "canary": 1}}}, "/destination/auth"),
    ({"destination": {"base_url": URL, "auth": BEARER, "verify": {}}}, "/destination/verify/path"),
    ({"destination": {"base_url": URL, "auth": BEARER, "verify": {"path": "x"}}}, "/destination/verify/path"),
    ({"destination": {"base_url": URL, "auth": BEARER, "verify": {"path": "/../x"}}}, "/destination/verify/path"),
    ({"destination": {"base_url": URL, "auth": BEARER, "verify": {"path": "//x"}}}, "/destination/verify/path"),
    (
        {"destination": {"base_url": URL, "auth": BEARER, "verify": {"path": "/x", "method": "PUT"}}},
        "/destination/verify/method",
    ),
    (
        {"destination": {"base_url": URL, "auth": BEARER, "verify": {"path": "/x", "valid": []}}},
        "/destination/verify/valid",
    ),
    (
        {"destination": {"base_url": URL, "auth": BEARER, "verify": {"path": "/x", "valid": [42]}}},
        "/destination/verify/valid/0",
    ),
    (
        {"destination": {"base_url": URL, "auth": BEARER, "verify": {"path": "/x", "rejected": [200]}}},
        "/destination/verify",
    ),
    ({"provider": "canary"}, "/provider"),
    ({"provider": "salesforce"}, "/destination/base_url"),
]


async def test_a_destination_is_shown_as_it_was_given(client: Client) -> None:
    """In its normal form; what was left out of `verify` is filled in, what has no use is not there."""
    user_id = (await post_user(client))["id"]
    given = {"base_url": "HTTPS://API.Example.com:443/v1/", "auth": {"type": "query", "name": "key"}}
    made = await post_integration(client, user_id, destination={**given, "verify": {"path": "/me"}})
    verify = {"method": "GET", "path": "/me", "valid": [200], "rejected": [401]}
    shown = {"base_url": URL, "auth": {"type": "query", "name": "key"}, "verify": verify}
    assert shown == made["destination"]
    assert made == (await client.get(f"/v1/integrations/{made['id']}")).json()
    assert made == (await client.get("/v1/integrations")).json()["items"][0]
    other = await post_integration(client, user_id, destination=shown | {"verify": None})
    assert {"base_url": URL, "auth": {"type": "query", "name": "key"}} == other["destination"]


async def test_what_cannot_be_a_destination_is_refused(client: Client) -> None:
    """422 with a pointer to the field and nothing of what was sent, on both ways in."""
    user_id = (await post_user(client))["id"]
    made = await post_integration(client, user_id)
    for given, pointer in BAD:
        for method, path in (("POST", "/v1/integrations"), ("PATCH", f"/v1/integrations/{made['id']}")):
            body = integration_body(user_id) | given
            answer = await client.request(method, path, json=body)
            found = [each["pointer"] for each in answer.json()["errors"]]
            assert (422, [pointer]) == (answer.status_code, found), (method, given)
            assert "canary" not in answer.text
    assert made == (await client.get(f"/v1/integrations/{made['id']}")).json()


async def test_a_provider_fills_in_what_is_left_out(client: Client) -> None:
    """As GET /v1/providers lists them; of those with an address for each customer, that has to be given."""
    user_id = (await post_user(client))["id"]
    listed = {each["id"]: each for each in (await client.get("/v1/providers")).json()["items"]}
    names = ("base_url", "auth", "verify")
    for provider, preset in listed.items():
        own = {"destination": {"base_url": "https://acme.example"}} if "{" in preset["base_url"] else {}
        made = await post_integration(client, user_id, provider=provider, **own)
        filled = {name: preset[name] for name in names if name in preset} | own.get("destination", {})
        assert filled == made["destination"]
    assert {"name": "HubSpot", "documentation": "https://developers.hubspot.com/docs/api/private-apps"}.items() <= (
        listed["hubspot"].items()
    )
    verify = {"method": "HEAD", "path": "/x", "valid": [204], "rejected": [403]}
    made = await post_integration(client, user_id, provider="github", destination={"verify": verify})
    assert {"base_url": "https://api.github.com", "auth": BEARER, "verify": verify} == made["destination"]
    made = await post_integration(client, user_id, provider="github", destination={"verify": None})
    assert {"base_url": "https://api.github.com", "auth": BEARER} == made["destination"]


async def test_a_destination_comes_and_goes_with_a_token(client: Client) -> None:
    """Set, changed and removed, each time with a new one; the revision grows, the audit trail tells it."""
    made = await post_integration(client, (await post_user(client))["id"])
    path = f"/v1/integrations/{made['id']}"
    steps: list[tuple[dict[str, Any], dict[str, Any] | None]] = [
        ({"destination": {"base_url": URL, "auth": BEARER}}, {"base_url": URL, "auth": BEARER}),
        ({"provider": "slack"}, {"base_url": "https://slack.com/api", "auth": BEARER}),
        ({"destination": None}, None),
    ]
    for number, (change, shown) in enumerate(steps):
        assert 422 == (await client.patch(path, json=change)).status_code
        answer = await client.patch(path, json={**change, "token": f"tok-{number}"})
        assert (200, shown, number + 2) == (
            answer.status_code,
            answer.json()["destination"],
            answer.json()["token_version"],
        )
        assert answer.headers["etag"].startswith(f'"{number + 2}.')
    told = [each["changes"] for each in (await client.get("/v1/audit-events")).json()["items"]]
    assert {
        "token": {"version": [3, 4]},
        "base_url": ["https://slack.com/api", None],
        "auth_type": ["bearer", None],
    } == told[0]
    assert {"token": {"version": [2, 3]}, "base_url": [URL, "https://slack.com/api"]} == told[1]
