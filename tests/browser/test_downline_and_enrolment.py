"""The downline report, and people who join: through the portal, a link, and staff.

Wide and on a phone. Pictures are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import re

import openpyxl
import pytest
from people import member, staff
from playwright.sync_api import expect
from screens import PEOPLE, log_in, look, pick, tap

WIDTHS = (1300, 390)
APPLICATIONS = "/odoo/action-mlm_genealogy.mlm_application_action"

SETUP = """
env = env(context=dict(env.context, tracking_disable=True, lang="en_US"))
company = env.company
company.write({"name": "Gano Andina", "country_id": env.ref("base.co").id})
if not env["mlm.tree"].search([("network_id", "=", company.mlm_network_id.id)]):
    env["mlm.tree"].create({"name": "Binary", "code": "B", "network_id": company.mlm_network_id.id})
people = {}
for code, name, sponsor, leg in (
    ("C00", "Compañía", None, None),
    ("C01", "María Fernanda Rojas Gil", "C00", "left"),
    ("C02", "Jorge Andrés Pardo", "C01", "left"),
    ("C03", "Luz Dary Quintero", "C01", "right"),
    ("C04", "Óscar Iván Mejía", "C02", "left"),
    ("C05", "Diana Marcela Ríos", "C04", "right"),
):
    row = {"code": code, "name": name, "placement": {}}
    if sponsor:
        row.update(sponsor_code=sponsor, placement={"parent_code": sponsor, "leg": leg})
    else:
        row["is_root"] = True
    people[code] = env["mlm.distributor"]._enrol([row])
for kind, name in (("distributor", "Contrato de distribución"), ("privacy", "Política de datos")):
    contract = env["mlm.contract"].create({"company_id": company.id, "kind": kind,
        "number": "2026-1", "name": name, "body": "<p>Texto completo del documento.</p>"})
    contract.action_publish()
