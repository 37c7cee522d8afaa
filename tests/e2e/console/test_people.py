"""People and teams, as an operator keeps them."""

import pytest
from playwright.async_api import Request, expect
from tests.e2e.console.driver import Console

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}


async def test_a_person_is_added_with_a_team_that_was_found_by_typing(console: Console) -> None:
    """Every state is accessible; what is missing is told before anything is sent, what is taken after it."""
    await console.made("teams", name="Sales EMEA")
    await console.made("users", **ADA)
    await console.open("/users", "People")
    await console.button("Add a person").click()
    await console.accessible()
    await console.button("Save").click()
    await expect(console.page.get_by_text("This is needed.")).to_have_count(3)
    await console.accessible()
    await console.field("First name").fill("Grace")
    await console.field("Last name").fill("Hopper")
    await console.field("Email").fill("grace@")
    await console.button("Save").click()
    await console.says("This is not an email address, such as ada@example.com.")
    await console.field("Email").fill("ADA@example.com")
    await console.choose("Teams", "Sales EMEA", typed="emea")
    await console.page.keyboard.press("Escape")
    await console.button("Save").click()
    await console.says("Somebody has this email already.")
    await console.accessible()
    await console.field("Email").fill("grace@example.com")
    await console.button("Save").click()
    await expect(console.row("grace@example.com")).to_be_visible()
    await console.says("2 in all")
    kept = (await console.api.get("/v1/users", params={"q": "grace"})).json()["items"][0]
    assert ("Grace", "active", ["Sales EMEA"]) == (
        kept["first_name"],
        kept["status"],
        [team["name"] for team in kept["teams"]],
    )


async def test_a_person_is_changed_and_only_what_was_changed_is_sent(console: Console) -> None:
    """Status and teams too; saving nothing sends nothing."""
    team = await console.made("teams", name="Sales")
    made = await console.made("users", **ADA, team_ids=[team["id"]])
    sent: list[str | None] = []

    def note(request: Request) -> None:
        if request.method == "PATCH":
            sent.append(request.post_data)

    console.page.on("request", note)
    await console.open("/users", "People")
    for change in (False, True):
        await console.edit("Ada Lovelace")
        if change:
            await console.choose("Status", "Pending")
        await console.button("Save").click()
        await expect(console.page.get_by_role("dialog")).to_be_hidden()
    assert ['{"status":"pending"}'] == sent
    kept = (await console.api.get(f"/v1/users/{made['id']}")).json()
    assert ("pending", 1) == (kept["status"], len(kept["teams"]))


async def test_what_somebody_else_changed_meanwhile_is_shown_and_ones_own_change_can_be_saved(console: Console) -> None:
    """Nobody's change is lost unseen; or theirs are taken."""
    made = await console.made("users", **ADA)
    await console.open("/users", "People")
    await console.edit("Ada Lovelace")
    await console.field("Last name").fill("King")
    await console.api.patch(f"/v1/users/{made['id']}", json={"first_name": "Augusta", "status": "inactive"})
    await console.button("Save").click()
    await console.says("Somebody else changed this meanwhile.")
    changed = console.page.get_by_role("dialog").get_by_role("listitem")
    assert ["First name: Ada → Augusta", "Status: Active → Inactive"] == await changed.all_inner_texts()
    await console.accessible()
    await console.button("Save my changes anyway").click()
    await expect(console.row("Augusta King")).to_be_visible()
    await console.edit("Augusta King")
    await console.field("First name").fill("Ada")
    await console.api.patch(f"/v1/users/{made['id']}", json={"last_name": "Byron"})
    await console.button("Save").click()
    await console.button("Take theirs").click()
    await expect(console.field("First name")).to_have_value("Augusta")
    await expect(console.field("Last name")).to_have_value("Byron")


async def test_a_person_with_active_integrations_is_deleted_after_these_were_deactivated(console: Console) -> None:
    """The refusal lists them with links and offers it."""
    made = await console.made("users", **ADA)
    for name in ("HubSpot", "Stripe"):
        await console.made("integrations", name=name, user_id=made["id"], token="canary-7f3a")
    await console.open("/users", "People")
    await console.button("Delete Ada Lovelace").click()
    dialog = console.page.get_by_role("alertdialog")
    await expect(dialog.get_by_text("This cannot be undone.")).to_be_visible()
    await console.accessible()
    await dialog.get_by_role("button", name="Delete", exact=True).click()
    await console.says("This person has active integrations.")
    await expect(dialog.get_by_role("link")).to_have_count(2)
    assert ["HubSpot", "Stripe"] == sorted(await dialog.get_by_role("link").all_inner_texts())
    await console.accessible()
    await console.button("Deactivate them and delete").click()
    await console.says("No people yet.")
    assert 404 == (await console.api.get(f"/v1/users/{made['id']}")).status_code


