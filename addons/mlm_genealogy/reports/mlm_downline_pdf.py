from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.documents import column, page
from odoo.addons.mlm_base.formats import Formats

# about a hundred pages and ten seconds; nobody reads more paper
PDF_ROWS = 3000
_SIZE = page.landscape(page.A4)


class MlmDownlineReport(models.AbstractModel):
    """The report as a document. Made here, without a browser or another program."""

    _inherit = "mlm.downline.report"

    def _get_pdf(self, question, name_rows=None):
        """Return the bytes of the document.

        :param name_rows: function that changes a list of rows, as the portal does
        :raise UserError: too many rows for a document
        """
        totals = self._ensure_pdf_possible(question)
        title = self._get_title(question)
        story = [page.paragraph(title, page.TITLE)]
        story += [
            page.paragraph(line, page.NOTE)
            for line in [*self._get_subtitle(question), *self._get_notes(question)]
        ]
        story += [page.Spacer(1, 4 * page.mm), self._get_pdf_totals(question, totals)]
        if totals["groups"]:
            rows = self._get_pdf_rows(question, totals, name_rows)
            columns = self._get_columns(question)
            table = page.table(columns, rows, page.width(_SIZE))
            story += [page.Spacer(1, 6 * page.mm), table]
        return page.build(self.env, story, title, question.root.company_id, _SIZE)

    def _ensure_pdf_possible(self, question):
        """Return the totals of a report that is small enough for a document."""
        totals = self._downline_totals(*question.asked)
        if totals["all"]["people"] > PDF_ROWS:
            formats = Formats(self.env)
            raise UserError(
                self.env._(
                    "%(people)s people are too many for a PDF, which holds up to %(limit)s. "
                    "Narrow the filters, or use the XLSX, which has no limit.",
                    people=formats.number(totals["all"]["people"]),
                    limit=formats.number(PDF_ROWS),
                )
            )
        return totals

    def _get_pdf_totals(self, question, totals):
        formats = Formats(self.env)
        columns = [
            column("label", dict(self._get_group_names())[question.group_by], "text", 45),
            *({**one, "width": 28} for one in self._get_total_columns(question)),
        ]
        *rows, total = [
            [formats.shown(line[one["name"]], one) for one in columns]
            for line in self._get_labelled_totals(question, totals)
        ]
        room = sum(one["width"] for one in columns) * page.mm
        return page.table(columns, rows, room, total)

    def _get_pdf_rows(self, question, totals, name_rows):
        """Yield the texts of the rows, and before each group its name."""
        formats = Formats(self.env)
        columns = self._get_columns(question)
        people = {line["group"]: line["people"] for line in totals["groups"]}
        group = object()
        for row in self._get_named_rows(question, name_rows):
            if row[question.group_by] != group:
                group = row[question.group_by]
                label = self._get_group_label(question, group)
                yield f"{label} · {formats.number(people[group])}"
            yield [formats.shown(row[one["name"]], one) for one in columns]
