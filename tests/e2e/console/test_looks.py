"""How the console looks and is used: languages, themes, a phone, the keyboard alone; axe judges every state."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect
from tests.e2e.console.conftest import NewConsole
from tests.e2e.console.driver import Console

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
TITLES = {
    "en": {
        "/": "Overview",
        "/users": "People",
        "/teams": "Teams",
        "/integrations": "Integrations",
        "/access-keys": "Access keys",
        "/audit-events": "Audit trail",
    },
    "es": {
        "/": "Resumen",
        "/users": "Personas",
        "/teams": "Equipos",
        "/integrations": "Integraciones",
        "/access-keys": "Claves de acceso",
        "/audit-events": "Auditoría",
    },
}
ADD = {
    "en": {"/users": "Add a person", "/teams": "Add a team", "/integrations": "Add an integration"},
    "es": {"/users": "Añadir una persona", "/teams": "Añadir un equipo", "/integrations": "Añadir una integración"},
}
SIGN_IN = {"en": ("Access key", "Sign in"), "es": ("Clave de acceso", "Entrar")}
_FOCUSED = """() => {
  const it = document.activeElement;
  const label = document.getElementById(it.getAttribute("aria-labelledby") ?? "");
  return it.ariaLabel || (label ?? it).innerText.trim();
}"""
CANCEL = {"en": "Cancel", "es": "Cancelar"}


async def fits(console: Console) -> None:
    """Nothing is to be scrolled sideways."""
    over = await console.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert over <= 0, console.page.url


@pytest.mark.parametrize(
    ("language", "theme", "viewport"),
    [("en", "light", PHONE), ("en", "dark", DESKTOP), ("es", "light", DESKTOP), ("es", "dark", PHONE)],
    ids=lambda value: value if isinstance(value, str) else str(value["width"]),
)
async def test_every_page_is_accessible_in_every_guise(
    new_console: NewConsole, language: str, theme: str, viewport: dict[str, int]
) -> None:
    """Each two of language, theme and width together; the first two are the browser's own. Nothing scrolls sideways."""
    locale = {"en": "en-US", "es": "es-ES"}[language]
    async with new_console(locale=locale, color_scheme=theme, viewport=viewport) as console:
        team = await console.made("teams", name="Sales EMEA and all of its friends")
        ada = await console.made("users", **ADA, team_ids=[team["id"]])
        await console.made("integrations", name="HubSpot", user_id=ada["id"], token="canary-7f3a")
        key, act = SIGN_IN[language]
        await console.open("/sign-in", act)
        await console.accessible()
        await fits(console)
        await console.field(key).fill(console.key)
        await console.button(act).click()
        await expect(console.heading(TITLES[language]["/"])).to_be_visible()
        for path, title in TITLES[language].items():
            await console.open(path, title)
            await console.quiet()
            await console.accessible()
            await fits(console)
            if path in ADD[language]:
                await console.button(ADD[language][path]).click()
                await console.accessible()
                await fits(console)
                await console.button(CANCEL[language]).click()
                await expect(console.page.get_by_role("dialog")).to_be_hidden()
        background = "() => getComputedStyle(document.querySelector('.v-application')).backgroundColor"
        dark = sum(map(int, (await console.page.evaluate(background))[4:-1].split(", "))) < 3 * 128
        assert (theme == "dark", language) == (dark, await console.page.evaluate("() => document.documentElement.lang"))


