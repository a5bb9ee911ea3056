# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from mlm_engine.kernel.snapshot import (
    STATE_ACTIVE,
    STATE_SUSPENDED,
    STATE_TERMINATED,
)

from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestNetworkAsItWas(CommissionCommon):
    """A run sees the people and the trees as they were in its cycle."""

    def _member(self, number, person):
        """Return ``(state, sponsor id or None, title)`` of a person in a cycle."""
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[number], self.version)
        index = snapshot.member_id.tolist().index(person.id)
        sponsor = int(snapshot.sponsor[index])
        return (
            int(snapshot.member_state[index]),
            int(snapshot.member_id[sponsor]) if sponsor >= 0 else None,
            int(snapshot.member_title[index]),
        )

    def _states(self, person):
        return [self._member(number, person)[0] for number in (924, 925, 926)]

    def test_suspended_and_held(self):
        """Held earnings are earnings."""
        self.juan._suspend("Papers", datetime(2026, 8, 26), treatment="hold")
        self.assertEqual(self._states(self.juan), [STATE_ACTIVE] * 3)

    def test_suspended_and_compressed(self):
        self.juan._suspend("Papers", datetime(2026, 8, 26))
        self.assertEqual(self._states(self.juan), [STATE_ACTIVE, STATE_SUSPENDED, STATE_SUSPENDED])
        self.juan._reinstate("Papers are here", datetime(2026, 9, 1))
        self.assertEqual(self._states(self.juan), [STATE_ACTIVE, STATE_SUSPENDED, STATE_ACTIVE])

    def test_deceased(self):
        """The estate goes on earning."""
        self.juan._decease("Certificate", datetime(2026, 8, 26))
        self.assertEqual(self._states(self.juan), [STATE_ACTIVE] * 3)

    def test_terminated_at_the_close(self):
        self.juan._terminate("Resigns", self.cycle[924]._end_moment())
        self.assertEqual(
            self._states(self.juan), [STATE_ACTIVE, STATE_TERMINATED, STATE_TERMINATED]
        )
        self.assertEqual(self._member(924, self.juan)[1], self.maria.id)
        self.assertEqual(self._member(924, self.clara)[1], self.juan.id)
        self.assertEqual(self._member(925, self.juan)[1], None)
        self.assertEqual(self._member(925, self.clara)[1], self.maria.id)

    def test_terminated_inside_a_cycle(self):
        """Sales until then are paid: the state shows from the next cycle on."""
        self.juan._terminate("Expelled", datetime(2026, 8, 26), cause="expulsion")
        self.assertEqual(self._states(self.juan), [STATE_ACTIVE, STATE_ACTIVE, STATE_TERMINATED])

    def test_title_returns_with_the_person(self):
        """RULES 22: the title rank returns, whatever was paid in between."""
        rank = self.version._plan()["ranks"][2]["code"]
        as_internal(self.env["mlm.opening"]).create(
            {"kind": "title", "distributor_id": self.juan.id, "measure": rank}
        )
        self.juan._terminate("Resigns", self.cycle[924]._end_moment())
        self.juan._readmit(self.yenny, "Asked to", self.cycle[925]._end_moment())
        self.assertEqual(
            [self._member(number, self.juan) for number in (924, 925, 926)],
            [
                (STATE_ACTIVE, self.maria.id, 2),
                (STATE_TERMINATED, None, 2),
                (STATE_ACTIVE, self.yenny.id, 2),
            ],
        )

    def test_title_survives_the_runs(self):
        """A run hands the title of somebody who has left on to the next one."""
        rank = self.version._plan()["ranks"][2]["code"]
        as_internal(self.env["mlm.opening"]).create(
            {"kind": "title", "distributor_id": self.juan.id, "measure": rank}
        )
        self.juan._terminate("Resigns", self.cycle[924]._end_moment())
        self._balanced_sales(left=0)
        self._posted(924)
        self._sale(self.maria, product=self.big, day="2026-08-26")
        self._posted(925)
        self.juan._readmit(self.maria, "Asked to", self.cycle[925]._end_moment())
        self.assertEqual(self._member(926, self.juan), (STATE_ACTIVE, self.maria.id, 2))
