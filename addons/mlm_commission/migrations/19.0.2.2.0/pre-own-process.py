"""Long work is done by processes of its own from now on."""

CRONS = (
    "cron_audit",
    "cron_work",
    "cron_opening",
)


def migrate(cr, version):
    cr.execute(
        """UPDATE ir_cron SET mlm_own_process = true WHERE id IN (
               SELECT res_id FROM ir_model_data
                WHERE module = 'mlm_commission' AND model = 'ir.cron' AND name IN %s)""",
        [CRONS],
    )
