"""What is looked at before a run is approved, and its proofs, are an add-on of their own."""

from odoo.addons.mlm_base.migrating import move_up

MODELS = (
    "mlm.evidence.log",
    "mlm.run.approval.wizard",
    "mlm.run.audit",
    "mlm.run.audit.difference",
    "mlm.run.audit.wizard",
    "mlm.run.change",
    "mlm.run.check",
    "mlm.run.check.wizard",
    "mlm.run.clearance",
    "mlm.run.outlier",
)
FIELDS = (
    *(
        f"{model}{concern}_%"
        for model in ("mlm.network.", "mlm.run.", "res.config.settings.mlm_")
        for concern in ("audit", "check", "guard", "outlier")
    ),
    "mlm.run.countersigned_%",
    "mlm.run.engine_archive_id",
    "mlm.run.engine_sha",
    "mlm.run.has_changes",
    "mlm.run.is_guard_preview",
    "mlm.run.is_over_guard",
    "mlm.run.open_check_count",
    "mlm.run.posted_before_id",
    "res.config.settings.mlm_currency_id",
)
NAMES = (
    "cron_guard",
    "cron_guard_ir_actions_server",
    "selection__mlm_commission_wizard__kind__changes",
    "view_mlm_run_form_audit",
    "view_mlm_run_form_review",
    "view_mlm_run_list_review",
    "view_res_config_settings_audit",
    "view_res_config_settings_review",
)


def migrate(cr, version):
    move_up(cr, "mlm_commission", "mlm_control", models=MODELS, fields=FIELDS, names=NAMES)
