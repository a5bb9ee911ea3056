# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace

import numpy as np
from mlm_engine.kernel import snapshot_file

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.tests.network_common import NetworkCommon

from .pair_common import PairCommon


def ints(*values):
    return np.array(values, dtype=np.int64)


@tagged("post_install", "-at_install")
class TestRunPair(PairCommon):
    """MARÍA's binary pays 495 pesos per point matched: 11 % × 4,500."""

    def test_equal_previews(self):
        pair = self._pair(*self._two())
        self.assertTrue(pair.is_equal)
        self.assertFalse(pair.cause_ids or pair.person_ids or pair.fact_ids)

    def test_a_sale_that_came(self):
        first, second = self._two(lambda: self._sale(self.clara, price_unit=140_000))
        pair = self._pair(first, second)
        self.assertFalse(pair.is_equal)
        self.assertEqual(self._causes(pair), {"sales": (1, 29_100)})
        (juan,) = pair.person_ids
        self.assertEqual((juan.distributor_id, juan.before, juan.after), (self.juan, 0, 29_100))
        self.assertEqual(juan.by_sales, 29_100)
        self.assertIn("Sales and returns +29,100", juan.with_context(lang="en_US").causes)
        self.assertIn("29", juan.html)
        (fact,) = pair.fact_ids
        self.assertEqual(fact, juan.fact_ids)
        self.assertEqual((fact.what, fact.change), ("row", "came"))
        self.assertEqual(fact.order_name, fact.entry_id.order_name)
        self.assertFalse(fact.old)
        self.assertRegex(fact.with_context(lang="en_US").new, "buyer.*CLARA.*PV 15, CV 14")
        self.assertEqual(fact.action_open()["res_id"], fact.entry_id.id)

    def test_a_sale_that_was_returned_inside_the_cycle(self):
        def change():
            invoice = self.env["account.move"].search(
                [("partner_id", "=", self.juan.partner_id.id), ("move_type", "=", "out_invoice")]
            )
            wizard = self.env["account.move.reversal"].create(
                {
                    "move_ids": invoice.ids,
                    "journal_id": invoice.journal_id.id,
                    "date": "2026-08-20",
                    "reason": "returned",
                }
            )
            wizard.reverse_moves(is_modify=False)
            invoice.reversal_move_ids.action_post()
            self._capture()

        pair = self._pair(*self._two(change))
        self.assertEqual(set(self._causes(pair)), {"sales"})
        self.assertLess(pair.cause_ids.amount, 0)
        self.assertEqual(
            [(what, change) for what, change, *_more in self._told(pair)], [("row", "went")]
        )
        self.assertEqual(pair.person_ids.distributor_id, self.maria)
        # the sale was made below her, in the leg that had what was paid
        self.assertEqual(pair.person_ids.fact_ids, pair.fact_ids)
        self.assertEqual(pair.person_ids.fact_count, 1)

    def test_a_rank_by_decision(self):
        def change():
            override = self._as(self.env["mlm.rank.override"], "manager").create(
                {
                    "distributor_id": self.juan.id,
                    "rank_id": self.version.rank_ids.sorted("sequence")[3].id,
                    "period_from_id": self.cycle[924].id,
                    "reason": "promised",
                }
            )
            self._as(override, "approver").action_approve()

        pair = self._pair(*self._two(change))
        self.assertEqual(self._causes(pair)["decisions"][0], 1)
        ((what, change, code, old, new),) = self._told(pair)
        self.assertEqual((what, change, code, old), ("override", "came", "JUAN", False))
        self.assertTrue(new)

    def test_the_rate_of_exchange(self):
        def change():
            self.env["mlm.exchange.rate"].search([]).write({"rate_e6": 4_600_000_000})

        pair = self._pair(*self._two(change))
        # 2,000 points at 11 %, a hundred pesos more each
        self.assertEqual(self._causes(pair), {"exchange": (1, 22_000)})
        ((what, change, code, old, new),) = self._told(pair.with_context(lang="en_US"))
        self.assertEqual((what, change, code), ("rate", "changed", False))
        self.assertIn("4,500", old)
        self.assertIn("4,600", new)

    def test_sponsor_and_sale_at_once_add_up(self):
        def change():
            self._enrol("LUIS", "JUAN", "left")
            self._sale(self.clara, price_unit=140_000)

        pair = self._pair(*self._two(change))
        self.assertEqual(
            {kind: count for kind, (count, _amount) in self._causes(pair).items()},
            {"people": 1, "placement": 1, "sales": 1},
        )
        told = {(what, code): new for what, _change, code, _old, new in self._told(pair)}
        self.assertIn(("member", "LUIS"), told)
        self.assertIn("JUAN", told["position", "LUIS"])

    def test_everything_is_told(self):
        """Each table of the inputs, as if it had been otherwise in the first."""
        first, second = self._two(lambda: self._enrol("LUIS", "JUAN", "left"))
        snapshot = snapshot_file.loads(second._snapshot_data())
        moment = snapshot.period_end_moment - 3_600
        mine = int(np.flatnonzero(snapshot.position_member >= 0)[-1])
        binary = next(
            place for place, one in enumerate(snapshot.plan["bonuses"]) if one["rule"] == "binary"
        )
        changed = replace(
            snapshot,
            member_state=snapshot.member_state
            + np.append(np.zeros(snapshot.member_id.size - 1, int), 1),
            member_title=snapshot.member_title + 1,
            sponsor=np.where(snapshot.sponsor == 1, 0, snapshot.sponsor),
            window_pv_e4=snapshot.window_pv_e4 + 770_000,
            row_cv_e4=snapshot.row_cv_e4 + 10_000,
            link_member=ints(1),
            link_sponsor=ints(-1),
            link_moment=ints(moment),
            carry_position=ints(mine),
            carry_bonus=ints(binary),
            carry_measure=ints(10),
            carry_value=ints(990_000),
            held_member=ints(1),
            held_package=ints(0),
            held_package_from=ints(-1),
            held_moment=ints(moment - 10**7),
            former_member=ints(1),
            former_sponsor=ints(0),
            former_until=ints(moment),
            moved_position=ints(mine),
            moved_parent=ints(0),
            moved_leg=ints(1),
            moved_until=ints(moment),
            earned_member=ints(1),
            earned_bonus=ints(binary),
            earned_amount_e4=ints(50_000),
            override_member=ints(1),
            override_rank=ints(2),
            override_exact=ints(1),
            fx_e6=snapshot.fx_e6 + 10**6,
        )
        data = snapshot_file.dumps(changed)
        first._store_snapshot(data, snapshot_file.sha256(data))
        pair = self._pair(first, second).with_context(lang="en_US")
        told = self._told(pair)
        kinds = dict(self.env["mlm.run.pair.fact"]._fields["what"].selection)
        self.assertEqual(
            {what for what, *_more in told},
            set(kinds) - {"prior", "state", "fed", "promotion", "plan", "position"},
        )
        for what, change, _code, old, new in told:
            with self.subTest(what):
                self.assertEqual((bool(old), bool(new)), (change != "came", change != "went"))
        self.assertIn("PV 77", " ".join(old or "" for what, _c, _p, old, _n in told))

    def test_other_terms_of_the_plan_are_said(self):
        first, second = self._two()
        snapshot = snapshot_file.loads(first._snapshot_data())
        plan = {
            **snapshot.plan,
            "payout": None,
            "caps": [*snapshot.plan["caps"], *snapshot.plan["caps"]],
        }
        self.assertNotEqual(plan, snapshot.plan)
        data = snapshot_file.dumps(replace(snapshot, plan=plan))
        first._store_snapshot(data, snapshot_file.sha256(data))
        (fact,) = self._pair(first, second).fact_ids
        self.assertEqual((fact.what, fact.new), ("plan", self.version.display_name))
        self.assertEqual(fact.action_open()["res_id"], self.version.id)

    def test_another_version_of_the_engine(self):
        first, second = self._two()
        as_internal(first).write({"engine_version": 1})
        self.env.cr.execute(
            "UPDATE mlm_earning_store SET amount_e4 = amount_e4 - 10000"
            " WHERE id >> 32 = %s AND amount_e4 > 0",
            [first.number],
        )
        self.env["mlm.run.sum"]._partition_drop(first.number)
        self.env["mlm.run.sum"]._keep(first)
        first._store_totals()
        pair = self._pair(first, second)
        self.assertEqual(set(self._causes(pair)), {"engine"})
        self.assertGreater(pair.cause_ids.amount, 0)


@tagged("post_install", "-at_install")
class TestRunPairOfNetwork(NetworkCommon):
    def test_in_the_currency_of_each(self):
        first = self._preview()
        self.cycle[924].action_reopen()
        self._sales()
        second = self._preview()
        pair = self._as(self.env["mlm.run.pair"], "manager")._request(first, second).sudo()
        people = {one.distributor_id: one for one in pair.person_ids}
        self.assertEqual(people[self.ana].currency_id, self.second.currency_id)
        self.assertEqual(people[self.juan].currency_id, self.company.currency_id)
        for person, one in people.items():
            self.assertEqual(one.by_sales_e4, second._gross_by_payee()[person.id])
        self.assertEqual(
            pair.cause_ids.currency_id, self.company.currency_id | self.second.currency_id
        )
        for model in ("mlm.run.pair", "mlm.run.pair.person", "mlm.run.pair.fact"):
            with self.subTest(model):
                self.assertFalse(self._as(self.env[model], "approver there").search([]))
        with self.assertRaises(AccessError):
            self._as(self.env["mlm.run.pair"], "approver there")._request(first, second)
