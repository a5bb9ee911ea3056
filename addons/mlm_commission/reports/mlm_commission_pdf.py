# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Spacer

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime, groupby

from . import pdf_page as pdf

# about a hundred pages; nobody reads more paper
PDF_ROWS = 3000
WIDTH = landscape(A4)[0] - 2 * pdf.MARGIN - pdf.PADDING


class MlmCommissionReport(models.AbstractModel):
    """The commission report of one person, or of several, as a document."""

    _inherit = "mlm.commission.report"

    def _get_pdf(self, runs, people=None):
        """Return the bytes of the document: a chapter for each run and person.

        :param people: `mlm.distributor`; None: everybody with a row in the runs
        :raise UserError: too many rows for paper, or nobody of them in the runs
        """
        found = sum(self._count_rows(run, people) for run in runs)
        if found > PDF_ROWS:
            raise UserError(
                self.env._(
                    "%(rows)s rows are too many for a PDF, which takes up to %(limit)s. Choose"
                    " fewer people, or take the XLSX, which has no limit.",
                    rows=self._format(found, "number"),
                    limit=self._format(PDF_ROWS, "number"),
                )
            )
        story = []
        for run in runs:
            for person, rows in self._get_chapters(run, people):
                story += [PageBreak()] if story else []
                story += self._get_chapter(run, person, rows)
        if not story:
            raise UserError(
                self.env._("Nobody of the people chosen has a row in the cycles chosen.")
            )
        return self._build_pdf(story, self.env._("Commission report"), runs, landscape(A4))

    def _build_pdf(self, story, title, runs, size=A4):
        company = runs[:1].company_id
        printed = format_datetime(self.env, self.env.cr.now(), dt_format="dd/MM/yyyy HH:mm")
        return pdf.build(
            story,
            title,
            company.name,
            self.env._("%(company)s · printed %(moment)s", company=company.name, moment=printed),
            lambda number: self.env._("Page %s", number),
            size,
        )

    def _get_chapters(self, run, people):
        """Yield ``(person, rows)``; rows that nobody got belong to no chapter."""
        rows = [row for chunk in self._read_rows(run, people) for row in chunk if row["payee_id"]]
        for person_id, own in groupby(rows, key=lambda row: row["payee_id"]):
            yield self.env["mlm.distributor"].browse(person_id), list(own)

    def _get_chapter(self, run, person, rows):
        _ = self.env._
        currency = run.currency_id
        statement = run._get_statement(person)
        money = lambda text: currency.format(float(text))  # noqa: E731 - short and local
        story = [
            pdf.paragraph(f"{person.code} · {person.name}", pdf.TITLE),
            pdf.paragraph(
                _(
                    "Commission report of %(cycle)s, %(first)s to %(last)s",
                    cycle=run.period_id.display_name,
                    first=format_date(self.env, run.period_id.date_start),
                    last=format_date(self.env, run.period_id.date_end),
                ),
                pdf.NOTE,
            ),
        ]
        if run.state != "posted":
            story.append(
                pdf.paragraph(
                    _("Preview (%s): amounts may change until it is posted.", self._get_state(run)),
                    pdf.WARNING,
                )
            )
        story += [
            Spacer(1, 3 * mm),
            pdf.facts(
                [
                    (_("Rank"), statement["rank"]),
                    (_("Plan"), run.version_id.display_name),
                    (_("Pay date"), format_date(self.env, run.period_id.pay_date)),
                    (_("Rate of exchange"), run.fx),
                    (_("Earned"), money(statement["gross"])),
                    (_("Deductions"), money(statement["deducted"])),
                    (_("To pay"), money(statement["net"])),
                    (_("Currency"), statement["currency"]),
                ],
                WIDTH,
                columns=4,
            ),
        ]
        story += self._get_bonus_part(run, statement)
        paid = [row for row in rows if row["amount_e4"]]
        missed = [row for row in rows if row["breakage_e4"]]
        if paid:
            part = self._get_rows_table(run, paid, "amount", _("Earned"))
            story += pdf.section(_("How each amount came about"), part)
        story += self._get_behind_part(run, paid)
        if missed:
            part = self._get_rows_table(run, missed, "breakage", _("Not reached"))
            story += pdf.section(_("What was not reached, and why"), part)
        story += self._get_figures_part(run, person)
        return story

    def _get_bonus_part(self, run, statement):
        _ = self.env._
        currency = run.currency_id
        columns = [
            self._column("name", _("Bonus"), "text", 6),
            self._column("amount", _("Amount"), "money", 2),
            self._column("note", _("Reason"), "text", 6),
        ]
        lines = [
            [bonus["name"], currency.format(float(bonus["amount"])), ""]
            for bonus in statement["bonuses"]
            if bonus["amount"] != "0"
        ]
        lines += [
            [line["name"], currency.format(-float(line["amount"])), line["reason"]]
            for line in statement["deductions"]
        ]
        if not lines:
            return []
        total = [_("To pay"), currency.format(float(statement["net"])), ""]
        return pdf.section(_("Summary"), pdf.table(columns, lines, WIDTH, total))

    def _get_rows_table(self, run, rows, measure, label):
        _ = self.env._
        columns = [
            self._column("bonus", _("Bonus"), "text", 15),
            self._column("day", _("Date"), "date", 10),
            self._column("order", _("Order"), "text", 12),
            self._column("buyer", _("Buyer"), "text", 25),
            self._column("level", _("Level"), "number", 8),
            self._column("base", _("Base"), "points", 11),
            self._column("rate", _("Rate"), "percent", 9),
            self._column("rate_source", _("Rate from"), "text", 15),
            self._column("fx", _("Exchange"), "points", 10),
        ]
        adjustments = [
            column for column in self._get_columns() if column["name"] in ("cap", "scale")
        ]
        columns += [{**column, "width": 12} for column in adjustments if self._has(rows, column)]
        columns.append(self._column(measure, label, "money", 14))
        if measure == "breakage":
            columns.append(self._column("reason", _("Reason"), "text", 30))
        lines = [
            [self._get_pdf_text(row, column, run.currency_id) for column in columns] for row in rows
        ]
        total_e4 = sum(row[f"{measure}_e4"] for row in rows)
        total = [""] * len(columns)
        total[0] = _("Total")
        at = next(at for at, column in enumerate(columns) if column["name"] == measure)
        total[at] = self._format(total_e4 / 10_000, "money", run.currency_id)
        return pdf.table(columns, lines, WIDTH, total)

    def _get_behind_part(self, run, rows):
        """The orders behind amounts of a position, each with its share."""
        _ = self.env._
        behind = self._read_behind(run, rows)
        if not behind:
            return []
        columns = [
            self._column("bonus", _("Bonus"), "text", 15),
            self._column("position", _("Position"), "text", 12),
            self._column("day", _("Date"), "date", 10),
            self._column("order", _("Order"), "text", 25),
            self._column("buyer", _("Buyer"), "text", 30),
            self._column("base", _("Volume counted"), "points", 14),
            self._column("amount", _("Share"), "money", 14),
        ]
        lines = [
            [
                row["bonus"],
                row["position"],
                self._format(row["day"], "date"),
                row["order"] or "",
                " ".join(filter(None, [row["buyer"], row["buyer_name"]])),
                self._format(row["base"], "points"),
                self._format(row["amount"], "money", run.currency_id),
            ]
            for row in behind
        ]
        return pdf.section(
            _("Orders behind the amounts of a position"), pdf.table(columns, lines, WIDTH)
        )

    def _has(self, rows, column):
        return any(row[column["name"]] for row in rows)

    def _get_pdf_text(self, row, column, currency):
        name, kind = column["name"], column["kind"]
        if name == "buyer":
            return " ".join(filter(None, [row["buyer"] or row["source"], row["buyer_name"]]))
        if name == "level":
            if not row["level"]:
                return ""
            same = row["paid_level"] in (0, row["level"])
            return str(row["level"]) if same else f"{row['level']} ({row['paid_level']})"
        text = self._format(row[name], kind, currency)
        return f"{text} %" if kind == "percent" and text else text

    def _get_figures_part(self, run, person):
        """Activity, rank and volumes that decided."""
        figures = self.env["mlm.measure"].search(
            [*run._id_domain("mlm.measure"), ("distributor_id", "=", person.id)]
        )
        names = dict(figures._fields["measure"]._description_selection(self.env))
        pairs = [
            (
                " · ".join(filter(None, [names.get(one.measure), one.position_id.code])),
                one.shown,
            )
            for one in figures
        ]
        if not pairs:
            return []
        return pdf.section(self.env._("Figures of the cycle"), pdf.facts(pairs, WIDTH, columns=4))
