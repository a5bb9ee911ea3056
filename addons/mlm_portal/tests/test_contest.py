# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.tests.statements import recorded

from ..models.contest import mlm_portal_contest
from .common import PortalHttpCase


class TestContest(PortalHttpCase):
    """How somebody stands in the contests of the company, and what was won."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first = cls.cycle[-2]
        cls.contest = cls.env["mlm.contest"].create(
            {
                "name": "Race",
                "text": "Coffee only",
                "company_id": cls.company.id,
                "date_start": first.date_start,
                "date_end": cls.cycle[0].date_end,
                "measure": "personal_pv",
                "prize_ids": [
                    (0, 0, {"place": 1, "name": "Trip to Cartagena", "amount": 900_000}),
                    (0, 0, {"place": 2, "name": "Coffee maker", "amount": 100_000}),
                ],
            }
        )
        cls.contest.action_start()

    def _of(self, code):
        mine = self._mine(code)
        return mine.env["mlm.portal.contest"]._list(mine)

    def _end(self):
        """The last day has passed."""
        as_internal(self.contest).write({"date_end": self.cycle[0].date_start - timedelta(days=1)})

    def test_own_place_and_what_is_missing(self):
        (told,) = self._of("ANA")
        # EVA 250; ANA 100 and what her customer bought; BETO, CARO, OTRO
        self.assertEqual((told["mine"]["place"], told["mine"]["points"]), (2, 110))
        self.assertEqual(told["mine"]["prize"], "Coffee maker")
        self.assertEqual((told["missing"]["points"], told["missing"]["place"]), (140, 1))
        (best,) = self._of("EVA")
        self.assertIsNone(best["missing"])
        # only the own direct team is named
        names = {line["place"]: line["name"] for line in told["first"] if not line["me"]}
        self.assertEqual(names[1], "")
        self.assertIn("Caro Nombre", names.values())

    def test_page(self):
        page = self._open("/my/network/contests", "ANA")
        for text in ("Race", "Coffee only", "Trip to Cartagena", "to reach place 1", "Caro Nombre"):
            self.assertIn(text, page)
        self.assertNotIn("Eva Nombre", page)
        self.assertIn('href="/my/network/contests"', self._open("/my/network", "ANA"))
        self._open("/my/network/contests", "nobody")
        self.assertNotIn("Race", self._open("/my/network/contests", "nobody"))

    def test_page_reads_what_is_kept(self):
        """As many statements however many take part, and none that reads the ledger."""

        def look():
            self.env.invalidate_all()
            with recorded() as said:
                (told,) = self._of("ANA")
            return told["missing"], said

        self.contest._refresh()
        with recorded() as opened:
            self.assertIn("As of ", self._open("/my/network/contests", "ANA"))
        self.assertTrue([text for text in opened if "mlm_contest_standing" in text])
        self.assertFalse([text for text in opened if "mlm_volume_entry" in text])
        look()
        missing, few = look()
        self.assertEqual(missing["place"], 1)
        self.env.cr.execute(
            """
            INSERT INTO mlm_contest_standing (contest_id, distributor_id, points_e4)
            SELECT %(contest)s, id, 1200000 + id FROM mlm_distributor WHERE id NOT IN (
                SELECT distributor_id FROM mlm_contest_standing WHERE contest_id = %(contest)s);
            INSERT INTO mlm_contest_rung (contest_id, points_e4, place)
            SELECT contest_id, points_e4, 7 FROM mlm_contest_standing
             WHERE contest_id = %(contest)s ON CONFLICT DO NOTHING
            """,
            {"contest": self.contest.id},
        )
        missing, many = look()
        self.assertEqual(missing["place"], 7)
        self.assertEqual(len(many), len(few))

    def test_own_line_below_the_first_ones(self):
        for code in ("ANA", "OTRO"):
            with patch.object(mlm_portal_contest, "SHOWN", 1):
                (told,) = self._of(code)
            self.assertEqual([line["place"] for line in told["first"]], [1])
            self.assertGreater(told["mine"]["place"], 1)

    def test_not_counted_yet(self):
        self.env.cr.execute("UPDATE mlm_contest SET counted_at = NULL")
        self.env.invalidate_all()
        page = self._open("/my/network/contests", "ANA")
        self.assertIn("are being counted", page)
        self.assertNotIn("You have", page)
        self.env.cr.execute("DELETE FROM mlm_contest_standing")
        self.env.cr.execute("UPDATE mlm_contest SET counted_at = now()")
        self.env.invalidate_all()
        page = self._open("/my/network/contests", "ANA")
        self.assertIn("Nobody has points yet", page)
        self.assertNotIn("are being counted", page)

    def test_nothing_to_see(self):
        as_internal(self.contest).write({"state": "cancelled"})
        self.assertFalse(self._of("ANA"))
        self.assertNotIn("/my/network/contests", self._open("/my/network", "ANA"))
        other = self.env["res.company"].create({"name": "Elsewhere"})
        as_internal(self.contest).write({"state": "running"})
        self.env.cr.execute(
            "UPDATE mlm_contest SET company_id = %s WHERE id = %s", [other.id, self.contest.id]
        )
        self.env.invalidate_all()
        self.assertFalse(self._of("ANA"))

    def test_in_review_no_figures(self):
        """RULES 62: what is being looked at is shown without amounts."""
        self._end()
        self.contest.action_close()
        (told,) = self._of("ANA")
        self.assertEqual((told["state"], told["mine"], told["first"]), ("closed", None, []))
        page = self._open("/my/network/contests", "ANA")
        self.assertIn("In review", page)
        self.contest.with_user(self.approver).sudo(False).action_approve_prizes()
        self.env.invalidate_all()
        (told,) = self._of("ANA")
        self.assertEqual((told["state"], told["mine"]["prize"]), ("done", "Coffee maker"))

    def test_prize_stands_in_the_statement(self):
        self._end()
        self.contest.action_close()
        self.contest.with_user(self.approver).sudo(False).action_approve_prizes()
        # the present cycle is not over, so a posted one stands for it
        as_internal(self.contest.adjustment_ids).write({"period_id": self.cycle[-1].id})
        page = self._open(f"/my/network/earnings/{self.empty_run.id}", "ANA")
        self.assertIn("Outside the plan", page)
        self.assertIn("Coffee maker: place 2 in Race", page)
        self.assertNotIn("Trip to Cartagena", page)
        self.assertNotIn(
            "Outside the plan", self._open(f"/my/network/earnings/{self.first_run.id}", "ANA")
        )
