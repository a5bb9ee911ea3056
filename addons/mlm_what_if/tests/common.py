# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.mlm_commission.tests.common import CommissionCommon
from odoo.addons.mlm_plan.tests.lifecycle_common import LifecycleMixin


class WhatIfCommon(LifecycleMixin, CommissionCommon):
    """Two posted cycles. MARÍA's binary pays 11 % × 4,500 of what matches: 495 pesos a point."""

    def _two_cycles(self):
        """924: 1,000 matched and 2,000 carried on the left; 925: 2,000 matched."""
        self._balanced_sales(left=3, right=1)
        self._sale(self.clara, price_unit=140_000)
        runs = self._posted(924)
        self._sale(self.maria, product=self.big, day="2026-08-26")
        self._sale(self.yenny, product=self.big, quantity=2, day="2026-08-26")
        return runs | self._posted(925)

    def _changed(self, *texts):
        """A draft of the plan with texts replaced: ``(before, after)``."""
        document = self.text
        for before, after in texts:
            self.assertIn(before, document)
            document = document.replace(before, after)
        number = 1 + max(self.version.plan_id.version_ids.mapped("version"))
        return self._draft(document.replace("version: 2", f"version: {number}"))

    def _tried(self, version, **values):
        """A computed what-if of a plan version."""
        records = self._as(self.env["mlm.what.if"], "manager")
        what_if = records.create({"name": "Other", "version_id": version.id, **values})
        what_if.action_compute()
        self.env.invalidate_all()
        return what_if

    def _people(self, what_if):
        """``{code: (posted, with the plan, change)}``."""
        people = self.env["mlm.what.if.person"].search(what_if._id_domain("mlm.what.if.person"))
        return {one.payee_id.code: (one.posted, one.tried, one.change) for one in people}
