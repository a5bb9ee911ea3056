# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import chain

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.documents import column
from odoo.addons.mlm_base.documents.workbook import Workbook
from odoo.addons.mlm_base.exact import from_e4, from_e6


class MlmCommissionReport(models.AbstractModel):
    """Workbooks of runs: everything, or what was not reached."""

    _inherit = "mlm.commission.report"

    def _get_xlsx(self, runs, kind="detail", people=None):
        """Return the bytes of a workbook.

        :param kind: ``detail`` or ``breakage``; a kind has a method ``_write_<kind>``
        :param people: only these `mlm.distributor`
        """
        with Workbook() as book:
            for run in runs:
                prefix = str(run.period_id.number)
                getattr(self, f"_write_{kind}")(book, prefix, run, people)
            with book.close() as file:
                return file.read()

    def _write_detail(self, book, prefix, run, people):
        _ = self.env._
        self._write_summary(book, prefix + " " + _("Summary"), run)
        self._write_payees(book, prefix + " " + _("Payees"), run, people)
        rows = chain.from_iterable(self._read_rows(run, people))
        book.table(prefix + " " + _("Rows"), self._get_columns(run), rows)
        if people is not None:
            self._write_behind(book, prefix + " " + _("Orders behind it"), run, people)
        if people is None:
            self._write_ledger(book, prefix + " " + _("Ledger"), run)

    def _write_behind(self, book, name, run, people):
        """Of chosen people: the orders behind amounts that come from no single one."""
        _ = self.env._
        rows = list(chain.from_iterable(self._read_rows(run, people)))
        behind = self._read_behind(run, rows)
        if not behind:
            return
        columns = [
            column("payee", _("Paid to"), "text", 12),
            column("bonus", _("Bonus"), "text", 18),
            column("position", _("Position"), "text", 12),
            column("order", _("Order"), "text", 24),
            column("day", _("Date"), "date", 12),
            column("buyer", _("Buyer"), "text", 12),
            column("buyer_name", _("Name of the buyer"), "text", 28),
            column("base", _("Volume counted"), "points", 14),
            column("amount", _("Share"), "money", 16),
        ]
        book.table(name, columns, behind)

    def _get_summary_lines(self, run):
        """``[(label, value, kind)]`` of the head of a run."""
        _ = self.env._
        return [
            (_("First day"), run.period_id.date_start, "date"),
            (_("Last day"), run.period_id.date_end, "date"),
            (_("Pay date"), run.period_id.pay_date, "date"),
            (_("Plan"), run.version_id.display_name, "text"),
            (_("State"), self._get_state(run), "text"),
            (_("Exchange rate"), from_e6(run.fx_e6), "points"),
            (_("CV of the cycle"), run.cv, "points"),
            (_("Net sales"), from_e4(run.net_sales_e4), "money"),
            (_("People paid"), run.payee_count, "number"),
            *([(_("Totals in"), run.currency_id.name, "text")] if run.homes else []),
            (_("Earned"), from_e4(run.amount_e4), "money"),
            (_("Deductions"), from_e4(run.deducted_e4), "money"),
            (_("To pay"), from_e4(run.net_e4), "money"),
            (_("Breakage"), from_e4(run.breakage_e4), "money"),
            (_("Paid % of CV"), run.payout_ratio, "percent"),
            (_("Paid % of net sales"), run.sales_ratio, "percent"),
            *((label, text, "text") for label, text in self._get_signatures(run)),
            (_("Inputs (SHA-256)"), run.snapshot_sha, "text"),
            (_("Result (SHA-256)"), run.digest, "text"),
        ]

    def _get_state(self, run):
        return dict(run._fields["state"]._description_selection(self.env)).get(run.state, "")

    def _write_summary(self, book, name, run):
        _ = self.env._
        sheet = book.sheet(name)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 6, 20)
        book.title(sheet, run.display_name)
        row = 2
        for label, value, kind in self._get_summary_lines(run):
            sheet.write_string(row, 0, label)
            book.cell(sheet, row, 1, value, kind, align="left")
            row += 1
        tables = [
            (
                [
                    column("name", _("Bonus"), "text", 0),
                    column("count", _("Rows"), "number", 0),
                    column("payees", _("People"), "number", 0),
                    column("amount", _("Earned"), "money", 0),
                    column("cv_ratio", _("% of CV"), "percent", 0),
                    column("sales_ratio", _("% of net sales"), "percent", 0),
                    column("breakage", _("Breakage"), "money", 0),
                ],
                [(total.bonus_id.name, total) for total in run.bonus_total_ids],
            ),
            (
                [
                    column("name", _("Rank"), "text", 0),
                    column("payees", _("People"), "number", 0),
                ],
                [(total.rank_id.name, total) for total in run.rank_total_ids],
            ),
        ]
        if run.company_total_ids:
            # sudo: names of companies inside their network
            tables.append(
                (
                    [
                        column("name", _("Company"), "text", 0),
                        column("payees", _("People"), "number", 0),
                        column("amount", _("Earned"), "money", 0),
                        column("deducted", _("Deductions"), "money", 0),
                        column("net", _("To pay"), "money", 0),
                    ],
                    [
                        (f"{total.company_id.name} ({total.currency_id.name})", total)
                        for total in run.company_total_ids.sudo()
                    ],
                )
            )
        for columns, lines in tables:
            row += 2
            book.head(sheet, row, columns)
            for label, total in lines:
                row += 1
                sheet.write_string(row, 0, label)
                for at, one in enumerate(columns[1:], start=1):
                    book.cell(sheet, row, at, total[one["name"]], one["kind"])

    def _write_payees(self, book, name, run, people):
        _ = self.env._
        columns = [
            column("code", _("Code"), "text", 12),
            column("name", _("Name"), "text", 34),
            column("rank", _("Rank"), "text", 14),
            *self._get_currency_columns(run),
            column("gross", _("Earned"), "money", 18),
            column("deducted", _("Deductions"), "money", 18),
            column("net", _("To pay"), "money", 18),
            column("entry", _("Journal entry"), "text", 18),
        ]
        book.table(name, columns, self._read_payees(run, people))

    def _read_payees(self, run, people=None):
        """Everybody paid, with the statement where there is one."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT payee.code, %(name)s AS name, payee.company_id AS home_id,
                       coalesce(ranked.rank, 0) AS rank,
                       store.amount_e4 / 10000.0 AS gross,
                       statement.deducted_e4 / 10000.0 AS deducted,
                       statement.net_e4 / 10000.0 AS net, move.name AS entry
                  FROM (%(paid)s) store
                  JOIN mlm_distributor payee ON payee.id = store.payee_id
                  JOIN res_partner person ON person.id = payee.partner_id
                  %(ranked)s
                  LEFT JOIN mlm_statement statement
                    ON statement.run_id = %(run)s AND statement.distributor_id = store.payee_id
                  LEFT JOIN account_move move ON move.id = statement.move_id
                 WHERE (%(everybody)s OR store.payee_id = ANY(%(people)s)) AND %(mine)s
                 ORDER BY store.amount_e4 DESC, payee.code
                """,
                paid=run._paid_people(),
                name=self.env["mlm.distributor"]._get_name_column("payee", SQL("person.name")),
                mine=run._of_read_homes(),
                ranked=run._join_figures("ranked", SQL("store.payee_id")),
                run=run.id,
                everybody=people is None,
                people=list(people.ids) if people is not None else [],
            )
        )
        ranks = {rank.sequence: rank.name for rank in run.version_id.rank_ids}
        currencies = self._get_currency_names(run)
        for row in rows:
            row["currency"] = currencies[row["home_id"]]
            row["rank"] = ranks.get(row["rank"], "")
        return rows

    def _write_ledger(self, book, name, run):
        _ = self.env._
        columns = [
            *([column("company", _("Company"), "text", 24)] if run.homes else []),
            column("entry", _("Journal entry"), "text", 18),
            column("account", _("Account"), "text", 36),
            *self._get_currency_columns(run),
            column("debit", _("Debit"), "money", 18),
            column("credit", _("Credit"), "money", 18),
        ]
        # sudo: the report goes with the run: whoever may read the run may read it.
        # In a network of several companies the entries of the own ones.
        homes = run._read_homes()
        chunks = run.sudo().chunk_ids.filtered(
            lambda one: homes is None or one.company_id.id in homes
        )
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [("move_id", "in", chunks.move_id.ids)],
                ["company_id", "move_id", "account_id"],
                ["debit:sum", "credit:sum"],
            )
        )
        rows = [
            {
                "company": company.name,
                "currency": company.currency_id.name,
                "entry": move.name,
                "account": account.display_name,
                "debit": debit,
                "credit": credit,
            }
            for company, move, account, debit, credit in groups
        ]
        book.table(name, columns, rows)

    # -- what was not reached ----------------------------------------------------

    def _write_breakage(self, book, prefix, run, people):
        _ = self.env._
        reasons = dict(run.reason_total_ids._fields["reason"]._description_selection(self.env))
        columns = [
            column("bonus", _("Bonus"), "text", 18),
            column("reason", _("Reason"), "text", 56),
            column("payees", _("People"), "number", 10),
            column("count", _("Rows"), "number", 10),
            column("breakage", _("Breakage"), "money", 18),
            column("part", _("Part %"), "percent", 10),
        ]
        totals = [
            {
                "bonus": total.bonus_id.name,
                "reason": reasons.get(total.reason, ""),
                "payees": total.payees,
                "count": total.count,
                "breakage": total.breakage,
                "part": total.breakage_share,
            }
            for total in run.reason_total_ids
        ]
        if people is None:
            book.table(prefix + " " + _("By reason"), columns, totals)
        rows = chain.from_iterable(self._read_rows(run, people))
        missed = (row for row in rows if row["breakage_e4"])
        book.table(prefix + " " + _("Rows"), self._get_columns(run), missed)