async def test_a_list_is_searched_filtered_and_sorted_in_its_address(console: Console) -> None:
    """A view can be shared; going back shows the one before; what matches nothing says so."""
    team = await console.made("teams", name="Sales")
    await console.made("users", **ADA, team_ids=[team["id"]])
    await console.made("users", first_name="Grace", last_name="Hopper", email="grace@example.com", status="inactive")
    await console.open("/users", "People")
    await console.page.get_by_role("button", name="Name").click()
    await expect(console.page).to_have_url(f"{console.url}/users?sort=last_name")
    await console.page.get_by_role("button", name="Name").click()
    await expect(console.page).to_have_url(f"{console.url}/users?sort=-last_name")
    await expect(console.page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "descending")
    await expect(console.row("@example.com").first).to_contain_text("Lovelace")
    await console.page.go_back()
    await expect(console.row("@example.com").first).to_contain_text("Hopper")
    await console.page.get_by_role("searchbox", name="Search").fill("lovel")
    await expect(console.row("Hopper")).to_be_hidden()
    await expect(console.page).to_have_url(f"{console.url}/users?sort=last_name&q=lovel")
    await console.page.reload()
    await expect(console.row("Lovelace")).to_be_visible()
    await expect(console.row("Hopper")).to_be_hidden()
    await console.choose("Status", "Inactive")
    await console.says("Nothing matches.")
    await console.accessible()
    await console.page.go_back()
    await expect(console.row("Lovelace")).to_be_visible()
    await console.page.go_forward()
    await console.button("Clear filters").click()
    await expect(console.row("@example.com")).to_have_count(2)
    await console.choose("Team", "Sales", typed="sal")
    await expect(console.row("@example.com")).to_have_count(1)
    await console.page.reload()
    await expect(console.page.get_by_role("combobox", name="Team")).to_have_value("Sales")


async def test_a_list_is_paged_by_the_service(console: Console) -> None:
    """Forward, back and to the first; the browser's own way back works too."""
    for number in range(26):
        await console.made("users", first_name="N", last_name=f"Number {number:02}", email=f"n{number}@example.com")
    await console.open("/users", "People")
    await console.says("26 in all")
    await expect(console.row("@example.com")).to_have_count(25)
    await console.button("Next page").click()
    await expect(console.row("@example.com")).to_have_count(1)
    await expect(console.row("Number 25")).to_be_visible()
    await console.accessible()
    await console.button("Previous page").click()
    await expect(console.row("@example.com")).to_have_count(25)
    await console.button("Next page").click()
    await expect(console.row("Number 25")).to_be_visible()
    await console.page.go_back()
    await expect(console.row("@example.com")).to_have_count(25)
    await console.page.go_forward()
    await console.button("First page").click()
    await expect(console.row("@example.com")).to_have_count(25)


async def test_the_details_of_a_person_lead_to_teams_and_integrations(console: Console) -> None:
    """Both by name, each a link to what it names."""
    team = await console.made("teams", name="Sales")
    made = await console.made("users", **ADA, team_ids=[team["id"]])
    await console.made("integrations", name="HubSpot", user_id=made["id"], token="canary-7f3a")
    await console.open("/users", "People")
    await console.button("Details of Ada Lovelace").click()
    await console.accessible()
    await console.link("Sales").click()
    await expect(console.page).to_have_url(f"{console.url}/users?team_id={team['id']}")
    await console.page.get_by_role("link", name="HubSpot").click()
    await expect(console.heading("Integrations")).to_be_visible()
    await expect(console.row("HubSpot")).to_be_visible()


async def test_a_team_is_added_with_people_renamed_changed_and_deleted(console: Console) -> None:
    """People are put in and taken out in the row's details."""
    await console.made("users", **ADA)
    await console.made("users", first_name="Grace", last_name="Hopper", email="grace@example.com")
    await console.open("/teams", "Teams")
    await console.says("No teams yet.")
    await console.accessible()
    await console.button("Add a team").click()
    await console.field("Name").fill("Sales")
    await console.choose("People", "Ada Lovelace", typed="love")
    await console.page.keyboard.press("Escape")
    await console.accessible()
    await console.button("Save").click()
    await console.button("Details of Sales").click()
    await expect(console.link("Ada Lovelace")).to_be_visible()
    await console.choose("Add a person to the team", "Grace Hopper", typed="grace")
    await expect(console.link("Grace Hopper")).to_be_visible()
    await expect(console.row("Sales").first).to_contain_text("2")
    await console.accessible()
    await console.button("Take Ada Lovelace out of the team").click()
    await expect(console.link("Ada Lovelace")).to_be_hidden()
    await console.edit("Sales")
    await console.field("Name").fill("Sales EMEA")
    await console.button("Save").click()
    await console.delete("Sales EMEA")
    await console.says("No teams yet.")
