from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestState(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana")

    def _run(self, action, reason):
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.reason = reason
        return form.save().action_confirm()

    def test_suspend_and_reinstate(self):
        self._run(self.ana.action_suspend(), "Papers expired")
        self.assertEqual(self.ana.state, "suspended")
        event = self.ana.event_ids[0]
        self.assertEqual((event.kind, event.reason), ("suspended", "Papers expired"))
        self.assertEqual(event.before, {"state": "active", "treatment": "earn"})
        self._run(self.ana.action_reinstate(), "Papers renewed")
        self.assertEqual(self.ana.state, "active")
        self.assert_laws()

    def test_enrolled_is_the_membership(self):
        """Active is said of a cycle, and of nothing else."""
        label = dict(self.ana._fields["state"]._description_selection(self.env))[self.ana.state]
        self.assertEqual(label, "Enrolled")
        for kind in ("list", "form", "kanban", "search"):
            arch = self.ana.get_view(view_type=kind)["arch"]
            self.assertNotRegex(arch, r'name="active" string="Active|Active or')

    def test_effective_date(self):
        moment = datetime(2026, 2, 3, 4, 5)
        self.ana = self.enrol("Ana", joined_at=datetime(2026, 1, 1))
        self.ana._suspend("Reason", moment)
        event = self.ana.event_ids.filtered(lambda event: event.kind == "suspended")
        self.assertEqual(event.effective_at, moment)

    def test_not_before_the_last_change(self):
        """Otherwise the past would end in another state than the present."""
        ana = self.enrol("Ana", joined_at=datetime(2026, 1, 1))
        ana._suspend("Reason", datetime(2026, 2, 3))
        ana._reinstate("Reason", datetime(2026, 3, 3))
        for change in (ana._suspend, ana._decease, ana._terminate):
            with self.assertRaisesRegex(UserError, "The state of"):
                change("Reason", datetime(2026, 2, 20))
        ana._terminate("Reason", datetime(2026, 3, 3))
        self.assertEqual(ana.state, "terminated")
        self.assert_laws()

    def test_refusals(self):
        with self.assertRaisesRegex(UserError, "reason"):
            self.ana._suspend("  ")
        with self.assertRaisesRegex(UserError, "not suspended"):
            self.ana._reinstate("Reason")
