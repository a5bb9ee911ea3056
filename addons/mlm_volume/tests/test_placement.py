from datetime import datetime, timedelta

from odoo import fields

from odoo.addons.mlm_base.internal import as_internal

from .common import VolumeCommon


class TestPlacement(VolumeCommon):
    """What placement takes from the ledger, and the ledger from placement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.periods._ensure_until(cls.network, fields.Date.today())
        cls.top = cls.maria.position_ids
        cls.left = cls.juan.position_ids
        cls.right, cls.deep = (
            cls.env["mlm.distributor"]
            ._enrol(
                [
                    {
                        "name": code,
                        "code": code,
                        "sponsor_id": cls.maria.id,
                        "placement": {"parent_code": above, "leg": leg},
                        "joined_at": datetime(2026, 1, 6, 12),
                    }
                    for code, above, leg in (("R", "MARIA", "right"), ("D", "JUAN", "left"))
                ]
            )
            .position_ids.sorted("code", reverse=True)
        )

    def _volume(self, position, cv_e4, period):
        self.env["mlm.volume.entry"]._insert_rows(
            [
                {
                    "company_id": self.company.id,
                    "period_id": period.id,
                    "distributor_id": position.distributor_id.id,
                    "position_id": position.id,
                    "kind": "sale",
                    "moment": fields.Datetime.now(),
                    "cv_e4": cv_e4,
                }
            ]
        )

    def test_weaker_leg_by_volume(self):
        period = self.periods._taking(self.network)
        self.assertTrue(period.is_current)
        self._volume(self.deep, 500_000, period)
        self._volume(self.top, 900_000, period)
        self.assertEqual(self.tree._leg_volumes(self.top), {1: 500_000})
        self.assertEqual(self.top._find_free_spot("weaker"), (self.right, 2))
        self._volume(self.right, 700_000, period)
        # volume of another cycle does not count
        self._volume(self.left, 900_000, self.cycle[924])
        self.assertEqual(self.tree._leg_volumes(self.top), {1: 500_000, 2: 700_000})
        self.assertEqual(self.top._find_free_spot("weaker"), (self.deep, 1))

    def test_without_a_cycle_positions_count(self):
        mine = self.periods.search([("network_id", "=", self.network.id)])
        as_internal(mine.sudo()).write({"state": "closed"})
        self.assertEqual(self.tree._leg_volumes(self.top), {1: 2, 2: 1})

    def test_position_of_a_sale(self):
        """The spot that the person had at the sale, in the binary tree."""
        free = self.env["mlm.tree"].create(
            {"name": "Free", "code": "F", "kind": "free", "sequence": 1}
        )
        head = self.env["mlm.position"]._place(self.maria, tree=free)
        self.assertEqual(self.maria._mlm_position_at(fields.Datetime.now()), self.top)
        self.assertFalse(self.maria._mlm_position_at(datetime(2026, 1, 1)))
        self.assertTrue(head)
        now = fields.Datetime.now()
        self.deep._remove("Left", effective=now - timedelta(hours=1))
        person = self.deep.distributor_id
        self.assertFalse(person._mlm_position_at(now))
        self.assertEqual(person._mlm_position_at(now - timedelta(hours=2)), self.deep)

    def test_move_counts_from_the_next_cycle(self):
        operation = self.deep._move(self.right, 1, "Asked to")
        self.assertEqual(operation._name, "mlm.operation")
        self.assertEqual(operation.effective_at, self.network._close_moment())
        number = self.periods._taking(self.network).number
        text = self.network._move_counts_from(operation.effective_at)
        self.assertIn(str(number + 1), text)
        text = self.network._move_counts_from(fields.Datetime.now())
        self.assertIn(str(number), text)
