"""The overview, the audit trail, and what the console says when the service cannot."""

from datetime import UTC, datetime

import asyncpg
import pytest
from playwright.async_api import expect
from tests.e2e.console.conftest import NewConsole, Served
from tests.e2e.console.driver import Console

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}


async def test_the_overview_counts_and_leads_to_the_lists(console: Console) -> None:
    """By status; the newest events are below."""
    ada = await console.made("users", **ADA)
    await console.made("users", first_name="Grace", last_name="Hopper", email="grace@example.com", status="inactive")
    await console.made("teams", name="Sales")
    await console.made("integrations", name="HubSpot", user_id=ada["id"], token="canary-7f3a")
    await console.open("/", "Overview")
    for name in ("People: 2", "Teams: 1", "Integrations: 1"):
        await expect(console.link(name)).to_be_visible()
    await expect(console.page.get_by_role("listitem").filter(has_text="HubSpot").first).to_contain_text(
        "Integration added"
    )
    await console.accessible()
    await console.link("Inactive: 1").click()
    await expect(console.row("Hopper")).to_be_visible()
    await expect(console.row("Lovelace")).to_be_hidden()
    await console.page.go_back()
    await console.link("Integrations: 1").click()
    await expect(console.row("HubSpot")).to_be_visible()
    await console.page.go_back()
    await console.link("See the audit trail").click()
    await expect(console.heading("Audit trail")).to_be_visible()


async def test_the_audit_trail_shows_old_and_new_values_and_is_filtered(console: Console) -> None:
    """By kind, by what was done, by who did it, by moment and by record, in the address."""
    begin = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    made = await console.made("users", **ADA)
    limits = {"methods": ["GET", "HEAD"]}
    scopes = ["users:write", "integrations:use"]
    key = await console.made("access-keys", name="Nightly", scopes=scopes, use_limits=limits)
    headers = {"Authorization": f"Bearer {key['secret']}"}
    console.secrets.append(key["secret"])
    await console.api.patch(f"/v1/users/{made['id']}", json={"status": "pending"}, headers=headers)
    await console.api.patch(f"/v1/users/{made['id']}", json={"status": "inactive"})
    integration = await console.made("integrations", name="HubSpot", user_id=made["id"], token="canary-7f3a")
    await console.api.patch(f"/v1/integrations/{integration['id']}", json={"token": "canary-7f3a-second"})
    await console.open(f"/audit-events?since={begin}", "Audit trail")
    await expect(console.row("Person changed").first).to_contain_text("Status: Pending → Inactive")
    await expect(console.row("Token replaced")).to_contain_text("Token: v1 → v2")
    await expect(console.row("Access key created")).to_contain_text("Limited to: Methods: GET, HEAD")
    await console.accessible()
    await console.choose("Kind", "Person")
    await expect(console.row("Token replaced")).to_be_hidden()
    await console.choose("What", "Person added")
    await expect(console.row("Person changed")).to_have_count(0)
    await console.page.reload()
    await expect(console.row("Person")).to_have_count(1)
    await console.link("Person added").click()
    await expect(console.row("Person")).to_have_count(3)
    assert f"resource_id={made['id']}" in console.page.url
    await console.field("To").fill("1999-01-01T00:00")
    await console.field("To").press("Tab")
    await console.says("Nothing matches.")
    assert "until=199" in console.page.url
    assert console.page.url.endswith("00.000Z")
    await console.page.go_back()
    await expect(console.row("Person")).to_have_count(3)
    await console.link("Nightly").click()
    await expect(console.row("Person")).to_have_count(1)
    assert f"key_id={key['id']}" in console.page.url
    await console.button("Clear filters").click()
    await expect(console.row("Token replaced").first).to_be_visible()


async def test_a_lost_connection_says_so_and_loses_nothing(console: Console) -> None:
    """What was typed stands; saving again works."""
    await console.open("/teams", "Teams")
    await console.button("Add a team").click()
    await console.field("Name").fill("Sales")
    await console.context.set_offline(True)
    await console.button("Save").click()
    await console.says("The service cannot be reached. Check your connection, then try again.")
    await console.accessible()
    await console.context.set_offline(False)
    await console.button("Save").click()
    await expect(console.row("Sales")).to_be_visible()


async def test_a_service_without_its_database_says_when_to_try_again(console: Console, served: Served) -> None:
    """The list has a button for it, and shows what is there once it can."""
    if served.database_url is None:
        pytest.skip("the database is somebody else's")
    await console.made("teams", name="Sales")
    name = served.database_url.rpartition("/")[2]
    server = await asyncpg.connect(served.database_url.replace(name, "postgres"))
    await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
    await console.link("Teams").first.click()
    await console.says("The service cannot answer right now.")
    await console.accessible()
    await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await server.close()
    await console.button("Try again").click()
    await expect(console.row("Sales")).to_be_visible()


async def test_a_right_that_is_missing_says_whom_to_ask(new_console: NewConsole) -> None:
    """A key that may keep integrations but not look for people: the field says so."""
    async with new_console() as console:
        made = await console.made("access-keys", name="Keeper", scopes=["integrations:read", "integrations:write"])
        await console.sign_in(made["secret"])
        await console.open("/integrations", "Integrations")
        await console.button("Add an integration").click()
        await console.page.get_by_role("dialog").get_by_role("combobox", name="Person", exact=True).fill("ada")
        await console.says("Your access key does not allow this. Ask whoever manages access keys for one that does.")


async def test_an_address_without_a_page_says_so(console: Console) -> None:
    """Inside the console; to the service, such an address is unknown."""
    await console.page.evaluate(
        "() => { history.pushState({}, '', '/nothing'); dispatchEvent(new PopStateEvent('popstate')) }"
    )
    await expect(console.heading("There is no such page")).to_be_visible()
    await console.accessible()
    await console.link("Go to the overview").click()
    await expect(console.heading("Overview")).to_be_visible()
