# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plans were part of `mlm_commission`: its records are taken over when this is installed."""

from odoo.tools import sql

from odoo.addons.mlm_base import migrating

MODELS = (
    "mlm.plan",
    "mlm.plan.bonus",
    "mlm.plan.crossing",
    "mlm.plan.finding",
    "mlm.plan.measure",
    "mlm.plan.rank",
    "mlm.plan.retire",
    "mlm.plan.start",
    "mlm.plan.version",
)
# they belonged to a company
TABLES = ("mlm_plan", "mlm_plan_version", "mlm_plan_finding", "mlm_plan_crossing")
# they asked for companies, and their file does not change records that are there
RULES = (
    "rule_plan_company",
    "rule_plan_version_company",
    "rule_plan_finding_company",
    "rule_plan_crossing_company",
    "rule_plan_bonus_company",
    "rule_plan_rank_company",
    "rule_plan_measure_company",
)


def take_over(env):
    """Records keep their ids under the name of this add-on; nothing is there in a new database."""
    cr = env.cr
    if not sql.table_exists(cr, "mlm_plan"):
        return
    if not sql.column_exists(cr, "mlm_plan", "network_id"):
        for table in TABLES:
            migrating.fill_network(cr, table)
        migrating.forget_rules(cr, "mlm_commission", RULES)
    migrating.rehome(
        cr,
        "mlm_commission",
        "mlm_plan",
        models=MODELS,
        fields=("mlm.network.money_currency_id",),
        names=("plan_document", "plan_diff"),
    )


def restore_edited(env):
    migrating.restore_edited(env.cr, "mlm_plan")
