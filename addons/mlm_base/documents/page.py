"""Pages (PDF): styles, tables, foot and number of the page.

Made by ReportLab: wkhtmltopdf without the patches of Qt knows no page numbers, and many
installations have none at all.
"""

import io
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black, dimgrey, lightgrey, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    KeepTogether,
    LongTable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    TableStyle,
)

from ..formats import Formats
from . import DARK as _DARK
from . import NUMERIC
from . import SOFT as _SOFT

__all__ = ["A4", "PageBreak", "ParagraphStyle", "Spacer", "landscape", "mm"]

DARK, SOFT = HexColor(_DARK), HexColor(_SOFT)

_MARGIN = 14 * mm
#: what ReportLab keeps between the margins and what stands there
_PADDING = 6
_BOLD = "Helvetica-Bold"
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=7.5, leading=9.5)
BOLD = ParagraphStyle("bold", parent=TEXT, fontName=_BOLD)
SMALL = ParagraphStyle("small", parent=TEXT, fontSize=6.8, leading=8.5, textColor=dimgrey)
NOTE = ParagraphStyle("note", parent=TEXT, fontSize=9, leading=12)
WARNING = ParagraphStyle("warning", parent=NOTE, fontName=_BOLD, textColor=HexColor("#9A3412"))
TITLE = ParagraphStyle("title", fontName=_BOLD, fontSize=16, leading=21, spaceAfter=2)
SECTION = ParagraphStyle(
    "section",
    fontName=_BOLD,
    fontSize=11,
    leading=14,
    textColor=DARK,
    spaceBefore=10,
    spaceAfter=3,
    keepWithNext=1,
)
_PADDED = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
]


def width(size=A4):
    """Return the room between the margins of a page."""
    return size[0] - 2 * _MARGIN


def paragraph(text, style=TEXT, **options):
    """Return text of data, never markup; without the space that the fonts do not have."""
    text = "" if text is None or text is False else str(text)
    return Paragraph(escape(text.replace("\u202f", "\u00a0")), style, **options)


def section(title, *parts):
    """Return a title that stays with the beginning of what follows."""
    return [KeepTogether([paragraph(title, SECTION), parts[0]]), *parts[1:]]


@cache
def _cell_style(numeric, bold, head, size):
    return ParagraphStyle(
        "cell",
        fontName=_BOLD if bold or head else "Helvetica",
        fontSize=size,
        leading=size * 1.27,
        alignment=2 if numeric else 0,
        textColor=white if head else black,
    )


def table(columns, rows, room, total=None, size=7.5):
    """Return a table with a head on each page.

    :param columns: of `documents.column`
    :param rows: lists of texts as long as ``columns``; a text alone heads a group of rows
    :param room: its width
    :param total: last row, in bold
    :param size: of the letters
    """
    numeric = [column["kind"] in NUMERIC for column in columns]
    style = [
        *_PADDED,
        ("BACKGROUND", (0, 0), (-1, 0), DARK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, lightgrey),
    ]

    def line(texts, bold=False, head=False):
        return [
            paragraph(text, _cell_style(right, bold, head, size))
            for text, right in zip(texts, numeric, strict=True)
        ]

    data = [line([column["label"] for column in columns], head=True)]
    for row in rows:
        if isinstance(row, str):
            place = (0, len(data)), (-1, len(data))
            style += [("SPAN", *place), ("BACKGROUND", *place, SOFT)]
            data.append([paragraph(row, _cell_style(False, True, False, size))])
            data[-1] += [""] * (len(columns) - 1)
        else:
            data.append(line(row))
    if total:
        data.append(line(total, bold=True))
        style += [
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, DARK),
            ("BACKGROUND", (0, -1), (-1, -1), SOFT),
        ]
    unit = room / sum(column["width"] for column in columns)
    return LongTable(
        data,
        colWidths=[column["width"] * unit for column in columns],
        repeatRows=1,
        hAlign="LEFT",
        style=TableStyle(style),
    )


def facts(pairs, room, columns=2):
    """Return labels and values side by side."""
    cells = [[paragraph(label, SMALL), paragraph(value, BOLD)] for label, value in pairs if value]
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    if not rows:
        return Spacer(1, 0)
    rows[-1] += [""] * (columns - len(rows[-1]))
    return LongTable(
        rows,
        colWidths=[room / columns] * columns,
        hAlign="LEFT",
        style=TableStyle([*_PADDED, ("BACKGROUND", (0, 0), (-1, -1), SOFT)]),
    )


def build(env, story, title, company, size=A4, foot=None):
    """Return the bytes of the document.

    :param env: its language is the reader's
    :param company: `res.company`
    :param foot: text at the left of each foot; by default the company and the moment
    """
    _ = env._
    moment = Formats(env).moment(env.cr.now())
    foot = foot or _("%(company)s · printed %(moment)s", company=company.name, moment=moment)
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=size,
        leftMargin=_MARGIN - _PADDING,
        rightMargin=_MARGIN - _PADDING,
        topMargin=_MARGIN - _PADDING,
        bottomMargin=16 * mm,
        title=title,
        author=company.name,
    )

    def draw(canvas, page):
        canvas.saveState()
        canvas.setFont("Helvetica", 7)
        canvas.setFillColor(dimgrey)
        canvas.drawString(_MARGIN, 9 * mm, foot)
        canvas.drawRightString(size[0] - _MARGIN, 9 * mm, _("Page %s", page.page))
        canvas.restoreState()

    document.build(story, onFirstPage=draw, onLaterPages=draw)
    return target.getvalue()
