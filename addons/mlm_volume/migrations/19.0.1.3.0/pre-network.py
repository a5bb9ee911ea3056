"""Cycles and packages belong to a network; a ledger row to the company that sold, too."""

from odoo.addons.mlm_base.migrating import fill_network, forget_rules, move_settings

SETTINGS = (
    "cycle_kind",
    "cycle_calendar",
    "cycle_anchor_number",
    "cycle_anchor_date",
    "cycle_days",
    "cycle_pay_after",
    "cycle_pay_day",
    "first_cycle",
    "inactivity_cycles",
    "inactivity_automatic",
)
# they ask for companies, and their file does not change records that are there
RULES = ("rule_period_company", "rule_entry_company", "rule_package_company")


def migrate(cr, version):
    move_settings(cr, {f"mlm_{name}": name for name in SETTINGS})
    for table in ("mlm_period", "mlm_package", "mlm_volume_entry"):
        fill_network(cr, table)
    # what a point was worth on the day of an old sale was not kept
    cr.execute("ALTER TABLE mlm_volume_entry ADD COLUMN IF NOT EXISTS point_e6 int8")
    # one law was renamed; Odoo makes the view of the new one
    cr.execute("DROP VIEW IF EXISTS mlm_law_ledger_inside_company")
    forget_rules(cr, "mlm_volume", RULES)
