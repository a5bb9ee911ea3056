"""Bars on a page."""

from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor, lightgrey

from . import DARK


def bars(pairs, room, shown):
    """Return horizontal bars.

    :param pairs: ``[(label, value)]``
    :param room: width of the drawing
    :param shown: writes a value
    """
    height = 10 + 17 * len(pairs)
    drawing = Drawing(room, height)
    chart = HorizontalBarChart()
    chart.x, chart.y, chart.width, chart.height = 120, 5, room - 215, height - 10
    chart.data = [[float(value) for _label, value in reversed(pairs)]]
    chart.categoryAxis.categoryNames = [str(label)[:26] for label, _value in reversed(pairs)]
    chart.categoryAxis.labels.fontName = "Helvetica"
    chart.categoryAxis.labels.fontSize = 7.5
    chart.categoryAxis.strokeColor = lightgrey
    chart.categoryAxis.visibleTicks = False
    chart.valueAxis.visible = False
    chart.valueAxis.valueMin = min(0, *chart.data[0])
    chart.valueAxis.valueMax = max(*chart.data[0], 1e-6)
    chart.bars[0].fillColor = HexColor(DARK)
    chart.bars[0].strokeColor = None
    chart.barLabels.fontName = "Helvetica"
    chart.barLabels.fontSize = 7
    chart.barLabels.boxAnchor = "w"
    chart.barLabels.dx = 4
    chart.barLabelFormat = shown
    drawing.add(chart)
    return drawing
