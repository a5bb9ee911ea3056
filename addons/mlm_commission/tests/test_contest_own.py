from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError

from .contest_common import ContestCommon


class TestContestOwn(ContestCommon):
    """A contest is started, watched and closed without a version of the plan (RULES 20, 51)."""

    def test_from_start_to_paid(self):
        contest = self._started()
        self._sale(self.juan, day="2026-08-19", quantity=3)
        self._sale(self.yenny, day="2026-08-20")
        self._sale(self.maria, day="2026-08-25", quantity=9)  # after the last day
        pv = self.env["mlm.volume.entry"].search([("distributor_id", "=", self.yenny.id)]).pv
        self.assertEqual(self._standings(contest), [("JUAN", 1, 3 * pv), ("YENNY", 2, pv)])
        self.assertEqual(contest.prize_total, 150_000)
        self.assertIn("Prize 1", contest.standings_html)
        self._close(contest)
        self.assertEqual(contest.state, "closed")
        self.assertEqual(contest.place_ids.mapped("place"), [1, 2])
        prizes = contest.adjustment_ids.sorted("amount_e4", reverse=True)
        self.assertEqual(prizes.distributor_id.mapped("code"), ["JUAN", "YENNY"])
        self.assertEqual(set(prizes.mapped("state")), {"requested"})
        self.assertIn("August Race", prizes[0].reason)
        with self.assertRaises(AccessError):
            self._as(contest, "manager").action_approve_prizes()
        self._as(contest, "approver").action_approve_prizes()
        self.env.invalidate_all()
        self.assertEqual(contest.state, "done")
        self.assertEqual(prizes.mapped("net"), [90_000, 45_000])
        self.assertEqual(len(prizes.move_id), 1)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_whoever_closes_approves_nothing(self):
        contest = self._started()
        self._sale(self.juan, day="2026-08-19")
        with freeze_time("2026-08-25 12:00"):
            contest.invalidate_recordset()
            self._as(contest, "second manager").action_close()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._as(contest, "second manager").action_approve_prizes()

    def test_whoever_had_a_hand_in_a_prize_approves_nothing(self):
        """Whether added, changed, taken out or a rule of it; also where somebody else wrote
        last."""
        changes = {
            "added": lambda one: one.env["mlm.contest.prize"].create(
                {"contest_id": one.id, "place": 3, "name": "Third", "amount": 900}
            ),
            "changed": lambda one: one.prize_ids[0].write({"amount": 900_000}),
            "through the contest": lambda one: one.write(
                {"prize_ids": [(1, one.prize_ids[0].id, {"amount": 900_000})]}
            ),
            "taken out": lambda one: one.prize_ids[1].unlink(),
            "a rule": lambda one: one.write({"minimum": 1}),
        }
        self._sale(self.juan, day="2026-08-19")
        for name, change in changes.items():
            contest = self._contest()
            with self.subTest(name), freeze_time("2026-08-18 12:00"):
                change(self._as(contest, "second manager"))
                contest.prize_ids.write({"name": "Prize"})
                contest.action_start()
                self._close(contest)
                self.assertEqual(contest.state, "closed")
                with self.assertRaisesRegex(UserError, "Somebody else"):
                    self._as(contest, "second manager").action_approve_prizes()

    def test_places_stay_when_it_is_closed(self):
        contest = self._started()
        invoice = self._sale(self.juan, day="2026-08-19")
        self._close(contest)
        before = self._standings(contest)
        self._sale(self.juan, day="2026-08-20", quantity=5)
        self.assertEqual(self._standings(contest), before)
        self.assertTrue(invoice)

    def test_return_takes_the_sale_out(self):
        """Buying to win and returning wins nothing: the return counts by the sale's moment."""
        contest = self._started()
        self._sale(self.juan, day="2026-08-19", quantity=2)
        self._sale(self.yenny, day="2026-08-19")
        sold = self.env["mlm.volume.entry"].search([("distributor_id", "=", self.juan.id)])
        sold._insert_rows(
            [
                {
                    "company_id": self.company.id,
                    "period_id": self.cycle[925].id,
                    "distributor_id": self.juan.id,
                    "buyer_id": self.juan.id,
                    "kind": "refund",
                    "origin_id": sold.id,
                    "moment": datetime(2026, 8, 26, 15),
                    "pv_e4": -sold.pv_e4,
                    "cv_e4": -sold.cv_e4,
                }
            ]
        )
        self.assertEqual([code for code, *_ in self._standings(contest)], ["YENNY"])

    def test_equal_figures_share_the_better_place(self):
        contest = self._started()
        for person in (self.juan, self.yenny):
            self._sale(person, day="2026-08-19")
        self.assertEqual([place for _code, place, _ in self._standings(contest)], [1, 1])
        self._close(contest)
        self.assertEqual(contest.adjustment_ids.mapped("amount"), [100_000, 100_000])

    def test_minimum_and_highest_figure_that_is_reached(self):
        pv = self._sale(self.yenny, day="2026-08-19").env["mlm.volume.entry"].search([]).pv
        self._sale(self.juan, day="2026-08-19", quantity=3)
        contest = self._started(
            mode="threshold",
            prize_ids=[
                (0, 0, {"minimum": 2 * pv, "name": "Small", "amount": 10}),
                (0, 0, {"minimum": 3 * pv, "name": "Large", "amount": 20}),
            ],
        )
        found = {one["distributor"].code: one["prize"].name for one in contest._count_standings()}
        self.assertEqual(found, {"JUAN": "Large", "YENNY": False})
        contest = self._started(minimum=2 * pv)
        self.assertEqual(self._standings(contest), [("JUAN", 1, 3 * pv), ("YENNY", 0, pv)])

    def test_everybody_who_wins_is_kept_however_many_are_shown(self):
        contest = self._started(
            mode="threshold", prize_ids=[(0, 0, {"minimum": 1, "name": "Small", "amount": 10})]
        )
        for person, quantity in ((self.juan, 3), (self.yenny, 2), (self.maria, 1)):
            self._sale(person, day="2026-08-19", quantity=quantity)
        found = contest._count_standings(limit=1)
        self.assertEqual(len(found), 3)
        self.assertEqual(sum(bool(one["prize"]) for one in found), 3)
        contest = self._started()  # two places have a prize
        codes = [one["distributor"].code for one in contest._count_standings(limit=1)]
        self.assertEqual(codes, ["JUAN", "YENNY"])
        # a page shows the first ones and the reader
        codes = [one["distributor"].code for one in contest._get_standings(1, self.maria)]
        self.assertEqual(codes, ["JUAN", "MARIA"])

    def test_measures(self):
        self._sale(self.juan, day="2026-08-19")
        rows = self.env["mlm.volume.entry"].search([])
        pv, cv = sum(rows.mapped("pv")), sum(rows.mapped("cv"))
        # JUAN and YENNY stand below MARÍA
        for measure, code, figure in (
            ("personal_pv", "JUAN", pv),
            ("personal_cv", "JUAN", cv),
            ("frontline_pv", "MARIA", pv),
            ("group_pv", "MARIA", pv),
        ):
            with self.subTest(measure):
                found = {one[0]: one[2] for one in self._standings(self._started(measure=measure))}
                self.assertEqual(found.get(code), figure)
        self.assertEqual(self._standings(self._started(measure="customer_pv")), [])
        # who only enrols counts for nobody
        self._enrol("NEW", "JUAN", "left", joined_at=datetime(2026, 8, 18, 15))
        bought = self._enrol("BUYER", "JUAN", "right", joined_at=datetime(2026, 8, 18, 15))
        contest = self._started(measure="new_buyers")
        self.assertEqual(self._standings(contest), [])
        self._sale(bought, day="2026-08-20")
        self.assertEqual(self._standings(contest), [("JUAN", 1, 1)])

    def test_only_these_products(self):
        self._sale(self.juan, day="2026-08-19")
        contest = self._started(product_ids=[(6, 0, self.big.ids)])
        self.assertEqual(self._standings(contest), [])
        self._sale(self.yenny, product=self.big, day="2026-08-19")
        self.assertEqual([code for code, *_ in self._standings(contest)], ["YENNY"])

    def test_who_has_left_wins_nothing(self):
        contest = self._started()
        self._sale(self.juan, day="2026-08-19")
        self.env.cr.execute(
            "UPDATE mlm_distributor SET state = 'terminated' WHERE id = %s", [self.juan.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._standings(contest), [])

    def test_promised_rules_stay(self):
        contest = self._started()
        with self.assertRaisesRegex(UserError, "Running"):
            contest.date_end = date(2026, 9, 30)
        with self.assertRaisesRegex(UserError, "Running"):
            contest.prize_ids[0].amount = 1
        with self.assertRaisesRegex(UserError, "Running"):
            contest.prize_ids = [(5, 0, 0)]
        with self.assertRaises(AccessError):
            contest.state = "done"
        with freeze_time("2026-08-20 12:00"):
            contest.invalidate_recordset()
            with self.assertRaisesRegex(UserError, "that day included"):
                contest.action_close()

    def test_what_is_asked_for_before_it_starts(self):
        with self.assertRaisesRegex(UserError, "prize"):
            self._contest(prizes=()).action_start()
        with freeze_time("2026-09-18 12:00"), self.assertRaisesRegex(UserError, "already over"):
            self._contest().action_start()
        with self.assertRaises(ValidationError):
            self._contest(prizes=((1, "cash", 1), (1, "cash", 2)))
        for role in ("support", "approver", "accountant", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(self._contest(), role).action_start()

    def test_refused_prizes_end_it(self):
        contest = self._started()
        self._sale(self.juan, day="2026-08-19")
        self._close(contest)
        self._as(contest, "approver").action_refuse_prizes()
        self.env.invalidate_all()
        self.assertEqual(contest.state, "done")
        self.assertFalse(contest.adjustment_ids.move_id)

    def test_nobody_won(self):
        contest = self._started()
        self._close(contest)
        self.assertEqual((contest.state, contest.adjustment_count), ("done", 0))

    def test_who_set_the_prizes_does_not_approve_them(self):
        contest = self._as(self._contest(), "second manager")
        with freeze_time("2026-08-18 12:00"):
            contest.action_start()
        self._sale(self.juan, day="2026-08-19", quantity=3)
        self._close(contest.with_env(self.env))
        with self.assertRaisesRegex(UserError, "Somebody else"):
            contest.action_approve_prizes()
        # what a contest asked for is not deleted either
        with self.assertRaisesRegex(UserError, "Withdraw"):
            self._as(contest.adjustment_ids, "manager").unlink()

    def test_no_prize_moves_into_a_contest_that_runs(self):
        running = self._started()
        draft = self._contest(prizes=((3, "cash", 10_000),))
        with self.assertRaisesRegex(UserError, "Running"):
            draft.prize_ids.contest_id = running

    def test_winners_and_prizes_agree(self):
        contest = self._contest(prizes=(), mode="threshold")
        contest.prize_ids = [
            (0, 0, {"minimum": minimum, "name": "P", "amount": 1_000}) for minimum in (100, 500)
        ]
        with self.assertRaisesRegex(ValidationError, "same place"):
            contest.mode = "top"
