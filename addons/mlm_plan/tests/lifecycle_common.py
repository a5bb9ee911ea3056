# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user

from .common import PLAN


class LifecycleMixin:
    """A second version of the plan, and the steps that it takes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["admin"] = new_test_user(
            cls.env,
            "plan_admin",
            groups="base.group_user,mlm_base.group_admin",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        text = cls.env["mlm.plan.version"]._shipped(PLAN)
        cls.text = text.replace("version: 1", "version: 2").replace(
            "valid_from: 2026-01-01", "valid_from: 2026-08-31"
        )

    def _draft(self, text=None, role="manager"):
        versions = self._as(self.env["mlm.plan.version"], role)
        return versions.create({"plan_id": self.version.plan_id.id, "document": text or self.text})

    def _validated(self, text=None):
        draft = self._draft(text)
        draft.finding_ids.reason = "Known and watched"
        draft.action_validate()
        return draft

    def _published(self, text=None):
        draft = self._validated(text)
        draft.action_confirm_crossing()
        self._as(draft, "approver").action_publish()
        return draft

    def _crossing(self, version, section, code):
        return version.crossing_ids.filtered(
            lambda one: (one.section, one.code_from) == (section, code)
        )

    def _renamed(self):
        """The binary is called otherwise, rank bronze and package ESP-1 are gone."""
        text = self.text.replace("code: binary\n", "code: team\n")
        text = text.replace("measure: binary.paid_cv", "measure: team.paid_cv")
        return "\n".join(line for line in text.split("\n") if "code: bronce" not in line)
