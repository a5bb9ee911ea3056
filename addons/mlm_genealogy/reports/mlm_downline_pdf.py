import io
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

# about a hundred pages and ten seconds; nobody reads more paper
PDF_ROWS = 3000
_TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=7, leading=8.5)
_HEAD = ParagraphStyle("head", parent=_TEXT, fontName="Helvetica-Bold", textColor=colors.white)
_BOLD = ParagraphStyle("bold", parent=_TEXT, fontName="Helvetica-Bold")
_RIGHT = ParagraphStyle("right", parent=_TEXT, alignment=2)
_NOTE = ParagraphStyle("note", parent=_TEXT, fontSize=8.5, leading=11)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=15, leading=20)
_DARK = colors.HexColor("#1F4E5F")


class MlmDownlineReport(models.AbstractModel):
    """The report as a document. Made here, without a browser or another program."""

    _inherit = "mlm.downline.report"

    def _get_pdf(self, question, name_rows=None):
        """Return the bytes of the document.

        :param name_rows: function that changes a list of rows, as the portal does
        :raise UserError: too many rows for a document
        """
        asked = (question.root, question.tree, question.group_by, question.filters, question.at)
        totals = self._ensure_pdf_possible(question)
        story = [Paragraph(escape(self._get_title(question)), _TITLE)]
        story += [
            Paragraph(escape(line), _NOTE)
            for line in [*self._get_subtitle(question), *self._get_notes(question)]
        ]
        story += [Spacer(1, 4 * mm), self._get_pdf_totals(question, totals), Spacer(1, 6 * mm)]
        if totals["groups"]:
            story.append(self._get_pdf_rows(question, asked, totals, name_rows))
        target = io.BytesIO()
        margin = dict.fromkeys(("leftMargin", "rightMargin", "topMargin"), 12 * mm)
        document = SimpleDocTemplate(
            target,
            pagesize=landscape(A4),
            bottomMargin=15 * mm,
            title=self._get_title(question),
            author=question.root.company_id.name,
            **margin,
        )
        footer = self._get_pdf_footer(question)
        document.build(story, onFirstPage=footer, onLaterPages=footer)
        return target.getvalue()

    def _ensure_pdf_possible(self, question):
        """Return the totals of a report that is small enough for a document."""
        totals = self._downline_totals(
            question.root, question.tree, question.group_by, question.filters, question.at
        )
        if totals["all"]["people"] > PDF_ROWS:
            raise UserError(
                self.env._(
                    "%(people)s people are too many for a PDF, which takes up to %(limit)s."
                    " Narrow the filters, or take the XLSX, which has no limit.",
                    people=self._format(totals["all"]["people"], "number"),
                    limit=self._format(PDF_ROWS, "number"),
                )
            )
        return totals

    def _get_pdf_footer(self, question):
        printed = format_date(self.env, self.env.cr.now(), date_format="d MMM y")
        left = f"{question.root.company_id.name} · {printed}"

        def draw(canvas, document):
            canvas.saveState()
            canvas.setFont("Helvetica", 7.5)
            canvas.drawString(12 * mm, 8 * mm, left)
            page = self.env._("Page %s", document.page)
            canvas.drawRightString(landscape(A4)[0] - 12 * mm, 8 * mm, page)
            canvas.restoreState()

        return draw

    def _get_pdf_totals(self, question, totals):
        columns = self._get_total_columns(question)
        head = [dict(self._get_group_names())[question.group_by]]
        data = [[Paragraph(escape(text), _HEAD) for text in head + [c["label"] for c in columns]]]
        for line in [*totals["groups"], totals["all"]]:
            last = line is totals["all"]
            label = self.env._("Total") if last else self._get_group_label(question, line["group"])
            data.append(
                [Paragraph(escape(label), _BOLD if last else _TEXT)]
                + [
                    Paragraph(self._format(line[column["name"]], column["kind"]), _RIGHT)
                    for column in columns
                ]
            )
        return LongTable(
            data,
            colWidths=[45 * mm] + [28 * mm] * len(columns),
            repeatRows=1,
            hAlign="LEFT",
            style=self._get_pdf_style(),
        )

    def _get_pdf_rows(self, question, asked, totals, name_rows):
        columns = self._get_columns(question)
        room = landscape(A4)[0] - 24 * mm
        width = room / sum(column["width"] for column in columns)
        data = [[Paragraph(escape(column["label"]), _HEAD) for column in columns]]
        style = self._get_pdf_style()
        people = {line["group"]: line["people"] for line in totals["groups"]}
        group = object()
        for rows in self._downline_report(*asked):
            if name_rows:
                name_rows(rows)
            for row in rows:
                if row[question.group_by] != group:
                    group = row[question.group_by]
                    label = self._get_group_label(question, group)
                    number = self._format(people[group], "number")
                    style.add("SPAN", (0, len(data)), (-1, len(data)))
                    style.add("BACKGROUND", (0, len(data)), (-1, len(data)), colors.whitesmoke)
                    data.append(
                        [Paragraph(escape(f"{label} · {number}"), _BOLD)]
                        + [""] * (len(columns) - 1)
                    )
                data.append([self._get_pdf_cell(row, column) for column in columns])
        return LongTable(
            data,
            colWidths=[column["width"] * width for column in columns],
            repeatRows=1,
            style=style,
        )

    def _get_pdf_cell(self, row, column):
        text = self._format(row[column["name"]], column["kind"], column["choices"])
        style = _RIGHT if column["kind"] in ("number", "points") else _TEXT
        return Paragraph(escape(text), style)

    def _get_pdf_style(self):
        return TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), _DARK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ]
        )

    def _format(self, value, kind, choices=None):
        """Return a value as people of the user's language write it."""
        if value is None or value is False:
            return ""
        if kind == "number":
            return formatLang(self.env, value, digits=0)
        if kind == "points":
            whole = value == int(value)
            return formatLang(self.env, float(value), digits=0 if whole else 2)
        if kind == "date":
            return format_date(self.env, value, date_format="dd/MM/yyyy")
        if kind == "choice":
            return choices.get(value, "")
        return str(value)
