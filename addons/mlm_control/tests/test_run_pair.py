# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from dataclasses import replace
from unittest.mock import patch

import numpy as np
from mlm_engine.kernel import snapshot_file
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.tests.common import CommissionCommon
from odoo.addons.mlm_commission.tests.network_common import NetworkCommon

from ..models.pairs import mlm_run_pair
from ..models.pairs.mlm_run_pair_cause import KINDS

IN_BACKGROUND = patch.object(mlm_run_pair, "INLINE_MEMBERS", -1)


def ints(*values):
    return np.array(values, dtype=np.int64)


class PairCommon(CommissionCommon):
    def _two(self, change=lambda: None):
        """Two previews of 924, and what happens in between."""
        self._balanced_sales(left=2, right=2)
        first = self._preview()
        self.cycle[924].action_reopen()
        change()
        return first, self._preview()

    def _pair(self, *runs, role="manager"):
        action = self._as(runs[0] | runs[1], role).action_side_by_side()
        pair = self.env["mlm.run.pair"].browse(action["res_id"])
        self.assertEqual(pair.state, "done", pair.error)
        self._check(pair)
        return pair

    def _check(self, pair):
        """The parts of everybody add up to the difference, and all of them to the runs'."""
        for one in pair.person_ids:
            parts = sum(one[f"by_{kind}_e4"] for kind, _label in KINDS)
            self.assertEqual(parts, one.difference_e4)
            self.assertEqual(one.after_e4 - one.before_e4, one.difference_e4)
        total = sum(pair.person_ids.mapped("difference_e4"))
        self.assertEqual(total, pair.after_id.amount_e4 - pair.before_id.amount_e4)
        self.assertEqual(sum(pair.cause_ids.mapped("amount_e4")), total)

    def _causes(self, pair):
        """``{cause: (differences of the inputs, amount)}``."""
        return {one.kind: (one.facts, one.amount) for one in pair.cause_ids}

    def _told(self, pair):
        """``[(what, change, code of the person, first, second)]``."""
        return [
            (one.what, one.change, one.distributor_id.code, one.old, one.new)
            for one in pair.fact_ids
        ]


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

    # -- asking ----------------------------------------------------------------

    def test_wizard_offers_the_others_of_the_cycle(self):
        first, second = self._two()
        self.assertTrue(first.has_others and second.has_others)
        action = self._as(second, "manager").action_side_by_side()
        wizard = self.env[action["res_model"]].with_user(self.users["manager"]).sudo(False)
        form = Form(wizard.with_context(**action["context"]))
        self.assertEqual((form.after_id, form.before_id), (second, first))
        pair = self.env["mlm.run.pair"].browse(form.save().action_compare()["res_id"])
        self.assertEqual((pair.before_id, pair.after_id), (first, second))

    def test_is_made_once_and_whichever_way_it_is_asked(self):
        first, second = self._two()
        self.assertEqual(self._pair(first, second), self._pair(second, first))

    def test_only_two_computed_runs_of_one_cycle(self):
        first, second = self._two()
        pairs = self._as(self.env["mlm.run.pair"], "manager")
        with self.assertRaisesRegex(UserError, "two computed previews of the same cycle"):
            pairs._request(first, first)
        self._as(second, "manager").action_submit()
        self._as(second, "approver").action_approve()
        second.accounting_date = second.period_id.pay_date
        self._as(second, "manager").action_post()
        self.assertTrue(pairs._request(first, second))
        third = self._preview(925)
        for runs in (first | third, first | second | third):
            with self.assertRaisesRegex(UserError, "two computed previews of the same cycle"):
                self._as(runs, "manager").action_side_by_side()
        self._as(first, "manager").action_discard()
        self.assertFalse(second.has_others)

    def test_goes_with_a_run(self):
        first, second = self._two(lambda: self._sale(self.clara, price_unit=140_000))
        pair = self._pair(first, second)
        self._as(first, "manager").action_discard()
        self.assertFalse(pair.exists())
        self.assertFalse(self.env["mlm.run.pair.person"].search([("pair_id", "=", pair.id)]))

    def test_in_the_background(self):
        first, second = self._two(lambda: self._sale(self.clara, price_unit=140_000))
        with IN_BACKGROUND:
            pair = self._as(self.env["mlm.run.pair"], "manager")._request(first, second).sudo()
        self.assertEqual(pair.state, "queued")
        self.assertTrue(pair._mlm_needs_process(self.env.ref("mlm_control.cron_pair")))
        pair._finish_waiting()
        self.assertEqual(pair.state, "done")
        self.assertFalse(pair._mlm_needs_process(self.env.ref("mlm_control.cron_pair")))
        self.assertEqual(self._causes(pair), {"sales": (1, 29_100)})

    def test_stopped_by_a_person(self):
        """By whoever may audit; nothing is compared, and it can be asked for again."""
        first, second = self._two()
        with IN_BACKGROUND:
            pair = self._as(self.env["mlm.run.pair"], "manager")._request(first, second).sudo()
        with self.assertRaises(AccessError):
            self._as(pair, "accountant").action_stop()
        self._as(pair, "manager").action_stop()
        self.assertEqual(
            (pair.state, pair.error), ("failed", f"{self.users['manager'].name} stopped this work.")
        )
        pair._finish_waiting()
        self.assertEqual(pair.state, "failed")

    def test_a_failure_is_kept_and_can_be_tried_again(self):
        first, second = self._two()
        with IN_BACKGROUND:
            pair = self._as(self.env["mlm.run.pair"], "manager")._request(first, second).sudo()
        pair._keep_failure("No memory")
        self.assertEqual((pair.state, pair.error), ("failed", "No memory"))
        action = self._as(pair, "manager").action_again()
        again = self.env["mlm.run.pair"].browse(action["res_id"])
        self.assertFalse(pair.exists())
        self.assertEqual(again.state, "done")

    # -- showing ---------------------------------------------------------------

    def test_heads_and_totals(self):
        first, second = self._two(lambda: self._sale(self.clara, price_unit=140_000))
        pair = self._pair(first, second).with_context(lang="en_US")
        rows = {row["label"]: row for block in pair._get_blocks() for row in block["rows"]}
        self.assertEqual(
            (rows["Run"]["before"], rows["Run"]["after"]), (str(first.number), str(second.number))
        )
        self.assertEqual(rows["Plan"]["difference"], "")
        self.assertEqual(rows["Inputs (SHA-256)"]["difference"], "≠")
        self.assertEqual(
            (rows["Earned"]["difference"][:7], rows["Earned"]["rises"]), ("+29,100", 1)
        )
        self.assertEqual(rows["People paid"]["difference"], "+1")
        self.assertEqual(rows["Breakage"]["difference"], "=")
        self.assertIn("+29,100", pair.html)
        sides = self._as(pair, "auditor").read_sides()
        retail = next(one for one in sides["bonuses"] if one["before"] != one["after"])
        self.assertEqual((retail["before"], retail["after"]), (0, 29_100))

    def test_workbook(self):
        pair = self._pair(*self._two(lambda: self._sale(self.clara, price_unit=140_000)))
        action = self._as(pair, "accountant").with_context(lang="en_US").action_xlsx()
        number = int(action["url"].rsplit("/", 1)[1].partition("?")[0])
        data = base64.b64decode(self.env["ir.attachment"].browse(number).datas)
        book = load_workbook(io.BytesIO(data))
        rows = list(book["Who changes"].values)
        self.assertEqual(rows[0][-1], "Sales and returns")
        self.assertEqual((rows[1][0], rows[1][-1]), ("JUAN", 29_100))
        (_head, fact) = book["What differs in the inputs"].values
        self.assertEqual(
            fact[:4], ("Sales and returns", "Sale or return", "Only in the second", "JUAN")
        )

    # -- rights ----------------------------------------------------------------

    def test_who_may(self):
        first, second = self._two()
        for role in ("support", "manager", "approver", "accountant", "auditor"):
            with self.subTest(role):
                self.assertTrue(self._as(self._pair(first, second, role=role), role).html)
        with self.assertRaises(AccessError):
            self._as(first | second, "warehouse").action_side_by_side()

    def test_nobody_writes_one(self):
        first, second = self._two()
        pair = self._pair(first, second)
        values = {"before_id": first.id, "after_id": second.id}
        for records in (pair, pair.sudo()):
            with self.assertRaises(AccessError):
                records.write({"is_equal": False})
            with self.assertRaises(AccessError):
                records.create(values)
            with self.assertRaises(AccessError):
                records.unlink()


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
