from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from .common import CommissionCommon


class TestTwoCycles(CommissionCommon):
    """Why MARÍA earned less in 925 than in 924, asked from everywhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls("test_from_the_statement")
        case._balanced_sales(left=2, right=2)
        cls.first = case._posted(924)
        case._balanced_sales(left=1, right=1, day="2026-08-26")
        cls.second = case._posted(925)

    def _form(self, role="support", **defaults):
        context = {f"default_{name}": value for name, value in defaults.items()}
        return Form(self._as(self.env["mlm.two.cycles"], role).with_context(**context))

    def test_last_cycle_beside_the_one_before(self):
        form = self._form(distributor_id=self.maria.id)
        self.assertEqual((form.run_id, form.before_id), (self.second, self.first))
        self.assertIn("less", form.html)
        self.assertIn("base: ", form.html.lower())
        self.assertIn('data-bonus="binary"', form.html)

    def test_difference_is_that_of_the_statements(self):
        gross = {
            run: run.statement_ids.filtered(lambda one: one.distributor_id == self.maria).gross
            for run in (self.first, self.second)
        }
        found = self.second._compare_distributor(self.first, self.maria)
        self.assertEqual(float(found["difference"]), gross[self.second] - gross[self.first])
        self.assertLess(float(found["difference"]), 0)

    def test_other_cycles_can_be_chosen(self):
        form = self._form(distributor_id=self.maria.id, run_id=self.first.id)
        self.assertFalse(form.before_id)
        self.assertIn("Two computed cycles", form.html)
        form.before_id = self.second
        self.assertIn("more", form.html)

    def test_from_the_statement(self):
        statement = self.second.statement_ids.filtered(lambda one: one.distributor_id == self.maria)
        view = self.env["mlm.statement"].get_view(view_type="form")["arch"]
        action = self.env.ref("mlm_commission.action_mlm_two_cycles")
        self.assertIn(f'name="{action.id}"', view)
        form = self._form(distributor_id=statement.distributor_id.id, run_id=statement.run_id.id)
        self.assertEqual(form.before_id, self.first)

    def test_warehouse_reads_no_amounts(self):
        keeper = new_test_user(self.env, "two_cycles_keeper", groups="mlm_base.group_warehouse")
        with self.assertRaises(AccessError):
            self.env["mlm.two.cycles"].with_user(keeper).sudo(False).create(
                {"distributor_id": self.maria.id}
            )