async def test_a_person_is_added_and_deleted_by_keyboard_alone_in_spanish(new_console: NewConsole) -> None:
    """Tab, letters, arrows, Enter and Escape; the focus is seen, stays in dialogs and comes back from them."""
    async with new_console(locale="es-ES") as console:
        await console.made("teams", name="Ventas")
        await console.open("/sign-in", "Entrar")
        press = console.page.keyboard.press

        async def tab_to(name: str) -> None:
            for _ in range(40):
                await press("Tab")
                if name == await console.page.evaluate(_FOCUSED):
                    return
            raise AssertionError(name)

        await tab_to("Clave de acceso")
        await console.page.keyboard.type(console.key)
        await press("Enter")
        await expect(console.heading("Resumen")).to_be_visible()
        await tab_to("Personas")
        await press("Enter")
        await expect(console.heading("Personas")).to_be_focused()
        await tab_to("Añadir una persona")
        await press("Enter")
        await tab_to("Nombre")
        await console.page.keyboard.type("María")
        await press("Tab")
        await console.page.keyboard.type("Pérez")
        await press("Tab")
        await console.page.keyboard.type("maria@example.com")
        await press("Tab")
        await press("ArrowDown")
        await expect(console.page.get_by_role("option").first).to_be_visible()
        await press("ArrowDown")
        await press("Enter")
        await tab_to("Equipos")
        await console.page.keyboard.type("ven")
        await expect(console.page.get_by_role("option", name="Ventas")).to_be_visible()
        await press("ArrowDown")
        await press("Enter")
        await press("Escape")
        await tab_to("Guardar")
        await press("Enter")
        await console.says("Guardado.")
        await expect(console.row("María Pérez")).to_be_visible()
        await tab_to("Borrar María Pérez")
        await press("Enter")
        await expect(console.page.get_by_role("alertdialog")).to_be_visible()
        await console.page.wait_for_timeout(300)  # until Vuetify's dialog hears keys, which nothing shows
        await press("Escape")
        await expect(console.page.get_by_role("alertdialog")).to_be_hidden()
        await expect(console.button("Borrar María Pérez")).to_be_focused()
        await press("Enter")
        await tab_to("Borrar")
        await press("Enter")
        await console.says("Aún no hay personas.")


async def test_the_content_is_reached_by_one_key(console: Console) -> None:
    """The first stop of the Tab key leads past the navigation."""
    await console.open("/users", "People")
    await console.page.keyboard.press("Tab")
    await expect(console.link("Skip to the content")).to_be_focused()
    await console.page.keyboard.press("Enter")
    await expect(console.heading("People")).to_be_focused()


async def test_theme_and_language_are_kept_when_they_are_chosen(console: Console) -> None:
    """Over a reload, and for the browser's title and language."""
    await console.open("/users", "People")
    await console.button("Use the dark theme").click()
    await console.button("Español").click()
    for _ in range(2):
        await expect(console.heading("Personas")).to_be_visible()
        await expect(console.page).to_have_title("Personas · Remuner")
        await expect(console.button("Usar el tema claro")).to_be_visible()
        await console.page.reload()
    assert "es" == await console.page.evaluate("() => document.documentElement.lang")


async def test_on_a_phone_a_row_is_a_card_and_the_pages_are_behind_a_button(new_console: NewConsole) -> None:
    """Everything can be reached: pages, actions and details."""
    async with new_console(viewport=PHONE, has_touch=True, is_mobile=True) as console:
        ada = await console.made("users", **ADA)
        await console.made("integrations", name="HubSpot", user_id=ada["id"], token="canary-7f3a")
        await console.sign_in()
        await console.button("Menu").tap()
        await console.accessible()
        await console.page.get_by_role("navigation").get_by_role("link", name="People").tap()
        await expect(console.row("ada@example.com")).to_be_visible()
        await console.button("Details of Ada Lovelace").tap()
        await expect(console.page.get_by_role("link", name="HubSpot")).to_be_visible()
        await fits(console)
        await console.accessible()
        await console.edit("Ada Lovelace")
        await fits(console)
        await console.accessible()


@pytest_asyncio.fixture(loop_scope="session")
async def moving(new_console: NewConsole) -> AsyncIterator[Console]:
    """A browser of somebody who does not mind motion."""
    async with new_console(reduced_motion="no-preference") as console:
        await console.sign_in()
        yield console


async def test_motion_is_reduced_for_those_who_ask_for_it(console: Console, moving: Console) -> None:
    """And only for them."""
    duration = "() => parseFloat(getComputedStyle(document.querySelector('.v-btn__overlay')).transitionDuration)"
    assert (True, True) == (
        await console.page.evaluate(duration) < 0.001,
        await moving.page.evaluate(duration) > 0.05,
    )
