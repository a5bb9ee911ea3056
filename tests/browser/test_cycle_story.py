"""A cycle from *Hoy* to its journal entries, as a manager and an approver go through it."""

import re

import pytest
from screens import confirm, log_in, look
from small_company import SETUP

#: Each width takes a cycle of its own: one can be posted only once.
CYCLES = {1300: 924, 390: 925}
NEXT = """
import datetime
period = env["mlm.period"].search([("number", "=", 925)])
product = env["product.product"].search([("name", "=", "Coffee")])
people = env["mlm.distributor"].search([])
env["mlm.volume.entry"]._insert_rows([{
    "company_id": env.company.id, "period_id": period.id, "distributor_id": one.id,
    "buyer_id": one.id, "position_id": one.position_ids.id, "kind": "sale",
    "product_id": product.id, "moment": datetime.datetime(2026, 8, 26, 17),
    "pv_e4": 600000, "cv_e4": 2000000} for one in people])
period.action_close()
env.cr.commit()
"""


@pytest.fixture(scope="module")
def office(module_odoo_server):
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


def begin(page, office, login):
    log_in(page, office, login)
    page.locator(".o_mlm_today_page").wait_for()
    return page


def take(page, office, card):
    """Go on with what a card of *Hoy* says."""
    page.goto(f"{office.url}/odoo/commissions-today")
    page.locator(f"[data-card={card}] .o_mlm_today_step button").click()
    page.locator(".o_form_view .o_mlm_run_summary").first.wait_for()


def step(page, name, sure=False):
    """Press the button of the present step, and wait until the cycle has gone on."""
    page.locator(f".o_mlm_path_card button[name={name}]").click()
    if sure:
        confirm(page)
    page.locator(f".o_mlm_path_card button[name={name}]").wait_for(state="detached")


@pytest.mark.parametrize("width", CYCLES)
def test_from_today_to_posted(office, browser_page, width):
    if width == 390:
        office.run_script(NEXT)
    manager = begin(browser_page(width), office, "manager")
    take(manager, office, "to_compute")
    assert f"Ciclo {CYCLES[width]}" in manager.locator(".o_form_view").first.inner_text()
    step(manager, "action_audit_now")
    look(manager, "story-approve")
    step(manager, "action_submit")
    assert not manager.locator("button[name=action_approve]").count()

    approver = begin(browser_page(width), office, "approver")
    take(approver, office, "to_approve")
    step(approver, "action_approve", sure=True)
    assert not approver.locator("button[name=action_post]").count()

    take(manager, office, "to_post")
    step(manager, "action_post", sure=True)
    run = re.search(r"/(\d+)(?:\?|$)", manager.url).group(1)
    # several entries are posted in the background; do here what the cron does
    office.run_script(f"env['mlm.run'].browse({run})._work()")
    manager.reload()
    manager.locator(".o_mlm_path_card[data-present=pay]").wait_for()
    look(manager, "story-posted")
    manager.goto(f"{office.url}/odoo/commissions-today")
    manager.locator(".o_mlm_today_page").wait_for()
    assert not manager.locator("[data-card=to_post]").count()
