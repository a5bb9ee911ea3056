# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

import xlsxwriter

from odoo import models


class MlmRun(models.Model):
    """The commission report as a workbook: payees, rows, breakage, ranks, ledger.

    Rows are streamed (``constant_memory``), so 100,000 of them need no memory.
    """

    _inherit = "mlm.run"

    def _xlsx_report(self):
        """Return the bytes of the workbook of these runs."""
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
        style = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format(
                {"bold": True, "bg_color": "#1F4E5F", "font_color": "white", "border": 1}
            ),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "points": book.add_format({"num_format": "#,##0.00"}),
            "percent": book.add_format({"num_format": '0.00"%"'}),
            "text": book.add_format({}),
            "number": book.add_format({"num_format": "#,##0"}),
            "count": book.add_format({"num_format": "#,##0", "align": "left"}),
            "figure": book.add_format({"num_format": "#,##0.00", "align": "left"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        }
        for run in self:
            run._xlsx_summary(book, style)
        for run in self:
            run._xlsx_statements(book, style)
            run._xlsx_earnings(book, style)
            run._xlsx_entries(book, style)
        book.close()
        return buffer.getvalue()

    def _xlsx_sheet(self, book, style, name, columns):
        """New sheet with a frozen head; ``columns``: (title, width, format)."""
        sheet = book.add_worksheet(f"{self.period_id.number} {name}"[:31])
        for at, (_title, width, kind) in enumerate(columns):
            sheet.set_column(at, at, width, style[kind])
        for at, (title, _width, _kind) in enumerate(columns):
            sheet.write(0, at, title, style["head"])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, len(columns) - 1)
        return sheet

    def _xlsx_summary(self, book, style):
        _ = self.env._
        title = _("Summary")
        sheet = book.add_worksheet(f"{self.period_id.number} {title}"[:31])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 4, 20, style["money"])
        sheet.write(0, 0, self.display_name, style["title"])
        row = 2
        for label, value, kind in (
            (_("First day"), self.period_id.date_start, "date"),
            (_("Last day"), self.period_id.date_end, "date"),
            (_("Pay date"), self.period_id.pay_date, "date"),
            (_("Plan"), self.version_id.display_name, "text"),
            (_("Rate of exchange"), self.fx_e6 / 1_000_000, "figure"),
            (_("CV of the cycle"), self.cv, "figure"),
            (_("People paid"), self.payee_count, "count"),
            (_("Earned"), self.amount, "figure"),
            (_("Deductions"), self.deducted, "figure"),
            (_("To pay"), self.net, "figure"),
            (_("Not reached"), self.breakage, "figure"),
            (_("Result (SHA-256)"), self.digest, "text"),
        ):
            sheet.write(row, 0, label)
            sheet.write(row, 1, value or "", style[kind])
            row += 1
        row += 1
        heads = (_("Bonus"), _("Rows"), _("People"), _("Earned"), _("Not reached"))
        for at, head in enumerate(heads):
            sheet.write(row, at, head, style["head"])
        for total in self.bonus_total_ids:
            row += 1
            values = (
                total.bonus_id.name,
                total.count,
                total.payees,
                total.amount,
                total.breakage,
            )
            kinds = ("text", "number", "number", "money", "money")
            for at, (value, kind) in enumerate(zip(values, kinds, strict=True)):
                sheet.write(row, at, value, style[kind])
        row += 2
        for at, head in enumerate((_("Rank"), _("People"))):
            sheet.write(row, at, head, style["head"])
        for total in self.rank_total_ids:
            row += 1
            sheet.write(row, 0, total.rank_id.name)
            sheet.write(row, 1, total.payees, style["number"])

    def _xlsx_statements(self, book, style):
        _ = self.env._
        sheet = self._xlsx_sheet(
            book,
            style,
            _("Payees"),
            (
                (_("Code"), 12, "text"),
                (_("Name"), 34, "text"),
                (_("Rank"), 14, "text"),
                (_("Earned"), 18, "money"),
                (_("Deductions"), 18, "money"),
                (_("To pay"), 18, "money"),
                (_("Journal entry"), 18, "text"),
            ),
        )
        ranks = self._ranks_of(self.statement_ids.distributor_id)
        for row, statement in enumerate(self.statement_ids, start=1):
            distributor = statement.distributor_id
            values = (
                distributor.code,
                distributor.name,
                ranks.get(distributor.id, ""),
                statement.gross,
                statement.deducted,
                statement.net,
                statement.sudo().move_id.name,  # its name only, of a statement that is read
            )
            for at, value in enumerate(values):
                sheet.write(row, at, value)

    def _xlsx_earnings(self, book, style):
        _ = self.env._
        sheet = self._xlsx_sheet(
            book,
            style,
            _("Rows"),
            (
                (_("Paid to"), 12, "text"),
                (_("Name"), 30, "text"),
                (_("Bonus"), 20, "text"),
                (_("Because of"), 12, "text"),
                (_("Order"), 16, "text"),
                (_("Level"), 8, "text"),
                (_("Paid level"), 10, "text"),
                (_("Base"), 14, "points"),
                (_("Rate %"), 10, "percent"),
                (_("Exchange"), 12, "points"),
                (_("Earned"), 16, "money"),
                (_("Not reached"), 16, "money"),
                (_("Reason"), 44, "text"),
            ),
        )
        earnings = self.env["mlm.earning"].search(self._id_domain("mlm.earning"))
        reasons = dict(self.env["mlm.earning"]._fields["reason"]._description_selection(self.env))
        for row, earning in enumerate(earnings, start=1):
            values = (
                earning.payee_id.code or "",
                earning.payee_id.name or "",
                earning.bonus_id.name,
                earning.source_id.code or "",
                earning.order_name or "",
                earning.level,
                earning.paid_level,
                earning.base,
                earning.rate,
                earning.fx,
                earning.amount,
                earning.breakage,
                reasons.get(earning.reason, ""),
            )
            for at, value in enumerate(values):
                sheet.write(row, at, value)

    def _xlsx_entries(self, book, style):
        _ = self.env._
        sheet = self._xlsx_sheet(
            book,
            style,
            _("Ledger"),
            (
                (_("Journal entry"), 18, "text"),
                (_("Account"), 36, "text"),
                (_("Debit"), 18, "money"),
                (_("Credit"), 18, "money"),
            ),
        )
        # The report goes with the run: whoever may read the run may read it.
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [("move_id", "in", self.sudo().chunk_ids.move_id.ids)],
                ["move_id", "account_id"],
                ["debit:sum", "credit:sum"],
            )
        )
        for row, (move, account, debit, credit) in enumerate(groups, start=1):
            values = (move.name, account.display_name, debit, credit)
            for at, value in enumerate(values):
                sheet.write(row, at, value)

    def action_chart(self):
        """What each bonus paid, as a picture."""
        self.ensure_one()
        action = self._action_earnings(
            title=self.env._("Earned by bonus · %(run)s", run=self.display_name)
        )
        action["view_mode"] = "graph,pivot,list,form"
        action["context"] = {
            "graph_mode": "pie",
            "graph_groupbys": ["bonus_id"],
            "graph_measure": "amount",
        }
        return action

    def action_xlsx(self):
        """Download the commission report."""
        cycles = "-".join(str(run.period_id.number) for run in self)
        name = self.env._("commissions")
        self.check_access("read")
        # sudo: who may read the run may read the report that is kept with it
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{name}-{cycles}.xlsx",
                    "datas": base64.b64encode(self._xlsx_report()),
                    "res_model": "mlm.run",
                    "res_id": self[:1].id,
                }
            )
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
        }
