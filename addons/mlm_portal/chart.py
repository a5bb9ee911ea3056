# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Geometry of the small charts; the templates draw it as SVG."""

HEIGHT = 100
_STEP, _WIDTH = 10, 6


def columns(cycles):
    """Gross and net of cycles (newest first) as columns from old to new.

    :return: ``{"width", "height", "bars": [{"number", "x", "width", "gross", "net"}]}``
        with ``gross`` and ``net`` as ``(y, height)``, the highest gross being full
    """
    shown = list(reversed(cycles))
    highest = max([float(one["gross"]) for one in shown] + [1.0])
    return {
        "width": _STEP * max(len(shown), 1),
        "height": HEIGHT,
        "bars": [
            {
                "number": one["number"],
                "x": _STEP * index + (_STEP - _WIDTH) // 2,
                "width": _WIDTH,
                # a cycle without earnings keeps a line to stand on
                "gross": _bar(max(float(one["gross"]) / highest, 0.01)),
                "net": _bar(max(float(one["net"]), 0.0) / highest),
            }
            for index, one in enumerate(shown)
        ],
    }


def _bar(part):
    tall = round(HEIGHT * part, 2)
    return HEIGHT - tall, tall
