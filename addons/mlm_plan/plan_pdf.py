# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Documents about plans as PDF: made to be read, in larger letters than figures."""

from odoo.addons.mlm_base.documents import column, page
from odoo.addons.mlm_base.documents.page import SOFT, ParagraphStyle

_TEXT = ParagraphStyle("prose", parent=page.TEXT, fontSize=9.5, leading=13, spaceAfter=4)
_ITEM = ParagraphStyle("item", parent=_TEXT, leftIndent=5 * page.mm, bulletIndent=1.5 * page.mm)
_NOTE = ParagraphStyle(
    "example",
    parent=_TEXT,
    backColor=SOFT,
    borderPadding=(5, 6, 5, 6),
    spaceBefore=6,
    spaceAfter=9,
    leftIndent=6,
    rightIndent=6,
)


def pdf(env, title, blocks, company, foot):
    """Return the bytes of a document.

    :param env: its language is the reader's
    :param blocks: ``{"kind": "heading" or "text" or "note", "text"}``, ``{"kind":
        "list", "items"}`` and ``{"kind": "table", "head", "rows"}``
    :param foot: text at the left below; the number of the page stands at the right
    """
    story = [page.paragraph(title, page.TITLE)]
    for block in blocks:
        story += _KINDS[block["kind"]](block)
    return page.build(env, story, title, company, foot=foot)


def _table(block):
    count = len(block["head"])
    first = 1 if count < 3 else 0.52 * (count - 1)
    columns = [
        column("", label, "text", 1 if at else first) for at, label in enumerate(block["head"])
    ]
    return [
        page.table(columns, block["rows"], page.width(), size=8.5),
        page.Spacer(1, 3 * page.mm),
    ]


_KINDS = {
    "heading": lambda block: [page.paragraph(block["text"], page.SECTION)],
    "text": lambda block: [page.paragraph(block["text"], _TEXT)],
    "note": lambda block: [page.paragraph(block["text"], _NOTE)],
    "list": lambda block: [page.paragraph(text, _ITEM, bulletText="•") for text in block["items"]],
    "table": _table,
}
