from lxml import etree

from odoo.exceptions import AccessError

from .payable_common import PayableCommon

SHOWN = {"account_id", "partner_id", "mlm_document", "name", "debit", "credit"}


class TestJournalItems(PayableCommon):
    """From a run, a statement and a distributor to the items of the entries."""

    def _items(self, action, role):
        return self._as(self.env["account.move.line"], role).search(action["domain"])

    def _columns(self, model, role, view_id, path, view_type="list"):
        view = self._as(self.env[model], role).get_view(view_id, view_type)
        return {
            node.get("name")
            for node in etree.fromstring(view["arch"]).xpath(path)
            if node.get("column_invisible") != "True" and node.get("optional") != "hide"
        }

    def test_the_run_shows_all_items_of_its_entries(self):
        for role in ("accountant", "auditor"):
            with self.subTest(role):
                items = self._items(self._as(self.run_, role).action_items(), role)
                self.assertEqual(items, self.move.line_ids)
                self.assertEqual(
                    sorted(items.mapped(lambda item: (item.account_id.code, item.balance))),
                    [("233520", -891_000), ("236520", -99_000), ("529505", 990_000)],
                )
                self.assertEqual(set(items.mapped("mlm_document")), {"1020304050"})
                self.assertTrue(all(items.mapped("name")))

    def test_the_statement_shows_those_of_its_person(self):
        self.move.line_ids.flush_recordset()
        statement = self._as(self.run_.statement_ids, "accountant")
        items = self._items(statement.action_items(), "accountant")
        self.assertEqual(items, self.move.line_ids)
        self.assertEqual(items.partner_id, self.maria.partner_id)

    def test_the_distributor_shows_what_was_earned_and_paid(self):
        paid = self._item(891_000)
        juans = self._item(5, self.juan.partner_id)
        items = self._items(self._as(self.maria, "accountant").action_mlm_items(), "accountant")
        self.assertEqual(items, self.move.line_ids + paid)
        items = self._items(self._as(self.juan, "accountant").action_mlm_items(), "accountant")
        self.assertEqual(items, juans)

    def test_each_item_says_account_person_document_and_label(self):
        for role in ("accountant", "auditor"):
            action = self._as(self.run_, role).action_items()
            self.assertEqual([kind for _id, kind in action["views"]], ["list", "kanban"])
            self.assertEqual(action["mobile_view_mode"], "kanban")
            columns = self._columns(
                "account.move.line", role, action["views"][0][0], "//list/field"
            )
            self.assertLessEqual(SHOWN, columns, role)
            card = self._columns(
                "account.move.line", role, action["views"][1][0], "//card//field", "kanban"
            ) | self._columns(
                "account.move.line", role, action["views"][1][0], "//t//field", "kanban"
            )
            self.assertLessEqual(SHOWN, card, role)
            entry = self._columns(
                "account.move", role, False, "//field[@name='line_ids']/list/field", "form"
            )
            self.assertLessEqual(SHOWN, entry, role)

    def test_the_button_is_the_accountants(self):
        action = self._as(self.run_, "auditor").action_items()
        for role, there in (("accountant", True), ("auditor", False)):
            for view_id, kind in action["views"]:
                view = self._as(self.env["account.move.line"], role).get_view(view_id, kind)
                self.assertEqual("action_mlm_reconcile" in view["arch"], there, (role, kind))

    def test_search_by_document_number(self):
        found = self._as(self.env["account.move.line"], "accountant").search(
            [("mlm_document", "=", "1020304050"), ("move_id", "=", self.move.id)]
        )
        self.assertEqual(found, self.move.line_ids)

    def test_others_read_no_document_number_and_no_entry(self):
        for role in ("support", "manager", "approver", "warehouse"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(self.move.line_ids, role).read(["mlm_document"])

    def test_no_item_of_another_company(self):
        self._stranger("accountant")
        found = self._as(self.env["account.move.line"], "stranger").search(
            [("partner_id", "=", self.maria.partner_id.id)]
        )
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            self._as(self.move.line_ids, "stranger").read(["name"])
