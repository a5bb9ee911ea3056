"""Long work is done by processes of its own from now on."""

CRONS = (
    "cron_tree_total",
    "cron_holding_tank",
    "cron_import",
    "cron_seal",
    "cron_check",
    "cron_execute_operations",
)


def migrate(cr, version):
    cr.execute(
        """UPDATE ir_cron SET mlm_own_process = true WHERE id IN (
               SELECT res_id FROM ir_model_data
                WHERE module = 'mlm_genealogy' AND model = 'ir.cron' AND name IN %s)""",
        [CRONS],
    )
