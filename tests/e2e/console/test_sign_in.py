"""Signing in and out, and what a key is offered."""

import pytest
from playwright.async_api import expect
from tests.e2e.console.conftest import NewConsole, Served
from tests.e2e.console.driver import Console

pytestmark = pytest.mark.asyncio(loop_scope="session")

WRONG = "This access key is wrong, expired or inactive."


async def test_a_wrong_key_says_so_and_a_right_one_leads_where_one_wanted_to_go(new_console: NewConsole) -> None:
    """The key is typed once; the page that was asked for is shown."""
    async with new_console() as console:
        await console.page.goto("/teams?q=sales")
        await expect(console.heading("Sign in")).to_be_visible()
        await console.accessible()
        await console.enter("rk_wrong")
        await console.says(WRONG)
        await console.accessible()
        await console.enter(console.key)
        await expect(console.heading("Teams")).to_be_visible()
        await expect(console.page).to_have_url(f"{console.url}/teams?q=sales")


async def test_a_key_that_was_stopped_says_so(new_console: NewConsole) -> None:
    """As a wrong one does."""
    async with new_console() as console:
        made = await console.made("access-keys", name="Old", scopes=["users:read"])
        await console.api.patch(f"/v1/access-keys/{made['id']}", json={"status": "inactive"})
        await console.settled()
        await console.page.goto("/sign-in")
        await console.enter(made["secret"])
        await console.says(WRONG)


async def test_after_too_many_wrong_keys_it_says_to_wait(new_console: NewConsole, served: Served) -> None:
    """429 has a sentence of its own, with the seconds."""
    if served.database_url is None:
        pytest.skip("the other tests would have to wait, too")
    async with new_console() as console:
        await console.page.goto("/sign-in")
        await console.page.evaluate("""() => Promise.all(Array.from({ length: 21 }, () => fetch("/v1/session",
               { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"access_key":"x"}' })))""")
        await console.enter("rk_wrong")
        await console.says("Too many wrong access keys came from here. Wait a moment, then try again. (In ")


async def test_signing_out_ends_the_session(console: Console) -> None:
    """Nothing is said of an end, and nobody is led back; going back shows nothing any more."""
    await console.open("/users", "People")
    await console.button("Sign out").click()
    await console.page.get_by_role("listitem").filter(has_text="Sign out").first.click()
    await expect(console.page).to_have_url(f"{console.url}/sign-in")
    await expect(console.page.get_by_text("Your session has ended")).to_have_count(0)
    await console.page.go_back()
    await expect(console.heading("Sign in")).to_be_visible()
    assert 401 == (await console.context.request.get("/v1/session")).status


async def test_signing_out_everywhere_ends_all_sessions_of_the_key(console: Console, new_console: NewConsole) -> None:
    """Another tab follows at once; another browser at its next step, and is told why."""
    async with new_console() as elsewhere:
        await elsewhere.sign_in()
        tab = await console.context.new_page()
        console.watch(tab)
        await tab.goto("/teams")
        await console.button("Sign out").click()
        await console.page.get_by_text("Sign out everywhere").click()
        await expect(console.heading("Sign in")).to_be_visible()
        await expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()
        await console.settled()
        await elsewhere.link("Teams").first.click()
        await elsewhere.says("Your session has ended. Sign in again.")


async def test_what_a_key_does_not_allow_is_not_offered(new_console: NewConsole) -> None:
    """Neither pages nor buttons; an address leads to the overview."""
    async with new_console() as console:
        await console.made("users", first_name="Ada", last_name="Lovelace", email="ada@example.com")
        reader = await console.made("access-keys", name="Reader", scopes=["users:read"])
        await console.sign_in(reader["secret"])
        navigation = console.page.get_by_role("navigation")
        assert ["Overview", "People", "Teams"] == await navigation.get_by_role("link").all_inner_texts()
        await console.accessible()
        await navigation.get_by_role("link", name="People").click()
        await expect(console.row("Lovelace")).to_be_visible()
        for name in ("Add a person", "Edit Ada Lovelace", "Delete Ada Lovelace"):
            await expect(console.button(name)).to_have_count(0)
        await console.open("/audit-events", "Overview")


async def test_a_session_that_ends_meanwhile_leads_back_after_signing_in(console: Console) -> None:
    """It says so; what was shown is shown again."""
    await console.made("users", first_name="Ada", last_name="Lovelace", email="ada@example.com")
    await console.open("/users?status=active", "People")
    await console.api.delete("/v1/sessions")
    await console.settled()
    await console.page.get_by_role("button", name="Name").click()
    await console.says("Your session has ended. Sign in again.")
    await console.enter(console.key)
    await expect(console.heading("People")).to_be_visible()
    assert "status=active" in console.page.url
