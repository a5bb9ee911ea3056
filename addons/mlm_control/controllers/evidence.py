# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route

from odoo.addons.mlm_genealogy.controllers.downline import send_file


class EvidenceController(Controller):
    @route("/mlm/run/<int:run_id>/evidence", type="http", auth="user")
    def run_evidence(self, run_id, **kwargs):
        """The evidence pack of a run; who took it goes on record."""
        run = request.env["mlm.run"].browse(run_id).exists()
        try:
            if not run:
                raise request.not_found()
            file = run._take_evidence()
            name = run._get_evidence_name()
        except (AccessError, MissingError):
            raise request.not_found() from None
        return send_file(file, name, "application/zip")
