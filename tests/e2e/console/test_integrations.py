"""Integrations and their tokens, access keys and their secrets: what goes in or is shown once, and never again."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect
from tests.e2e.console.conftest import NewConsole, OtherSystem, Served
from tests.e2e.console.driver import Console

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}
TOKENS = ["canary-7f3a-first", "canary-7f3a-second", "canary-7f3a-third"]


async def nowhere(console: Console, *secrets: str) -> None:
    """The page has none of them, neither as text, nor as an attribute, nor in a field."""
    console.secrets += secrets
    found = await console.page.evaluate(
        "() => document.documentElement.outerHTML + [...document.querySelectorAll('input')].map(({ value }) => value)"
    )
    assert [] == [secret for secret in secrets if secret in found]


async def choose_hubspot(console: Console) -> None:
    """Its preset fills the destination; another's address has to be completed, and nothing wrong stays folded away."""
    await console.choose("Destination", "Salesforce")
    await console.button("Save").click()
    await console.says("Replace the part in braces by your own.")
    await console.choose("Destination", "HubSpot")
    await expect(console.field("Address")).to_have_value("https://api.hubapi.com")
    documentation = console.link("Documentation (in a new tab)")
    assert "noopener noreferrer" == await documentation.get_attribute("rel")
    advanced = console.page.get_by_text("Advanced: how the token is verified")
    await advanced.click()
    await expect(console.field("Path")).to_have_value("/account-info/v3/details")
    await console.field("Path").fill("v3")
    await advanced.click()
    await console.button("Save").click()
    await console.says("This is not a path such as /v3/account.")
    await console.field("Path").fill("/account-info/v3/details")


async def test_a_token_goes_in_and_never_comes_out(console: Console) -> None:
    """It is typed, sent and gone; replacing it starts from an empty field and raises the version.

    A preset fills the destination; to another address goes only a token that comes with it.
    """
    await console.made("users", **ADA)
    await console.open("/integrations", "Integrations")
    await console.says("No integrations yet.")
    await console.button("Add an integration").click()
    await console.button("Save").click()
    await expect(console.page.get_by_text("This is needed.")).to_have_count(3)
    await console.field("Name").fill("HubSpot")
    await console.choose("Person", "Ada Lovelace", typed="ada")
    token = console.field("Token")
    assert ("password", "off") == (await token.get_attribute("type"), await token.get_attribute("autocomplete"))
    await token.fill("*****")
    await console.says("This is a mask, not a token. Paste the token itself.")
    await token.fill(TOKENS[0])
    await choose_hubspot(console)
    await console.accessible()
    await console.button("Save").click()
    await expect(console.row("HubSpot")).to_contain_text("Version 1, set")
    await nowhere(console, *TOKENS)
    await console.button("Details of HubSpot").click()
    await console.says("https://api.hubapi.com · Bearer token · GET /account-info/v3/details")
    await console.edit("HubSpot")
    replaced = console.field("Replace the token")
    await expect(replaced).to_have_value("")
    await console.says("The old one is erased as soon as you save.")
    await console.accessible()
    await console.field("Address").fill("http://api.hubapi.com")
    await replaced.fill(TOKENS[1])
    await console.button("Save").click()
    await console.says("Write it as https://api.example.com/v1.")
    await console.button("Cancel").click()
    await nowhere(console, *TOKENS)
    await console.edit("HubSpot")
    await expect(replaced).to_have_value("")
    await console.field("Address").fill("https://api.hubapi.com/crm")
    await console.button("Save").click()
    await console.says("A new destination needs its token: the old one never goes to a new address.")
    await console.accessible()
    await replaced.fill(TOKENS[2])
    await console.button("Save").click()
    await expect(console.row("HubSpot").first).to_contain_text("Version 2, set")
    await console.says("https://api.hubapi.com/crm · Bearer token")
    await nowhere(console, *TOKENS)


async def test_an_integration_is_given_to_somebody_else_stopped_and_deleted(console: Console) -> None:
    """Its token stays as it is."""
    ada = await console.made("users", **ADA)
    grace = await console.made("users", first_name="Grace", last_name="Hopper", email="grace@example.com")
    made = await console.made("integrations", name="Stripe", user_id=ada["id"], token=TOKENS[0])
    await console.open("/integrations", "Integrations")
    await console.edit("Stripe")
    await console.choose("Person", "Grace Hopper", typed="hopper")
    await console.choose("Status", "Inactive")
    await console.button("Save").click()
    await expect(console.row("Stripe")).to_contain_text("Inactive")
    kept = (await console.api.get(f"/v1/integrations/{made['id']}")).json()
    assert (grace["id"], "inactive", 1) == (kept["user"]["id"], kept["status"], kept["token_version"])
    await console.choose("Status", "Active")
    await console.says("Nothing matches.")
    await console.button("Clear filters").click()
    await console.choose("Person", "Grace Hopper", typed="grace")
    await expect(console.page).to_have_url(f"{console.url}/integrations?user_id={grace['id']}")
    await console.delete("Stripe")
    await expect(console.row("Stripe")).to_be_hidden()


