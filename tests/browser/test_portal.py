"""A distributor in the browser: log in → summary → earnings → statement → explanation.

Wide and on a phone, in Spanish. Pictures of every page are kept in `.mlm/logs/test/pictures`
to be looked at.
"""

import re

import pytest
from accessible import ACCESSIBILITY
from portal_company import SETUP
from screens import log_in, look

WIDTHS = (1300, 390)


@pytest.fixture(scope="module")
def portal(module_odoo_server):
    """A served network; maria, sandra, paola and nadie log in with their name."""
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


def read(page, name):
    """Keep a picture of the page; fail when it is too wide or hard to read aloud."""
    page.wait_for_load_state("networkidle")
    look(page, f"portal-{name}", full_page=True)
    assert page.evaluate(ACCESSIBILITY) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_from_login_to_the_explanation(portal, browser_page, width):
    page = log_in(browser_page(width), portal, "maria")
    page.get_by_role("link", name="Mi red").click()

    page.get_by_role("heading", name="Hola, María Fernanda Rojas").wait_for()
    legs = page.get_by_role("region", name=re.compile("^Pierna"))
    assert legs.count() == 2
    assert "1.582,5" in legs.nth(0).inner_text() and "1.580" in legs.nth(0).inner_text()
    assert page.get_by_text("1.080.000 COP").first.is_visible()
    assert page.get_by_role("progressbar", name="PV propio").get_attribute("aria-valuenow") == "100"
    page.get_by_text("Ver como tabla").click()
    assert page.get_by_role("table", name="Ganancias de los últimos ciclos").is_visible()
    read(page, "summary")

    page.get_by_role("navigation", name="Secciones").get_by_role("link", name="Ganancias").click()
    page.get_by_role("heading", name="Ganancias", exact=True).wait_for()
    assert page.locator(".o_mlm_table tbody tr").count() == 3
    read(page, "earnings")

    page.locator(".o_mlm_table tbody a").first.click()
    page.get_by_role("heading", name="Cada ganancia").wait_for()
    assert "Binario de equipo" in page.locator("#mlm_lines + table").inner_text()
    assert page.get_by_text("El paquete propio es menor que el comprado").count()
    read(page, "statement")

    page.locator("#mlm_lines + table tbody tr", has_text="Binario").get_by_role("link").click()
    page.get_by_role("heading", name="¿Por qué").wait_for()
    text = page.locator(".o_mlm_steps").inner_text()
    assert "Pierna izquierda" in text and "Paquete ESP-2 vigente hasta" in text
    read(page, "explanation")

    page.get_by_role("link", name="Volver al extracto").click()
    page.locator("#mlm_lines + table tbody tr", has_text="Generación 3").get_by_role("link").click()
    path = page.locator(".o_mlm_path").inner_text()
    assert "otra persona" in path.lower() and "Jorge Andrés Pardo" in path and "Usted" in path
    assert "Hernán" not in path and "Paola" not in page.locator("#wrap").inner_text()
    read(page, "generations")


@pytest.mark.parametrize("width", WIDTHS)
def test_direct_team(portal, browser_page, width):
    page = log_in(browser_page(width), portal, "maria")
    page.goto(f"{portal.url}/my/network/team")
    rows = page.locator(".o_mlm_table tbody tr")
    assert rows.count() == 5
    read(page, "team")

    page.get_by_label("Buscar por nombre o código").fill("óscar")
    page.get_by_role("button", name="Buscar").click()
    page.wait_for_url(re.compile("search="))
    assert rows.count() == 1 and "Izquierda" in rows.first.inner_text()

    page.goto(f"{portal.url}/my/network/team")
    page.get_by_role("link", name="Necesitan ayuda").click()
    page.wait_for_url(re.compile("show=inactive"))
    assert "Nelson" in rows.first.inner_text() and "Sin colocar" in rows.first.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_why_nothing(portal, browser_page, width):
    page = log_in(browser_page(width), portal, "sandra")
    page.goto(f"{portal.url}/my/network")
    assert page.get_by_text("Le faltan 35 PV propios").is_visible()
    read(page, "inactive")
    page.get_by_role("link", name="¿Por qué no ganó?").first.click()
    page.get_by_role("heading", name="¿Por qué no ganó?").wait_for()
    assert page.get_by_text("Tuvo 15 de 50 PV propios").is_visible()
    read(page, "nothing")
    page.goto(f"{portal.url}/my/network/team")
    assert page.get_by_text("Su equipo empieza con la primera persona").is_visible()
    read(page, "no-team")


@pytest.mark.parametrize("width", WIDTHS)
def test_without_enrolment(portal, browser_page, width):
    page = log_in(browser_page(width), portal, "nadie")
    page.wait_for_load_state("networkidle")
    assert not page.locator("a[href$='/my/network']").first.is_visible()
    page.goto(f"{portal.url}/my/network/earnings")
    page.get_by_role("heading", name="Usted aún no hace parte de la red").wait_for()
    read(page, "not-enrolled")


def test_in_english(portal, browser_page):
    page = log_in(browser_page(1300, locale="en-US"), portal, "paola")
    page.goto(f"{portal.url}/my/network")
    page.get_by_role("heading", name="Hello, Paola Andrea Gómez").wait_for()
    assert page.get_by_role("region", name="Left leg").count() == 1
    read(page, "english")


def test_keyboard_reaches_every_section(portal, browser_page):
    page = log_in(browser_page(1300), portal, "maria")
    page.goto(f"{portal.url}/my/network")
    page.get_by_role("navigation", name="Secciones").get_by_role("link", name="Resumen").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ganancias", exact=True).wait_for()
