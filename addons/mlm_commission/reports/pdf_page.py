# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How the documents of a run look: styles, tables, bars, foot of the page.

Made by ReportLab, like the other documents of the network: wkhtmltopdf without the
patches of Qt knows no page numbers, and many installations have none at all.
"""

import io
from xml.sax.saxutils import escape

from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    KeepTogether,
    LongTable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    TableStyle,
)

DARK = colors.HexColor("#1F4E5F")
SOFT = colors.HexColor("#EEF3F5")
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=7.5, leading=9.5)
SMALL = ParagraphStyle("small", parent=TEXT, fontSize=6.8, leading=8.5, textColor=colors.dimgrey)
HEAD = ParagraphStyle("head", parent=TEXT, fontName="Helvetica-Bold", textColor=colors.white)
HEAD_RIGHT = ParagraphStyle("head right", parent=HEAD, alignment=2)
BOLD = ParagraphStyle("bold", parent=TEXT, fontName="Helvetica-Bold")
RIGHT = ParagraphStyle("right", parent=TEXT, alignment=2)
BOLD_RIGHT = ParagraphStyle("bold right", parent=BOLD, alignment=2)
NOTE = ParagraphStyle("note", parent=TEXT, fontSize=9, leading=12)
WARNING = ParagraphStyle(
    "warning", parent=NOTE, fontName="Helvetica-Bold", textColor=colors.HexColor("#9A3412")
)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=16, leading=21)
SECTION = ParagraphStyle(
    "section", fontName="Helvetica-Bold", fontSize=10.5, leading=14, textColor=DARK
)
NUMERIC = ("money", "points", "percent", "number")
MARGIN = 14 * mm
# Room between the margins, less what ReportLab keeps on both sides of a frame.
PADDING = 12


def paragraph(text, style=TEXT):
    """Text of data, never markup. Odoo joins a sign and its number by a character without
    width, which the fonts of every reader do not have."""
    plain = str(text or "").replace("\ufeff", "").replace("\u202f", "\u00a0")
    return Paragraph(escape(plain), style)


def section(title, *parts):
    """A title that stays with the beginning of what follows."""
    return [
        KeepTogether([Spacer(1, 4 * mm), paragraph(title, SECTION), Spacer(1, 1 * mm), parts[0]]),
        *parts[1:],
    ]


def table(columns, rows, width, total=None):
    """Table with a head on each page.

    :param columns: dicts with ``label``, ``kind`` and ``width`` (relative)
    :param rows: lists of texts or paragraphs, as long as ``columns``
    :param total: last row, in bold
    """
    right = [column["kind"] in NUMERIC for column in columns]
    data = [
        [
            paragraph(column["label"], HEAD_RIGHT if numeric else HEAD)
            for column, numeric in zip(columns, right, strict=True)
        ]
    ]
    for row in rows:
        data.append(
            [_cell(value, numeric, False) for value, numeric in zip(row, right, strict=True)]
        )
    style = [
        ("BACKGROUND", (0, 0), (-1, 0), DARK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    if total:
        data.append(
            [_cell(value, numeric, True) for value, numeric in zip(total, right, strict=True)]
        )
        style += [
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, DARK),
            ("BACKGROUND", (0, -1), (-1, -1), SOFT),
        ]
    room = width / sum(column["width"] for column in columns)
    return LongTable(
        data,
        colWidths=[column["width"] * room for column in columns],
        repeatRows=1,
        style=TableStyle(style),
    )


def _cell(value, numeric, bold):
    if not isinstance(value, str):
        return value
    style = (BOLD_RIGHT if bold else RIGHT) if numeric else (BOLD if bold else TEXT)
    return paragraph(value, style)


def facts(pairs, width, columns=2):
    """Labels and values side by side."""
    cells = [[paragraph(label, SMALL), paragraph(value, BOLD)] for label, value in pairs if value]
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    if not rows:
        return Spacer(1, 0)
    rows[-1] += [""] * (columns - len(rows[-1]))
    return LongTable(
        rows,
        colWidths=[width / columns] * columns,
        style=TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), SOFT),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        ),
    )


def bars(pairs, width, shown):
    """Horizontal bars of ``[(label, value)]``; ``shown`` writes a value."""
    height = 10 + 17 * len(pairs)
    drawing = Drawing(width, height)
    chart = HorizontalBarChart()
    chart.x, chart.y, chart.width, chart.height = 120, 5, width - 215, height - 10
    chart.data = [[float(value) for _label, value in reversed(pairs)]]
    chart.categoryAxis.categoryNames = [str(label)[:26] for label, _value in reversed(pairs)]
    chart.categoryAxis.labels.fontName = "Helvetica"
    chart.categoryAxis.labels.fontSize = 7.5
    chart.categoryAxis.strokeColor = colors.lightgrey
    chart.categoryAxis.visibleTicks = False
    chart.valueAxis.visible = False
    chart.valueAxis.valueMin = min(0, *chart.data[0])
    chart.valueAxis.valueMax = max(*chart.data[0], 1e-6)
    chart.bars[0].fillColor = DARK
    chart.bars[0].strokeColor = None
    chart.barLabels.fontName = "Helvetica"
    chart.barLabels.fontSize = 7
    chart.barLabels.boxAnchor = "w"
    chart.barLabels.dx = 4
    chart.barLabelFormat = shown
    drawing.add(chart)
    return drawing


def build(story, title, author, foot, page, size=A4):
    """Return the bytes of the document.

    :param foot: text on the left of each foot
    :param page: writes the number of the page, e.g. ``"Page 3"``
    """
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=16 * mm,
        title=title,
        author=author,
    )

    def draw(canvas, _document):
        canvas.saveState()
        canvas.setFont("Helvetica", 7)
        canvas.setFillColor(colors.dimgrey)
        canvas.drawString(MARGIN, 9 * mm, foot)
        canvas.drawRightString(size[0] - MARGIN, 9 * mm, page(canvas.getPageNumber()))
        canvas.restoreState()

    document.build(story, onFirstPage=draw, onLaterPages=draw)
    return target.getvalue()
