# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A QR code as SVG, and on a page. The picture of core's ``/report/barcode`` needs a drawing library
that not every server has."""

from markupsafe import Markup
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing

# white around the code, which readers need: four modules
_QUIET = 4


def qr_svg(text, label):
    """Return the SVG of ``text``; ``label`` is what a screen reader says."""
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    size = code.getModuleCount()
    modules = "".join(
        f"M{column + _QUIET} {row + _QUIET}h1v1h-1z"
        for row in range(size)
        for column in range(size)
        if code.isDark(row, column)
    )
    side = size + 2 * _QUIET
    return Markup(
        '<svg role="img" aria-label="%s" viewBox="0 0 %s %s" shape-rendering="crispEdges"'
        ' class="o_mlm_qr d-block mx-auto"><rect width="100%%" height="100%%" fill="#fff"/>'
        '<path d="%s"/></svg>'
    ) % (label, side, side, modules)


def qr_drawing(text, side):
    """Return the drawing of ``text`` for a page; ``side`` in points, with the quiet zone."""
    drawing = Drawing(side, side)
    drawing.hAlign = "LEFT"
    drawing.add(QrCodeWidget(text, barLevel="M", barBorder=_QUIET, barWidth=side, barHeight=side))
    return drawing
