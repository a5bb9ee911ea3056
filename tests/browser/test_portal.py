"""A distributor in the browser: log in → summary → earnings → statement → explanation.

Wide and on a phone, in Spanish. Pictures of every page are kept in `.mlm/logs/test/pictures`
to be looked at.
"""

import re

import pytest
from accessible import ACCESSIBILITY
from mlm_cli.paths import LOGS

WIDTHS = (1300, 390)

#: Cycles are counted back from today: three are posted, the present one is open.
SETUP = """
import datetime as dt
env = env(context=dict(env.context, tracking_disable=True, lang="en_US"))
company = env.company
env.ref("base.COP").active = True
# the ledger is written without invoices, so there are no net sales to compare with
company.write({"name": "Gano Andina", "country_id": env.ref("base.co").id,
    "currency_id": env.ref("base.COP").id})
network = company.mlm_network_id
network.write({"guard_sales": 0, "guard_cv": 0})
env["account.chart.template"].try_loading("co", company=company, install_demo=False)
periods = env["mlm.period"]
today = periods._today(network)
network.first_cycle = periods._number_on(network, today) - 3
usd = env["res.currency"].with_context(active_test=False).search([("name", "=", "USD")])
env["mlm.exchange.rate"].create({"company_id": company.id, "currency_id": usd.id,
    "date_from": "2020-01-01", "rate_e6": 4500000000})
versions = env["mlm.plan.version"]
versions._import_document(versions._shipped("gano_excel_co_2026"))._publish_at_once()
periods._ensure_until(network, today)
cycles = periods.search([("network_id", "=", network.id)], order="number")
if not env["mlm.tree"].search([("network_id", "=", network.id)]):
    env["mlm.tree"].create({"name": "Binary", "code": "B", "network_id": network.id})
old = dt.datetime.combine(cycles[0].date_start - dt.timedelta(days=60), dt.time(12))
new = dt.datetime.combine(cycles[2].date_start, dt.time(15))
people = {}
def enrol(code, name, sponsor, parent=None, leg=None, at=old, **more):
    row = {"code": code, "name": name, "joined_at": at, **more}
    if sponsor:
        row["sponsor_code"] = sponsor
    if parent:
        row["placement"] = {"parent_code": parent, "leg": leg, "at": at}
    people[code] = env["mlm.distributor"]._enrol([row])
enrol("C00", "Compañía", None, is_root=True, placement={"at": old})
enrol("C01", "María Fernanda Rojas", "C00", "C00", "left")
enrol("C02", "Jorge Andrés Pardo", "C01", "C01", "left")
enrol("C03", "Luz Dary Quintero", "C01", "C01", "right")
enrol("C04", "Óscar Iván Mejía", "C01", "C02", "left")
enrol("C05", "Diana Marcela Ríos", "C01", "C03", "right")
enrol("C06", "Hernán Camilo Vélez", "C02", "C04", "left", new)
enrol("C07", "Paola Andrea Gómez", "C06", "C06", "left", new)
enrol("C08", "Nelson Eduardo Sánchez-Bustamante de la Hoz", "C01", at=new)
enrol("C09", "Carlos Cliente", "C01", kind="customer")
enrol("C10", "Sandra Suárez", "C00", "C00", "right")
packages = {one.code: one.id for one in env["mlm.package"].search([])}
def sell(cycle, code, pv, cv, package=None, buyer=None, retail=0):
    person = people[code]
    moment = dt.datetime.combine(cycles[cycle].date_start, dt.time(18))
    env["mlm.volume.entry"]._insert_rows([{"company_id": company.id,
        "period_id": cycles[cycle].id, "distributor_id": person.id,
        "buyer_id": people[buyer or code].id, "kind": "sale", "moment": moment,
        "position_id": person._mlm_position_at(moment).id or None,
        "pv_e4": round(pv * 10000), "cv_e4": round(cv * 10000),
        "package_id": packages[package] if package else None,
        "package_qty": 1 if package else 0, "retail_e4": retail * 10000}])
def user(login, group, lang="es_CO", code=None):
    partner = {"partner_id": people[code].partner_id.id} if code else {}
    return env["res.users"].create({"login": login, "password": login, "lang": lang,
        "name": people[code].name if code else login.title(), **partner,
        "group_ids": [(6, 0, [env.ref(name).id for name in group])]})
approver = user("approver", ["base.group_user", "mlm_base.group_approver"])
user("maria", ["base.group_portal"], code="C01")
user("sandra", ["base.group_portal"], code="C10")
user("paola", ["base.group_portal"], lang="en_US", code="C07")
user("nadie", ["base.group_portal"])
def post(cycle):
    cycles[cycle].action_close()
    run = env["mlm.run"]._create_preview(cycles[cycle])
    run.action_compute()
    run.action_submit()
    run.with_user(approver).sudo(False).action_approve()
    run.action_post()
sell(0, "C01", 500, 500, "ESP-2")
sell(0, "C02", 1560, 1412.5)
sell(0, "C03", 60, 4956)
sell(0, "C04", 100, 100, "ESP-1")
sell(0, "C01", 20, 20, buyer="C09", retail=29100)
post(0)
sell(1, "C02", 30, 40)
sell(1, "C10", 15, 14)
post(1)
sell(2, "C07", 500, 500, "ESP-3")
sell(2, "C06", 250, 250, "ESP-2")
sell(2, "C02", 1200, 1100)
post(2)
sell(3, "C02", 300, 1580)
sell(3, "C05", 250, 1320)
env.cr.commit()
"""


