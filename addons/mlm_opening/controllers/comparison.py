# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route

from odoo.addons.mlm_genealogy.controllers.downline import XLSX, send_file


class ComparisonController(Controller):
    @route("/mlm/comparison/<int:comparison_id>.xlsx", type="http", auth="user", readonly=True)
    def comparison_file(self, comparison_id, **kwargs):
        """One's own comparison as a workbook."""
        record = request.env["mlm.comparison"].browse(comparison_id)
        try:
            # of a transient record the creator alone may read it
            record.check_access("read")
            record.run_id.check_access("read")
            file = record._write_xlsx()
        except (AccessError, MissingError):
            raise request.not_found() from None
        return send_file(file, request.env._("comparison") + ".xlsx", XLSX)
