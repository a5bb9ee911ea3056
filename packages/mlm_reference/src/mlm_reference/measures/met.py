# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One when all conditions of a list hold, else nothing."""


def value(run, item, member, least):
    return int(run.conditions.hold(item.get("requires"), member))