@pytest.fixture(scope="module")
def portal(module_odoo_server):
    """A served network; maria, sandra, paola and nadie log in with their name."""
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


def log_in(page, portal, login):
    page.set_default_timeout(60_000)  # two cores may be busy with other tests
    page.goto(f"{portal.url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(r"/my"))
    return page


def look(page, name):
    """Keep a picture of the page; fail when it is too wide or hard to read aloud."""
    page.wait_for_load_state("networkidle")
    width = page.viewport_size["width"]
    folder = LOGS / "test" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(folder / f"portal-{name}-{width}.png"), full_page=True)
    too_wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert too_wide <= 0, f"{name} is {too_wide} px too wide at {width}"
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
    look(page, "summary")

    page.get_by_role("navigation", name="Secciones").get_by_role("link", name="Ganancias").click()
    page.get_by_role("heading", name="Ganancias", exact=True).wait_for()
    assert page.locator(".o_mlm_table tbody tr").count() == 3
    look(page, "earnings")

    page.locator(".o_mlm_table tbody a").first.click()
    page.get_by_role("heading", name="Cada ganancia").wait_for()
    assert "Binario de equipo" in page.locator("#mlm_lines + table").inner_text()
    assert page.get_by_text("El paquete propio es menor que el comprado").count()
    look(page, "statement")

    page.locator("#mlm_lines + table tbody tr", has_text="Binario").get_by_role("link").click()
    page.get_by_role("heading", name="¿Por qué").wait_for()
    text = page.locator(".o_mlm_steps").inner_text()
    assert "Pierna izquierda" in text and "Paquete ESP-2 vigente hasta" in text
    look(page, "explanation")

    page.get_by_role("link", name="Volver al extracto").click()
    page.locator("#mlm_lines + table tbody tr", has_text="Generación 3").get_by_role("link").click()
    path = page.locator(".o_mlm_path").inner_text()
    assert "otra persona" in path.lower() and "Jorge Andrés Pardo" in path and "Usted" in path
    assert "Hernán" not in path and "Paola" not in page.locator("#wrap").inner_text()
    look(page, "generations")


@pytest.mark.parametrize("width", WIDTHS)
def test_direct_team(portal, browser_page, width):
    page = log_in(browser_page(width), portal, "maria")
    page.goto(f"{portal.url}/my/network/team")
    rows = page.locator(".o_mlm_table tbody tr")
    assert rows.count() == 5
    look(page, "team")

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
    look(page, "inactive")
    page.get_by_role("link", name="¿Por qué no ganó?").first.click()
    page.get_by_role("heading", name="¿Por qué no ganó?").wait_for()
    assert page.get_by_text("Tuvo 15 de 50 PV propios").is_visible()
    look(page, "nothing")
    page.goto(f"{portal.url}/my/network/team")
    assert page.get_by_text("Su equipo empieza con la primera persona").is_visible()
    look(page, "no-team")


@pytest.mark.parametrize("width", WIDTHS)
def test_without_enrolment(portal, browser_page, width):
    page = log_in(browser_page(width), portal, "nadie")
    page.wait_for_load_state("networkidle")
    assert not page.locator("a[href$='/my/network']").first.is_visible()
    page.goto(f"{portal.url}/my/network/earnings")
    page.get_by_role("heading", name="Usted aún no hace parte de la red").wait_for()
    look(page, "not-enrolled")


def test_in_english(portal, browser_page):
    page = log_in(browser_page(1300, locale="en-US"), portal, "paola")
    page.goto(f"{portal.url}/my/network")
    page.get_by_role("heading", name="Hello, Paola Andrea Gómez").wait_for()
    assert page.get_by_role("region", name="Left leg").count() == 1
    look(page, "english")


def test_keyboard_reaches_every_section(portal, browser_page):
    page = log_in(browser_page(1300), portal, "maria")
    page.goto(f"{portal.url}/my/network")
    page.get_by_role("navigation", name="Secciones").get_by_role("link", name="Resumen").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ganancias", exact=True).wait_for()
