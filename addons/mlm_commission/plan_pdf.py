# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Documents about plans as PDF, made without a browser or another program."""

import io
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

_DARK = colors.HexColor("#1F4E5F")
_TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=9.5, leading=13, spaceAfter=4)
_CELL = ParagraphStyle("cell", parent=_TEXT, fontSize=8.5, leading=11, spaceAfter=0)
_HEAD = ParagraphStyle("head", parent=_CELL, fontName="Helvetica-Bold", textColor=colors.white)
_ITEM = ParagraphStyle("item", parent=_TEXT, leftIndent=5 * mm, bulletIndent=1.5 * mm)
_NOTE = ParagraphStyle(
    "note",
    parent=_TEXT,
    backColor=colors.HexColor("#EEF4F6"),
    borderPadding=(5, 6, 5, 6),
    spaceBefore=6,
    spaceAfter=9,
    leftIndent=6,
    rightIndent=6,
)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=17, leading=22, spaceAfter=6)
_HEADING = ParagraphStyle(
    "heading",
    fontName="Helvetica-Bold",
    fontSize=12.5,
    leading=16,
    textColor=_DARK,
    spaceBefore=10,
    spaceAfter=4,
    keepWithNext=1,
)
_TABLE = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, 0), _DARK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
)


def pdf(title, blocks, footer):
    """Return the bytes of a document.

    :param blocks: ``{"kind": "heading" or "text" or "note", "text"}``, ``{"kind":
        "list", "items"}`` and ``{"kind": "table", "head", "rows"}``
    :param footer: text at the left below; the number of the page stands at the right
    """
    story = [Paragraph(escape(title), _TITLE)]
    for block in blocks:
        story += _KINDS[block["kind"]](block)
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        title=title,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
    )

    def draw(canvas, page):
        canvas.saveState()
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(18 * mm, 9 * mm, footer)
        canvas.drawRightString(A4[0] - 18 * mm, 9 * mm, str(page.page))
        canvas.restoreState()

    document.build(story, onFirstPage=draw, onLaterPages=draw)
    return target.getvalue()


def _table(block):
    wide = A4[0] - 36 * mm
    count = len(block["head"])
    first = 0.34 if count > 2 else 0.5
    rest = (1 - first) / max(count - 1, 1)
    rows = [[Paragraph(escape(str(text)), _HEAD) for text in block["head"]]]
    rows += [[Paragraph(escape(str(text)), _CELL) for text in row] for row in block["rows"]]
    return [
        LongTable(
            rows,
            colWidths=[wide * first] + [wide * rest] * (count - 1) if count > 1 else [wide],
            repeatRows=1,
            hAlign="LEFT",
            style=_TABLE,
        ),
        Spacer(1, 3 * mm),
    ]


_KINDS = {
    "heading": lambda block: [Paragraph(escape(block["text"]), _HEADING)],
    "text": lambda block: [Paragraph(escape(block["text"]), _TEXT)],
    "note": lambda block: [Paragraph(escape(block["text"]), _NOTE)],
    "list": lambda block: [
        Paragraph(escape(text), _ITEM, bulletText="•") for text in block["items"]
    ],
    "table": _table,
}
