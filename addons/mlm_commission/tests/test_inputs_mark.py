from datetime import datetime
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestInputsMark(CommissionCommon):
    """A run is sent and approved without reading its inputs again, unless some may differ."""

    def setUp(self):
        super().setUp()
        self._balanced_sales()

    def _mark(self, number=924):
        return self.env["mlm.snapshot"]._get_mark(self.cycle[number], self.version)

    def _inputs_read(self):
        """Have reading the inputs counted: a list that grows with each time."""
        read, load = [], type(self.env["mlm.snapshot"])._load

        def counted(snapshots, *args):
            read.append(args)
            return load(snapshots, *args)

        patcher = patch.object(type(self.env["mlm.snapshot"]), "_load", counted)
        patcher.start()
        self.addCleanup(patcher.stop)
        return read

    def _make_a_day_pass(self):
        """What goes on while a run waits, and is none of its inputs."""
        self._sale(self.juan, day="2026-08-26")
        self._order(self.yenny)
        self.env["mlm.distributor"]._enrol(
            [
                {
                    "name": "NEW",
                    "sponsor_id": self.maria.id,
                    "joined_at": datetime(2026, 8, 27),
                }
            ]
        )
        self.juan.partner_id.name = "JUAN PABLO"

    def test_daily_work_leaves_the_mark_alone(self):
        run = self._preview()
        read = self._inputs_read()
        self._make_a_day_pass()
        self._as(run, "manager").action_submit()
        self._make_a_day_pass()
        self._as(run, "approver").action_approve()
        self.assertFalse(read)
        self.assertEqual(run.state, "approved")

    def test_each_kind_of_input_changes_the_mark(self):
        # once it is closed the database refuses most of these
        first = self._preview(close=False).inputs_mark
        self.assertEqual(first, self._mark())
        rank = self.version.rank_ids[-1]
        changes = {
            "state": lambda: self.juan._suspend("Papers", datetime(2026, 8, 18)),
            "sponsor": lambda: self.juan._change_sponsor(
                self.yenny, "Asked to", datetime(2026, 8, 18)
            ),
            "place": lambda: self.yenny.position_ids._close("Left", datetime(2026, 8, 18)),
            "joined before": lambda: self.env["mlm.distributor"]._enrol(
                [
                    {
                        "name": "EARLY",
                        "sponsor_id": self.maria.id,
                        "joined_at": datetime(2026, 8, 18),
                    }
                ]
            ),
            "ledger": lambda: self._sale(self.juan, day="2026-08-20"),
            "rank by decision": lambda: as_internal(self.env["mlm.rank.override"]).create(
                {
                    "distributor_id": self.juan.id,
                    "rank_id": rank.id,
                    "period_from_id": self.cycle[924].id,
                    "reason": "Promised",
                }
            ),
            "opening": lambda: as_internal(self.env["mlm.opening"]).create(
                {"kind": "title", "distributor_id": self.juan.id, "measure": rank.code}
            ),
            "rate": lambda: (
                self.env["mlm.exchange.rate"]
                .search([("company_id", "=", self.company.id)])
                .write({"rate_e6": 4_600_000_000})
            ),
            "package": lambda: self.env["mlm.package"].create(
                {"name": "Other", "code": "OTHER", "network_id": self.network.id}
            ),
        }
        for name, change in changes.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                change()
                self.assertNotEqual(self._mark(), first)
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(self._mark(), first)

    def test_another_mark_of_the_same_inputs(self):
        """Something happened that changes nothing in the end: read once, and then known."""
        run = self._preview()
        self.juan._suspend("Papers", datetime(2026, 8, 26))
        self.assertNotEqual(self._mark(), run.inputs_mark)
        read = self._inputs_read()
        self._as(run, "manager").action_submit()
        self.assertEqual(len(read), 1)
        self._as(run, "approver").action_approve()
        self.assertEqual(len(read), 1)
