# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Additions to the form of runs stood beside buttons that have moved behind the cog or
    into the steps. Each is written again from its file."""
    cr.execute(
        """DELETE FROM ir_ui_view WHERE id IN (
               SELECT res_id FROM ir_model_data
                WHERE module = 'mlm_control'
                  AND name IN ('view_mlm_run_form_review', 'view_mlm_run_form_audit'))"""
    )
