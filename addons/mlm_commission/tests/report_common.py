# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

from openpyxl import load_workbook

from odoo.tools.pdf import PdfFileReader

from .common import CommissionCommon


class ReportCommon(CommissionCommon):
    """Makes reports of runs and reads them."""

    def _run(self):
        self._balanced_sales(left=2, right=2)
        self.sold = self._sale(self.clara, price_unit=140_000)
        return self._preview()

    def _wizard(self, run, role="manager", people=None, **values):
        wizard = self._as(self.env["mlm.commission.wizard"], role).create(
            {
                "run_ids": [(6, 0, run.ids)],
                "distributor_ids": [(6, 0, people.ids if people else [])],
                "lang": "en_US",
                **values,
            }
        )
        action = wizard.action_make()
        self.assertEqual(action["type"], "ir.actions.act_url")
        return wizard

    def _book(self, run, **values):
        wizard = self._wizard(run, file_type="xlsx", **values)
        return load_workbook(io.BytesIO(base64.b64decode(wizard.file)))

    def _text(self, run, **values):
        data = base64.b64decode(self._wizard(run, **values).file)
        reader = PdfFileReader(io.BytesIO(data))
        return "\n".join(page.extract_text() for page in reader.pages)

    def _lines(self, sheet):
        head, *rows = sheet.values
        return [dict(zip(head, row, strict=True)) for row in rows]
