from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon

CONTEST = """\
  - code: race
    rule: contest
    name: {es: Carrera de agosto, en: August race}
    period: week
    params:
      measure: own_pv_period
      start: 2026-08-17
      end: 2026-08-30
      mode: top
      min: 10
      prizes:
        - {place: 1, amount: 100, kind: trip}
        - {place: 2, amount: 20}
"""


@freeze_time("2026-09-01 12:00:00")
class TestContest(CommissionCommon):
    """Standings of an open contest by the last run that counted it (RULES 20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = cls.version.document.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-17")
        text = text.replace("catalog:", CONTEST + "catalog:", 1)
        cls.version = cls.env["mlm.plan.version"]._import_document(text)
        cls.version._publish_at_once()
        cls._lift_limits("guard_cv")  # prizes on few sales are a large part of them
        cls.race = cls.version.bonus_ids.filtered(lambda one: one.code == "race")

    def _board(self, role="support"):
        return self.env["mlm.contest.board"].with_user(self.users[role]).sudo(False).create({})

    def test_no_run_yet(self):
        board = self._board()
        self.assertEqual(board.bonus_id, self.race)
        self.assertEqual((board.date_start, board.date_end), (date(2026, 8, 17), date(2026, 8, 30)))
        self.assertFalse(board.run_id)
        action = self.env.ref("mlm_commission.action_mlm_contest_standings")
        opened = action.with_user(self.users["support"]).sudo(False).run()
        self.assertEqual(opened["res_model"], board._name)
        self.assertFalse(board.line_ids)

    def test_only_contests_of_the_own_plans(self):
        other = self.setup_other_company(name="Elsewhere")["company"]
        text = self.version.document.replace("version: 2", "version: 1", 1)
        versions = self.env["mlm.plan.version"]
        foreign = versions._import_document(text, other.mlm_network_id)
        as_internal(foreign).write({"state": "published"})
        foreign = foreign.bonus_ids.filtered(lambda one: one.code == "race")
        draft = versions._import_document(text.replace("version: 1", "version: 3", 1))
        draft = draft.bonus_ids.filtered(lambda one: one.code == "race")
        no_race = self.version.bonus_ids[0]
        boards = self.env["mlm.contest.board"]
        mine = boards.with_user(self.users["support"]).sudo(False)
        self.assertTrue(foreign and draft and no_race != self.race)
        with self.assertRaises(AccessError):
            mine.create({"bonus_id": foreign.id})
        with self.assertRaises(AccessError):
            mine.create({"network_id": other.mlm_network_id.id, "bonus_id": foreign.id})
        # who works in both sees each where it belongs
        self.users["support"].company_ids += other
        both = mine.with_context(allowed_company_ids=(self.company | other).ids)
        there = both.create({"network_id": other.mlm_network_id.id, "bonus_id": foreign.id})
        self.assertEqual(there.minimum, 10)
        for asked in (foreign, draft, no_race):
            with self.subTest(asked.display_name):
                with self.assertRaisesRegex(ValidationError, "not a contest of a plan in force"):
                    both.create({"bonus_id": asked.id})
                shown = both.new({"network_id": self.network.id, "bonus_id": asked.id})
                self.assertFalse(shown.date_start or shown.measure or shown.minimum)
                self.assertFalse(shown.run_id or shown.line_ids)

    def test_standings_of_preview_and_posted(self):
        self._sale(self.juan, quantity=4, day="2026-08-19")
        self._sale(self.yenny, quantity=5, day="2026-08-19")
        run = self._preview()
        board = self._board()
        self.assertEqual(board.run_id, run)
        self.assertEqual(
            [(line.place, line.distributor_id, line.points) for line in board.line_ids],
            [(1, self.yenny, 75), (2, self.juan, 60)],
        )
        self.assertEqual(board.line_ids.mapped("prize_kind"), ["trip", "cash"])
        self.assertEqual(board.line_ids.mapped("prize_value"), [450_000, 90_000])
        self.assertEqual(board.line_ids.mapped("share"), [100, 80])
        everybody = board.action_all()
        figures = self.env["mlm.measure"].with_context(**everybody["context"])
        found = figures.search(everybody["domain"])
        self.assertEqual(found.distributor_id, self.yenny | self.juan)
        self.assertEqual(
            {one.distributor_id: (one.place, one.points) for one in found},
            {self.yenny: (1, 75), self.juan: (2, 60)},
        )
        chart = board.action_chart()
        self.assertEqual(
            self.env["mlm.contest.line"].search_count(chart["domain"]), len(board.line_ids)
        )

    def test_standing_is_carried_and_paid_at_the_end(self):
        self.company.mlm_in_kind_account_id = self.env["account.account"].create(
            {"code": "143598", "name": "Trips", "account_type": "asset_current"}
        )
        self._sale(self.juan, quantity=4, day="2026-08-19")
        self._posted(924)
        self._sale(self.juan, quantity=4, day="2026-08-26")
        self._sale(self.yenny, quantity=5, day="2026-08-26")
        run = self._posted(925)
        board = self._board()
        self.assertEqual(board.run_id, run)
        self.assertEqual(board.line_ids.mapped("points"), [120, 75])
        amounts = self._amounts(run)
        self.assertEqual(amounts["JUAN", "race"], 450_000)
        self.assertEqual(amounts["YENNY", "race"], 90_000)
        kinds = {
            statement.distributor_id: statement.deduction_ids.mapped("code")
            for statement in run.statement_ids
        }
        self.assertIn("in_kind", kinds[self.juan])
        self.assertNotIn("in_kind", kinds[self.yenny])
        self.assertFalse(self.env["mlm.law"]._check_all())
