from lxml import etree

from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestMoreActions(GenealogyCommon):
    """The dialog lists what is possible with a person now, each with a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana", placement={"strategy": "left"})
        cls.users = {
            role: new_test_user(
                cls.env,
                f"more_{role}",
                groups=f"mlm_base.group_{role}",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
            )
            for role in ("support", "manager")
        }

    def _has_button(self, role):
        """Whether the form has the button that opens the dialog."""
        ana = self.ana.with_user(self.users[role])
        arch = etree.fromstring(ana.get_view(view_type="form")["arch"])
        return any(
            self._is_shown(button)
            for button in arch.iterfind(".//header/button[@name='action_more']")
        )

    def _is_shown(self, node):
        condition = node.get("invisible", "False")
        values = {name: self.ana[name] for name in self.ana._fields if name in condition}
        return not safe_eval(condition, values)

    def _listed(self, role="manager"):
        """``{method: sentence}`` of what the dialog shows, as the browser reads it."""
        ana = self.ana.with_user(self.users[role])
        action = ana.action_more()
        self.assertEqual((action["res_id"], action["target"]), (ana.id, "new"))
        arch = etree.fromstring(ana.get_view(action["views"][0][0], "form")["arch"])
        found = {}
        for row in arch.iterfind(".//div[@class='mlm_action']"):
            if self._is_shown(row):
                found[row.find("button").get("name")] = row.find("span").text
        return found

    def test_by_state(self):
        listed = self._listed()
        self.assertTrue(all(listed.values()))
        for name in listed:
            self.assertTrue(hasattr(self.ana, name), name)
        self.assertIn("action_suspend", listed)
        self.assertNotIn("action_reinstate", listed)
        self.assertNotIn("action_promote", listed)
        self.ana._suspend("Papers expired")
        listed = self._listed()
        self.assertIn("action_reinstate", listed)
        self.assertNotIn("action_suspend", listed)
        self.ana._terminate("Left")
        listed = self._listed()
        self.assertFalse(set(listed) & {"action_suspend", "action_terminate", "action_transfer"})

    def test_by_role(self):
        self.assertNotIn("action_terminate", self._listed("support"))

    def test_no_button_to_an_empty_dialog(self):
        self.assertTrue(self._has_button("manager"))
        self.assertFalse(self._listed("support"))
        self.assertFalse(self._has_button("support"))
        self.ana.position_ids.tree_id.max_positions = 2
        self.env.invalidate_all()
        self.assertEqual(list(self._listed("support")), ["action_place"])
        self.assertTrue(self._has_button("support"))
        self.ana._terminate("Left")
        self.assertFalse(self._listed())
        self.assertFalse(self._has_button("manager"))
