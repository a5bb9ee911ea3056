# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Volume of the rows credited to somebody."""

from .trees import column_of


def value(run, item, member, least):
    figures = getattr(run.inputs, column_of(item))
    total = 0
    for row in run.people.credited.get(member, ()):
        other = run.inputs.row_buyer[row] != member
        package = run.inputs.row_package[row] >= 0
        if wanted(item.get("customers"), other) and wanted(item.get("packages"), package):
            total += figures[row]
    return total


def wanted(choice, belongs):
    """Tell whether include, exclude or only lets a row pass."""
    return choice in (None, "include") or belongs == (choice == "only")
