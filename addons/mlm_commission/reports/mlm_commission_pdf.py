# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import groupby

from odoo.addons.mlm_base.documents import column, page
from odoo.addons.mlm_base.exact import from_e4, from_e6
from odoo.addons.mlm_base.formats import Formats

# about a hundred pages; nobody reads more paper
PDF_ROWS = 3000
SIZE = page.landscape(page.A4)
WIDTH = page.width(SIZE)


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
                    "%(rows)s rows are too many for a PDF, which holds up to %(limit)s. Choose "
                    "fewer people, or use the XLSX, which has no limit.",
                    rows=Formats(self.env).number(found),
                    limit=Formats(self.env).number(PDF_ROWS),
                )
            )
        story = []
        for run in runs:
            for person, rows in self._get_chapters(run, people):
                story += [page.PageBreak()] if story else []
                story += self._get_chapter(run, person, rows)
        if not story:
            raise UserError(self.env._("None of the chosen people has a row in the chosen cycles."))
        title = self.env._("Commission report")
        return page.build(self.env, story, title, self._get_head(runs, people), SIZE)

    def _get_head(self, runs, people=None):
        """Return the company in whose name a document is."""
        # sudo: of which company they are, in whose name a document is that the user may have
        homes = people.sudo().company_id if people else self.env["res.company"]
        return homes if len(homes) == 1 else runs.money_company_id[:1]

    def _get_chapters(self, run, people):
        """Yield ``(person, rows)``; rows that nobody got belong to no chapter."""
        rows = [row for chunk in self._read_rows(run, people) for row in chunk if row["payee_id"]]
        for person_id, own in groupby(rows, key=lambda row: row["payee_id"]):
            yield self.env["mlm.distributor"].browse(person_id), list(own)

    def _get_chapter(self, run, person, rows):
        _ = self.env._
        currency = run._currency_of(person)
        formats = Formats(self.env, currency)
        statement = run._get_statement(person)
        story = [
            page.paragraph(f"{person.code} · {person.name}", page.TITLE),
            page.paragraph(
                _(
                    "Commission report of %(cycle)s, %(first)s to %(last)s",
                    cycle=run.period_id.display_name,
                    first=formats.day(run.period_id.date_start),
                    last=formats.day(run.period_id.date_end),
                ),
                page.NOTE,
            ),
        ]
        if run.state != "posted":
            story.append(
                page.paragraph(
                    _("Preview (%s): amounts may change until it is posted.", self._get_state(run)),
                    page.WARNING,
                )
            )
        story += [
            page.Spacer(1, 3 * page.mm),
            page.facts(
                [
                    (_("Rank"), statement["rank"]),
                    (_("Plan"), run.version_id.display_name),
                    (_("Pay date"), formats.day(run.period_id.pay_date)),
                    (_("Exchange rate"), self._get_fx(run, person, formats)),
                    (_("Earned"), formats.money(statement["gross"])),
                    (_("Deductions"), formats.money(statement["deducted"])),
                    (_("To pay"), formats.money(statement["net"])),
                    (_("Currency"), statement["currency"]),
                ],
                WIDTH,
                columns=4,
            ),
        ]
        story += self._get_bonus_part(currency, statement)
        story += self._get_adjustment_part(currency, statement)
        paid = [row for row in rows if row["amount_e4"]]
        missed = [row for row in rows if row["breakage_e4"]]
        if paid:
            part = self._get_rows_table(currency, paid, "amount", _("Earned"))
            story += page.section(_("How each amount was computed"), part)
        story += self._get_behind_part(run, currency, paid)
        if missed:
            part = self._get_rows_table(currency, missed, "breakage", _("Breakage"))
            story += page.section(_("Breakage, and why"), part)
        story += self._get_figures_part(run, person)
        return story

    def _get_fx(self, run, person, formats):
        """What a point is worth; of several companies to the one that pays the person."""
        home = (run.homes or {}).get(str(person.company_id.id))
        return formats.number(from_e6(home["fx_e6"])) if home else run.fx

    def _get_bonus_part(self, currency, statement):
        _ = self.env._
        formats = Formats(self.env, currency)
        columns = [
            column("name", _("Bonus"), "text", 6),
            column("amount", _("Amount"), "money", 2),
            column("note", _("Reason"), "text", 6),
        ]
        lines = [
            [bonus["name"], formats.money(bonus["amount"]), ""]
            for bonus in statement["bonuses"]
            if bonus["amount"] != "0"
        ]
        lines += [
            [line["name"], formats.money(-Decimal(line["amount"])), line["reason"]]
            for line in statement["deductions"]
        ]
        if not lines:
            return []
        total = [_("To pay"), formats.money(statement["net"]), ""]
        return page.section(_("Summary"), page.table(columns, lines, WIDTH, total))

    def _get_adjustment_part(self, currency, statement):
        """What stands in the statement outside the plan, and in no sum above."""
        _ = self.env._
        formats = Formats(self.env, currency)
        columns = [
            column("reason", _("Reason"), "text", 8),
            column("gross", _("Gross"), "money", 2),
            column("deducted", _("Deductions"), "money", 2),
            column("net", _("To pay"), "money", 2),
        ]
        lines = [
            [one["reason"], *(formats.money(one[name]) for name in ("gross", "deducted", "net"))]
            for one in statement["adjustments"]
        ]
        if not lines:
            return []
        return page.section(_("Outside the plan"), page.table(columns, lines, WIDTH))

    def _get_rows_table(self, currency, rows, measure, label):
        _ = self.env._
        columns = [
            column("bonus", _("Bonus"), "text", 15),
            column("day", _("Date"), "date", 10),
            column("order", _("Order"), "text", 12),
            column("buyer", _("Buyer"), "text", 25),
            column("level", _("Level"), "number", 8),
            column("base", _("Base"), "points", 11),
            column("rate", _("Rate %"), "percent", 9),
            column("rate_source", _("Rate from"), "text", 15),
            column("fx", _("Exchange rate"), "points", 10),
        ]
        if any(row["per"] for row in rows):
            columns.append(column("per", _("Divided by"), "points", 10))
        columns += [
            {**one, "width": 12}
            for one in self._get_columns()
            if one["name"] in ("cap", "scale") and any(row[one["name"]] for row in rows)
        ]
        columns.append(column(measure, label, "money", 14))
        if measure == "breakage":
            columns.append(column("reason", _("Reason"), "text", 30))
        formats = Formats(self.env, currency)
        lines = [[self._get_pdf_text(formats, row, one) for one in columns] for row in rows]
        total_e4 = sum(row[f"{measure}_e4"] for row in rows)
        totals = {"bonus": _("Total"), measure: formats.amount(from_e4(total_e4))}
        total = [totals.get(one["name"], "") for one in columns]
        return page.table(columns, lines, WIDTH, total)

    def _get_behind_part(self, run, currency, rows):
        """The orders behind amounts that have several, each with its share."""
        _ = self.env._
        behind = self._read_behind(run, rows)
        if not behind:
            return []
        columns = [
            column("bonus", _("Bonus"), "text", 15),
            column("position", _("Position"), "text", 12),
            column("day", _("Date"), "date", 10),
            column("order", _("Order"), "text", 25),
            column("buyer", _("Buyer"), "text", 30),
            column("base", _("Volume counted"), "points", 14),
            column("amount", _("Share"), "money", 14),
        ]
        formats = Formats(self.env, currency)
        lines = [[self._get_pdf_text(formats, row, one) for one in columns] for row in behind]
        return page.section(_("Orders behind the amounts"), page.table(columns, lines, WIDTH))

    def _get_pdf_text(self, formats, row, column):
        name = column["name"]
        if name == "buyer":
            return " ".join(filter(None, [row["buyer"] or row.get("source"), row["buyer_name"]]))
        if name == "level":
            if not row["level"]:
                return ""
            same = row["paid_level"] in (0, row["level"])
            return str(row["level"]) if same else f"{row['level']} ({row['paid_level']})"
        return formats.shown(row[name], column)

    def _get_figures_part(self, run, person):
        """Activity, rank and volumes that decided."""
        pairs = [
            (" · ".join(filter(None, [one["label"], one["position"]])), one["shown"])
            for one in run._get_person(person)._get_figures()
        ]
        if not pairs:
            return []
        return page.section(self.env._("Figures of the cycle"), page.facts(pairs, WIDTH, columns=4))
