# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from ..branch import BranchTotals
from .common import VolumeCommon


class TestDownlineVolume(VolumeCommon):
    """María → Juan → (Clara the customer, Pedro on the right)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pedro = cls.env["mlm.distributor"]._enrol(
            [
                {
                    "name": "Pedro",
                    "code": "PEDRO",
                    "sponsor_code": "JUAN",
                    "placement": {"parent_code": "JUAN", "leg": "right"},
                    "joined_at": datetime(2026, 1, 8, 12),
                }
            ]
        )
        cls.report = cls.env["mlm.downline.report"]
        cls._sell(cls.juan, 100, 80)
        cls._sell(cls.juan, 20, 10, position=False)
        cls._sell(cls.pedro, 7, 5)
        cls._sell(cls.pedro, 1000, 1000, cycle=925)

    @classmethod
    def _sell(cls, person, pv, cv, cycle=924, position=True):
        cls.env["mlm.volume.entry"]._insert_rows(
            [
                {
                    "company_id": cls.company.id,
                    "period_id": cls.cycle[cycle].id,
                    "distributor_id": person.id,
                    "buyer_id": person.id,
                    "position_id": person.position_ids.id if position else None,
                    "kind": "sale",
                    "moment": datetime(2026, 8, 19, 12),
                    "pv_e4": pv * 10_000,
                    "cv_e4": cv * 10_000,
                }
            ]
        )

    def _ask(self, report=None, cycle=924, **options):
        filters = {"period_id": self.cycle[cycle].id}
        report = self.report if report is None else report
        chunks = report._downline_report(self.maria, filters=filters, **options)
        return {row["code"]: row for rows in chunks for row in rows}

    def _figures(self, row):
        return tuple(row[name] for name in ("own_pv", "own_cv", "branch_pv", "branch_cv"))

    def test_own_volume_and_branch_of_a_cycle(self):
        found = self._ask()
        self.assertEqual(self._figures(found["JUAN"]), (120, 90, 127, 95))
        self.assertEqual(self._figures(found["PEDRO"]), (7, 5, 7, 5))
        self.assertEqual(self._figures(found["CLARA"]), (0, 0, 0, 0))
        self.assertEqual(self._figures(self._ask(cycle=925)["JUAN"]), (0, 0, 1000, 1000))

    def test_legs_get_what_entered_at_the_position(self):
        found = self._ask(tree=self.tree, group_by="leg")
        self.assertEqual(self._figures(found["JUAN"]), (100, 80, 107, 85))

    def test_filters_do_not_cut_branches(self):
        filters = {"period_id": self.cycle[924].id, "level_to": 1}
        rows = next(self.report._downline_report(self.maria, filters=filters))
        self.assertEqual([self._figures(row) for row in rows], [(120, 90, 127, 95)])

    def test_totals(self):
        filters = {"period_id": self.cycle[924].id}
        totals = self.report._downline_totals(self.maria, filters=filters)
        self.assertEqual(
            [(line["group"], line["people"], line["own_pv"]) for line in totals["groups"]],
            [(1, 1, 120), (2, 2, 7)],
        )
        self.assertEqual((totals["all"]["own_pv"], totals["all"]["own_cv"]), (127, 95))

    def test_the_cycle_of_the_day(self):
        question = self.report._ask(self.maria, None, "level", None, datetime(2026, 8, 20, 12))
        self.assertEqual(question.period, self.cycle[924])

    def test_cycle_of_another_network(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.periods._ensure_until(other.mlm_network_id, self.cycle[924].date_end)
        foreign = self.periods.search([("network_id", "=", other.mlm_network_id.id)], limit=1)
        with self.assertRaises(UserError):
            self.report._ask(self.maria, None, "level", {"period_id": foreign.id}, None)

    def test_who_may_not_read_the_ledger_sees_people_without_volume(self):
        reader = new_test_user(
            self.env,
            "downline_reader",
            "base.group_user,mlm_base.group_reader",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        found = self._ask(self.report.with_user(reader).sudo(False))
        self.assertEqual(set(found), {"JUAN", "PEDRO", "CLARA"})
        self.assertNotIn("own_pv", found["JUAN"])

    def test_branches_add_up_at_any_depth(self):
        rows = [(node, node - 1 or None, node - 1, 1, 2) for node in range(1, 5001)]
        totals = BranchTotals(rows)
        self.assertEqual(totals.get(1), (5000, 10_000))
        self.assertEqual(totals.get(5000), (1, 2))
        self.assertEqual(totals.get(7777), (0, 0))
