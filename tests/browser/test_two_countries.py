"""One network of two countries on the screens of the back office: whose money is which.

Pictures are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import pytest
from mlm_cli.paths import ROOT
from screens import RUNS, log_in, look, picture

SETUP = f"""
env["res.lang"]._activate_lang("es_CO")
env.company.mlm_network_id.charge_sellers = True
played = env["mlm.scenario.player"]._play_file({str(ROOT / "tests/scenarios/two_countries.yaml")!r})
assert not played["differences"], played["differences"]
companies = env.company.mlm_network_id.company_ids
for login, role, mine in (
    ("leader", "network_manager", companies),
    ("here", "support", env.company),
):
    env["res.users"].create({{"name": login, "odoobot_state": "disabled", "login": login,
        "password": login, "lang": "es_CO", "company_id": env.company.id,
        "company_ids": [(6, 0, mine.ids)],
        "group_ids": [(6, 0, [env.ref("base.group_user").id, env.ref("mlm_base.group_" + role).id])]}})
env.cr.commit()
print("COMPANIES", "-".join(str(one) for one in companies.ids))
"""


@pytest.fixture(scope="module")
def office(module_odoo_server):
    played = module_odoo_server.run_script(SETUP)
    (line,) = [one for one in played.lines if one.startswith("COMPANIES ")]
    return module_odoo_server, line.split()[1]


def leader(page, office):
    """Somebody who has both companies switched on."""
    server, companies = office
    log_in(page, server, "leader")
    page.context.add_cookies([{"name": "cids", "value": companies, "url": server.url}])
    return page, server


def test_pesos_and_dollars_are_not_added_up(office, browser_page):
    page, server = leader(browser_page(1300), office)
    page.goto(server.url + "/odoo/action-mlm_commission.action_mlm_statement")
    page.locator(".o_facet_remove").first.click()  # grouped by cycle
    page.locator(".o_data_row").nth(2).wait_for()
    assert page.locator("tfoot .o_list_number span").all_inner_texts() == ["—"] * 3
    assert set(page.locator("td[name=currency_id]").all_inner_texts()) == {"COP", "USD"}
    # of one currency the sum is there
    page.locator(".o_data_row").filter(has_text="COP").first.locator("input").check()
    page.locator("tfoot .o_list_number span", has_text="124.740,00").wait_for()
    page.goto(server.url + RUNS)
    page.locator(".o_data_row td[name=display_name]").last.click()
    page.locator("button[name=action_earnings]").first.click()
    page.locator("tfoot", has_text="—").wait_for()
    page.locator(".o_switch_view.o_pivot").click()
    total = page.locator(".o_pivot tbody tr").first
    total.wait_for()
    assert set(total.locator("td .o_value").all_inner_texts()) == {"—"}
    page.screenshot(path=picture("two-countries-pivot"))
    page.locator(".o_switch_view.o_graph").click()
    page.locator(".o_graph_renderer canvas").wait_for()
    page.screenshot(path=picture("two-countries-graph"))


@pytest.mark.parametrize("width", [1300, 390])
def test_run_says_whose_money(office, browser_page, width):
    page, server = leader(browser_page(width), office)
    page.goto(server.url + RUNS)
    page.locator(
        ".o_data_row td[name=display_name], .o_kanban_record:not(.o_kanban_ghost)"
    ).last.click()
    page.locator("[name=currency_id]", has_text="COP").first.wait_for()
    for tab in ("companies", "charges"):
        page.locator(f".o_notebook_headers [name={tab}]").click()
        page.locator(".tab-pane.active, .o_notebook_content", has_text="USD").first.wait_for()
        look(page, f"two-countries-{tab}", full_page=True)


@pytest.mark.parametrize("width", [1300, 390])
def test_person_at_home_elsewhere(office, browser_page, width):
    server, _companies = office
    page = log_in(browser_page(width), server, "here")
    page.goto(server.url + "/odoo/action-mlm_genealogy.mlm_distributor_action")
    place = page.locator(".o_data_row td[name=code], .o_kanban_record .text-muted")
    place.filter(has_text="ECU").first.click()
    page.locator("[name=elsewhere]:visible").first.wait_for()
    assert not page.locator("[name=email], [name=vat], [name=phone]").count()
    look(page, "two-countries-elsewhere", full_page=True)
