"""The company whose cycle is measured: calendar, packages, people of the office. Runs inside Odoo."""

import datetime

from mlm_engine.form.plan_text import dump

from odoo.addons.mlm_base.internal import as_internal

from . import plans
from .inputs import CYCLE, FX_E6, START
from .orders import HISTORY

#: login and role; the third signs what is above the limit of cost
OFFICE = {"manager": "manager", "approver": "approver", "second approver": "approver"}


def prepare(env):
    """Cycles with those of history, packages, and who previews, approves and signs."""
    company, network = env.company, env.company.mlm_network_id
    # volume without invoices has no net sales to compare with
    network.write({"first_cycle": CYCLE, "guard_sales": 0})
    base = env["res.currency"].with_context(active_test=False).search([("name", "=", "USD")])
    env["mlm.exchange.rate"].create(
        {
            "company_id": company.id,
            "currency_id": base.id,
            "date_from": "2026-01-01",
            "rate_e6": FX_E6,
        }
    )
    periods = env["mlm.period"]
    as_internal(periods).create(
        [
            {**periods._calendar_values(network, number), "state": "history"}
            for number in range(CYCLE - HISTORY, CYCLE)
        ]
    )
    periods._ensure_until(network, START + datetime.timedelta(days=13))
    env["mlm.package"].create(
        [
            {"code": item["code"], "name": item["name"]["en"], "sequence": 10 * (number + 1)}
            for number, item in enumerate(plans.plan("gano")["packages"])
        ]
    )
    for login, role in OFFICE.items():
        groups = [env.ref("base.group_user").id, env.ref(f"mlm_base.group_{role}").id]
        env["res.users"].create(
            {"name": login.title(), "login": login, "group_ids": [(6, 0, groups)]}
        )
    env.cr.commit()


def publish(env, name: str):
    """Put a plan of the bench in force."""
    versions = env["mlm.plan.version"]
    versions._import_document(dump(plans.document(name)))._publish_at_once()
    env.cr.commit()


def close(env):
    """End the cycle that is measured."""
    cycle(env).action_close()
    env.cr.commit()


def cycle(env):
    return env["mlm.period"].search([("number", "=", CYCLE)])
