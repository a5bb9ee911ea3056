from odoo.addons.mlm_base.migrating import fill_network, forget_rules, move_settings

TABLES = (
    "mlm_distributor",
    "mlm_tree",
    "mlm_position",
    "mlm_link",
    "mlm_genealogy_event",
    "mlm_holder",
    "mlm_operation",
    "mlm_tree_total",
)
# they ask for companies
RULES = (
    "rule_mlm_distributor_company",
    "rule_mlm_tree_company",
    "rule_mlm_position_company",
    "rule_mlm_link_company",
    "rule_mlm_tree_total_company",
    "rule_mlm_check_violation_company",
)


def migrate(cr, version):
    """People and trees belong to the network of the company that they had."""
    for table in TABLES:
        fill_network(cr, table)
    forget_rules(cr, "mlm_genealogy", RULES)
    move_settings(cr, {"mlm_heir_months": "heir_months"})
    # one law was renamed; Odoo makes the view of the new one
    cr.execute("DROP VIEW IF EXISTS mlm_law_sponsor_company")
