"""Runs belong to a network; parts of a run's posting to a company."""

from odoo.tools import SQL

from odoo.addons.mlm_base.migrating import fill_network, move_settings

TABLES = (
    "mlm_run",
    "mlm_opening",
    "mlm_rank_override",
)
# they know their network by the run or the cycle; Odoo drops the column later
WITHOUT = ("mlm_run_clearance", "mlm_evidence_log")
SETTINGS = (
    "check_days",
    "check_least",
    "check_stack_sponsor",
    "check_stack_address",
    "check_shared_bank",
    "check_shared_phone",
    "check_shared_address",
    "check_shared_login",
    "check_return_cycles",
    "outlier_runs",
    "outlier_deviations",
    "outlier_percentile",
    "outlier_times",
    "outlier_least",
    "guard_cv",
    "guard_sales",
    "guard_daily",
    "audit_policy",
    "audit_whole",
    "audit_sample",
)
# they ask for companies, and their files do not change records that are there
RULES = (
    "rule_rank_override_company",
    "rule_run_company",
    "rule_measure_company",
    "rule_run_total_company",
    "rule_run_chunk_company",
    "rule_earning_company",
    "rule_run_change_company",
    "rule_run_outlier_company",
    "rule_run_check_company",
    "rule_run_clearance_company",
    "rule_contest_board_own",
    "rule_run_audit_company",
    "rule_run_audit_difference_company",
    "rule_evidence_log_company",
)


def migrate(cr, version):
    move_settings(cr, {f"mlm_{name}": name for name in SETTINGS})
    for table in TABLES:
        fill_network(cr, table)
    for table in WITHOUT:
        cr.execute(
            SQL("ALTER TABLE %s ALTER COLUMN company_id DROP NOT NULL", SQL.identifier(table))
        )
    cr.execute(
        """ALTER TABLE mlm_run ADD COLUMN money_company_id int4, ADD COLUMN currency_id int4;
           UPDATE mlm_run run
              SET money_company_id = company.id, currency_id = company.currency_id
             FROM res_company company WHERE company.id = run.company_id;
           ALTER TABLE mlm_run_chunk ADD COLUMN company_id int4, ADD COLUMN date date;
           UPDATE mlm_run_chunk chunk SET company_id = run.company_id, date = run.accounting_date
             FROM mlm_run run WHERE run.id = chunk.run_id"""
    )
    cr.execute(
        """WITH gone AS (
               DELETE FROM ir_model_data
                WHERE module = 'mlm_commission' AND model = 'ir.rule' AND name IN %s
            RETURNING res_id)
           DELETE FROM ir_rule WHERE id IN (SELECT res_id FROM gone)""",
        [RULES],
    )
