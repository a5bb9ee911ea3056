# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

KINDS = """\
periods:
  week: {kind: days, days: 7, anchor_number: 924, anchor_start: 2026-08-17, pay_after_start: 18}
  four_weeks: {kind: days, days: 28, anchor_number: 231, anchor_start: 2026-08-10,
    pay_after_start: 40}
"""


class KindsMixin:
    """A plan with weeks and, beside them, four weeks of which each consists."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = cls.version.document
        start, end = text.index("periods:"), text.index("activity:")
        text = text[:start] + KINDS + text[end:]
        text = text.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-10")
        # GEN5 by four weeks, all else by week
        head, tail = text.split("  - code: gen5\n")
        text = head + "  - code: gen5\n" + tail.replace("period: week", "period: four_weeks", 1)
        cls.two_kinds = cls.env["mlm.plan.version"]._import_document(text)
        cls.two_kinds._publish_at_once()
        cls.long = cls.periods.search([("kind", "=", "four_weeks")], order="number")
