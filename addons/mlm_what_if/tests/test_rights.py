# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError

from .common import WhatIfCommon
from .test_what_if import BRONZE


class TestRights(WhatIfCommon):
    """Managers compute; approvers, accountants and auditors read; nobody writes figures."""

    def test_who_reads_and_who_computes(self):
        self._two_cycles()
        what_if = self._tried(self._changed(BRONZE))
        for role in ("approver", "accountant", "auditor"):
            reader = self._as(what_if, role)
            self.assertEqual(reader.read_figures()["sides"][1]["total"], 1_559_100)
            self.assertEqual(len(self._people(reader)), 2)
            for refused in (
                reader.action_compute,
                reader.unlink,
                lambda reader=reader: reader.write({"name": "x"}),
                lambda reader=reader: reader.create({"name": "x", "version_id": self.version.id}),
            ):
                with self.assertRaises(AccessError):
                    refused()
        for role in ("support", "warehouse"):
            with self.assertRaises(AccessError):
                self._as(what_if, role).read_figures()

    def test_nobody_writes_what_was_computed(self):
        self._two_cycles()
        what_if = self._as(self._tried(self._changed(BRONZE)), "manager")
        what_if.name = "Another name"
        for values in ({"tried_e4": 1}, {"version_id": self.version.id}, {"cycles": 1}):
            with self.assertRaises(AccessError):
                what_if.write(values)
        with self.assertRaises(AccessError):
            what_if.create({"name": "x", "version_id": self.version.id, "tried_e4": 1})
        for records in (what_if.cycle_ids, self.env["mlm.what.if.person"].browse(1)):
            with self.assertRaises(AccessError):
                self._as(records, "manager").unlink()

    def test_the_plan_leads_to_it(self):
        self._two_cycles()
        draft = self._changed(BRONZE)
        action = self._as(draft, "manager").action_try()
        form = self._as(self.env["mlm.what.if"], "manager").with_context(**action["context"])
        what_if = form.create({})
        self.assertEqual((what_if.version_id, what_if.cycles), (draft, 12))
        self.assertEqual(what_if.name, draft.display_name)
        self.assertEqual(draft.what_if_count, 1)
        self.assertEqual(self.env["mlm.what.if"].search(draft.action_what_ifs()["domain"]), what_if)