async def test_a_token_is_verified_and_its_uses_are_told(
    console: Console, other_system: OtherSystem, served: Served
) -> None:
    """The result is said, and stays in the list; the audit trail tells of each call in words."""
    if served.database_url is None:
        pytest.skip("a service of somebody else's may not call this machine")
    ada = await console.made("users", **ADA)
    destination = {
        "base_url": f"http://127.0.0.1:{other_system.port}/crm",
        "auth": {"type": "header", "name": "x-api-token"},
        "verify": {"path": "/me"},
    }
    made = await console.made("integrations", name="CRM", user_id=ada["id"], token=TOKENS[0], destination=destination)
    await console.api.get(f"/v1/integrations/{made['id']}/proxy/people")
    await console.open("/integrations", "Integrations")
    await expect(console.row("CRM")).to_contain_text("Never")
    await console.button("Details of CRM").click()
    for status, result in ((200, "Valid"), (401, "Rejected")):
        other_system.status = status
        await console.button("Verify").click()
        await console.says(f"Verification: {result} ({status})")
        await expect(console.row("CRM").first).to_contain_text(result)
        await console.accessible()
    await console.link("See its uses").click()
    use = console.row("Other system called")
    for told in ("GET /crm/people · Status: 200 · Milliseconds: ", "Bytes received: 2"):
        await expect(use).to_contain_text(told)
    assert f"resource_id={made['id']}" in console.page.url


async def test_an_access_key_shows_its_secret_once(console: Console, new_console: NewConsole) -> None:
    """With a button that copies it; it opens what was ticked, and nothing shows it again."""
    await console.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await console.open("/access-keys", "Access keys")
    await console.button("Create an access key").click()
    await console.button("Save").click()
    await expect(console.page.get_by_text("This is needed.")).to_have_count(2)
    await console.accessible()
    await console.field("Name").fill("Nightly export")
    await console.page.get_by_role("checkbox", name="See people and teams").check()
    ends = datetime.now(UTC) + timedelta(days=2)
    await console.page.get_by_label("Expires").fill(ends.strftime("%Y-%m-%dT%H:%M"))
    await console.button("Save").click()
    await console.says("It is shown this once.")
    await console.accessible()
    secret = re.findall(r"rk_[\w-]+", await console.page.get_by_role("dialog").inner_text())[0]
    await console.button("Copy").click()
    await console.says("Copied.")
    assert secret == await console.page.evaluate("() => navigator.clipboard.readText()")
    await console.button("I have copied it").click()
    await expect(console.row("Nightly export")).to_contain_text("users:read")
    await nowhere(console, secret)
    async with new_console() as other:
        await other.sign_in(secret)
        await expect(other.link("Integrations")).to_have_count(0)
        await console.edit("Nightly export")
        await console.choose("Status", "Inactive")
        await console.button("Save").click()
        await expect(console.row("Nightly export")).to_contain_text("Inactive")
        await console.settled()
        await other.link("Teams").first.click()
        await other.says("Your session has ended.")
    await console.delete("Nightly export")
    await expect(console.row("Nightly export")).to_be_hidden()


async def test_a_moment_that_is_past_is_told_at_its_field(console: Console) -> None:
    """The service's own refusal, in words."""
    await console.open("/access-keys", "Access keys")
    await console.button("Create an access key").click()
    await console.field("Name").fill("Late")
    await console.page.get_by_role("checkbox", name="Read the audit trail").check()
    await console.page.get_by_label("Expires").fill("2020-01-01T00:00")
    await console.button("Save").click()
    await console.says("Choose a moment in the future.")


async def test_the_key_one_is_signed_in_with_cannot_delete_itself(new_console: NewConsole) -> None:
    """The list marks it, tells what it is limited to, and does not offer it."""
    async with new_console() as console:
        limits = {"methods": ["GET", "HEAD"], "path_prefix": "/crm"}
        scopes = ["access:manage", "integrations:use"]
        made = await console.made("access-keys", name="Mine", scopes=scopes, use_limits=limits)
        await console.sign_in(made["secret"])
        await console.open("/access-keys", "Access keys")
        await console.says("You are signed in with this key.")
        await console.says("Limited to: Methods: GET, HEAD; Paths below: /crm")
        await expect(console.button("Edit Mine")).to_be_visible()
        await expect(console.button("Delete Mine")).to_have_count(0)