"""
LOGINS = staff("soporte", "mlm_base.group_support") + member("maria", "C01")


@pytest.fixture(scope="module")
def network(module_odoo_server):
    """A served network; maria and soporte log in with their name."""
    module_odoo_server.run_script(f"{SETUP}{LOGINS}env.cr.commit()")
    return module_odoo_server


def fill(page, number):
    """Fill the form as a person would, with a document of its own."""
    page.fill("#mlm_name", f"Nora Nieto {number}")
    page.fill("#mlm_vat", f"5200{number}")
    page.fill("#mlm_email", f"nora{number}@example.com")
    page.fill("#mlm_phone", f"311 22{number}")
    page.fill("#mlm_city", "Cali")
    for box in page.locator(".o_mlm_join_form .form-check-input").all():
        box.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_report_of_staff(network, browser_page, width, tmp_path):
    page = log_in(browser_page(width), network, "soporte")
    page.goto(network.url + PEOPLE)
    row = page.locator(".o_data_row td[name=name], .o_kanban_record").filter(has_text="María")
    row.first.click()
    page.wait_for_selector(".o_form_view")
    report = page.locator("button[name=action_downline_report]")
    if not report.first.is_visible():
        page.locator(".o-form-buttonbox .dropdown-toggle, .o_button_more").first.click()
        tap(report.first)
    else:
        report.first.click()
    totals = page.locator("[data-table=totals]")
    totals.wait_for()
    assert totals.locator("[data-group='1'] td").first.inner_text() == "2"
    assert totals.locator("[data-group=all] td").nth(1).inner_text() == "4"
    assert page.locator("[data-table=people] tr[data-id]").count() == 4
    look(page, "downline-staff", full_page=True)
    if width > 500:
        for kind in ("xlsx", "pdf"):
            with page.expect_download() as download:
                page.locator(f"button[name=action_{kind}]").click()
            download.value.save_as(tmp_path / f"report.{kind}")
        book = openpyxl.load_workbook(tmp_path / "report.xlsx")
        assert book.worksheets[1].max_row == 5
        assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("width", WIDTHS)
def test_report_in_the_portal(network, browser_page, width, tmp_path):
    page = log_in(browser_page(width), network, "maria")
    page.goto(f"{network.url}/my/network/report")
    text = page.locator("[data-table=people]").inner_text()
    assert "Jorge Andrés Pardo" in text and "Luz Dary Quintero" in text
    assert "Óscar" not in text and "Diana" not in text
    look(page, "downline-portal", full_page=True)
    page.select_option("#mlm_group", "leg")
    page.locator("[data-form=report] button[type=submit]").click()
    page.wait_for_url(re.compile("group=leg"))
    assert page.locator("[data-table=totals] tbody tr").count() == 2
    with page.expect_download() as download:
        page.locator("[data-file=xlsx]").click()
    download.value.save_as(tmp_path / "own.xlsx")
    book = openpyxl.load_workbook(tmp_path / "own.xlsx")
    written = str(list(book.worksheets[1].iter_rows(values_only=True)))
    assert "Jorge" in written and "Óscar" not in written


@pytest.mark.parametrize("width", WIDTHS)
def test_sponsor_enrols(network, mail_server, browser_page, width):
    page = log_in(browser_page(width), network, "maria")
    page.goto(f"{network.url}/my/network/enrol")
    contract = page.locator("[data-contract=distributor]")
    page.select_option("#mlm_kind", "customer")
    expect(contract).to_be_hidden()
    page.select_option("#mlm_kind", "distributor")
    expect(contract).to_be_visible()
    contract.locator("summary").click()
    expect(contract.locator(".o_mlm_contract")).to_be_visible()
    page.select_option("#mlm_leg", "right")
    fill(page, 10_000 + width)
    look(page, "enrol-portal", full_page=True)
    page.locator(".o_mlm_join_form button[type=submit]").click()
    page.locator("[data-sent=unconfirmed]").wait_for()
    assert f"Nora Nieto {10_000 + width}" in page.locator("[data-sent]").inner_text()
    look(page, "enrolled-portal", full_page=True)

    person = browser_page(width)
    person.set_default_timeout(60_000)
    person.goto(link_of(network, f"nora{10_000 + width}@example.com"))
    person.locator("[data-page=confirm]").wait_for()
    look(person, "confirm", full_page=True)
    person.locator("[data-page=confirm] button[type=submit]").click()
    person.locator("[data-page=confirmed] strong").wait_for()
    look(person, "confirmed", full_page=True)


@pytest.fixture
def mail_server(network):
    """An outgoing mail server by which nothing leaves the machine, for one test."""
    network.run_script(
        "env['ir.mail_server'].create({'name': 'Test', 'smtp_host': 'mail.invalid'})\n"
        "env.cr.commit()"
    )
    yield
    network.run_script("env['ir.mail_server'].search([]).unlink()\nenv.cr.commit()")


def link_of(network, email):
    """The link that the message to somebody holds, on the server of the test."""
    found = network.run_script(
        f"one = env['mlm.application'].search([('email', '=', {email!r})])\n"
        "print('LINK', one._get_confirmation_url())"
    )
    line = next(one for one in found.lines if one.startswith("LINK "))
    return network.url + line[line.index("/mlm/confirm/") :]


@pytest.mark.parametrize("width", WIDTHS)
def test_what_decides_an_enrolment_comes_first(network, browser_page, width):
    page = log_in(browser_page(width), network, "soporte")
    page.goto(network.url + "/odoo/action-mlm_genealogy.mlm_enrol_wizard_action")
    pick(page, "sponsor_id", "C05")
    deciding = ("document_type", "vat", "name", "sponsor_id", "strategy", "spot_preview")
    places = [
        page.locator(f".modal .o_field_widget[name={name}]")
        for name in (*deciding, "contract_ids", "acceptance", "identity_file", "street")
    ]
    expect(places[5]).to_contain_text("C05")
    tops = [place.bounding_box()["y"] for place in places]
    if width > 600:  # two columns, and all that decides is seen at once
        for place in places[:8]:
            expect(place).to_be_in_viewport(ratio=1)
        assert max(tops[:8]) < min(tops[8:])
    else:
        assert tops == sorted(tops)
    look(page, "enrol-first")


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_choose_the_type_of_the_document(network, browser_page, width):
    page = log_in(browser_page(width), network, "soporte")
    page.goto(network.url + "/odoo/action-mlm_genealogy.mlm_enrol_wizard_action")
    kind = page.locator("[name=document_type] select, [name=document_type] input").first
    kind.wait_for()
    page.locator("[name=vat] input").fill("52.000.222")
    page.locator("[name=email] input").click()
    expect(page.locator("[name=vat] input")).to_have_value("52000222")
    look(page, "document-type", full_page=True)
    page.locator("[name=vat] input").fill("abc")
    page.locator("[name=email] input").click()
    page.locator(".o_notification, .modal .alert, .o_dialog").get_by_text("abc").first.wait_for()
    look(page, "document-refused", full_page=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_link_to_the_decision_of_staff(network, browser_page, width):
    visitor = browser_page(width)
    visitor.set_default_timeout(60_000)
    visitor.goto(f"{network.url}/red/C01")
    assert visitor.locator("[data-referrer]").inner_text() == "María"
    fill(visitor, 20_000 + width)
    look(visitor, "join", full_page=True)
    visitor.locator(".o_mlm_join_form button[type=submit]").click()
    visitor.locator("[data-page=thanks]").wait_for()
    look(visitor, "join-thanks", full_page=True)

    page = log_in(browser_page(width), network, "soporte")
    page.goto(network.url + APPLICATIONS)
    name = f"Nora Nieto {20_000 + width}"
    page.locator(".o_data_row td[name=name], .o_kanban_record").filter(has_text=name).click()
    page.locator("button[name=action_accept]").first.click()
    page.locator(".modal [name=consequence]").wait_for()
    look(page, "application-accept", full_page=True)
    page.locator(".modal-footer .btn-primary").click()
    page.get_by_text("C01 María").first.wait_for()
    expect(page.locator(".modal")).to_have_count(0)
    page.locator(".o_form_view [name=code]").first.wait_for()
    look(page, "application-enrolled", full_page=True)
