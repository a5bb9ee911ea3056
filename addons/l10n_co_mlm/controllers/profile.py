# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import tempfile

from odoo.http import Controller, request, route

from odoo.addons.mlm_base.importing import writer
from odoo.addons.mlm_base.importing.headings import is_spanish
from odoo.addons.mlm_genealogy.controllers.identity import send_document
from odoo.addons.mlm_genealogy.controllers.import_export import send_problems, send_table

from ..importing.columns import EXAMPLE, TABLE


class ProfileController(Controller):
    # not readonly: the opening is written before the content leaves
    @route("/mlm/co/rut/<int:profile_id>", type="http", auth="user", readonly=False)
    def open_rut(self, profile_id, **kwargs):
        """The RUT of a profile that the user may read; each opening is on record."""
        document = self._get_readable("mlm.co.profile", profile_id).rut_id
        if not document:
            raise request.not_found()
        return send_document(document)

    @route("/mlm/co/profile/import/template", type="http", auth="user", readonly=True)
    def import_template(self, **kwargs):
        """A workbook with the headings in the user's language, and a line that shows how."""
        if not request.env["mlm.co.profile.import"].has_access("create"):
            raise request.not_found()
        lang = request.env.lang
        at = 0 if is_spanish(lang) else 1
        shown = [EXAMPLE.get(key, "") for key in TABLE.keys]
        example = [one if isinstance(one, str) else one[at] for one in shown]
        headings = [TABLE.heading(key, lang) for key in TABLE.keys]
        file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
        title = request.env._("Tax Profiles")
        writer.write_xlsx(file, headings, [example], TABLE.keys, title)
        return send_table(file, request.env._("tax profiles template"), "xlsx")

    @route(
        "/mlm/co/profile/import/<int:import_id>/problems",
        type="http",
        auth="user",
        readonly=True,
    )
    def import_problems(self, import_id, **kwargs):
        """Every bad line of an import, as a workbook."""
        return send_problems(self._get_readable("mlm.co.profile.import", import_id))

    def _get_readable(self, model, record_id):
        record = request.env[model].browse(record_id).exists()
        if not record or not record.has_access("read"):
            raise request.not_found()
        return record
