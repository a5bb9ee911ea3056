# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """An addition to the form of runs stood beside a button that has moved behind the cog. It
    is written again from its file, which comes after the form's."""
    cr.execute(
        """DELETE FROM ir_ui_view WHERE id IN (
               SELECT res_id FROM ir_model_data
                WHERE module = 'mlm_commission' AND name = 'view_mlm_run_form_reports')"""
    )
