# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.modules.migration import load_script
from odoo.tests import new_test_user
from odoo.tools import misc, mute_logger

from odoo.addons.mlm_base import background
from odoo.addons.mlm_base.tests.statements import recorded
from odoo.addons.mlm_base.tests.today_common import TodayTests

from ..models.contest import mlm_contest_refresh
from .contest_common import ContestCommon


class TestContestKept(TodayTests, ContestCommon):
    """Pages show standings that are counted in the background."""

    def _kept(self, contest):
        """``[(person, place, points)]`` of everybody, as kept."""
        self.env.cr.execute(
            """SELECT distributor_id, place, points_e4
                 FROM mlm_contest_standing JOIN mlm_contest_rung USING (contest_id, points_e4)
                WHERE contest_id = %s ORDER BY points_e4 DESC, distributor_id""",
            [contest.id],
        )
        return self.env.cr.fetchall()

    def _counted(self, contest):
        """The same of the ledger as it is."""
        return [
            (one["distributor"].id, one["place"], one["points_e4"])
            for one in contest._count_standings()
        ]

    def _versions(self, contest):
        """``{(table, what a row is of): where and by whom it was last written}``."""
        found = {}
        for table, key, _value in mlm_contest_refresh.KEPT:
            self.env.cr.execute(
                f"SELECT '{table}', {key}, ctid::text, xmin::text, xmax::text, id"
                f" FROM {table} WHERE contest_id = %s",
                [contest.id],
            )
            found |= {row[:2]: row[2:] for row in self.env.cr.fetchall()}
        return found

    def _set_state(self, person, state):
        person.flush_recordset()
        self.env.cr.execute(
            "UPDATE mlm_distributor SET state = %s WHERE id = %s", [state, person.id]
        )
        self.env.invalidate_all()

    def _give_back(self, person):
        """All that somebody bought comes back in a later cycle."""
        sold = self.env["mlm.volume.entry"].search([("distributor_id", "=", person.id)])
        sold._insert_rows(
            [
                {
                    "company_id": self.company.id,
                    "period_id": self.cycle[925].id,
                    "distributor_id": person.id,
                    "buyer_id": person.id,
                    "kind": "refund",
                    "origin_id": row.id,
                    "moment": datetime(2026, 8, 26, 15),
                    "pv_e4": -row.pv_e4,
                    "cv_e4": -row.cv_e4,
                }
                for row in sold
            ]
        )

    def test_kept_is_what_the_ledger_says(self):
        contest = self._started(minimum=30)
        self.assertEqual(self._kept(contest), [])

        def check(codes):
            self.assertTrue(contest._refresh())
            kept = self._kept(contest)
            self.assertEqual(kept, self._counted(contest))
            people = self.env["mlm.distributor"].browse(row[0] for row in kept)
            self.assertEqual(
                [(one.code, row[1]) for one, row in zip(people, kept, strict=True)], codes
            )

        self._sale(self.juan, day="2026-08-19", quantity=3)
        self._sale(self.maria, day="2026-08-19", quantity=3)
        self._sale(self.yenny, day="2026-08-20", quantity=5)
        check([("YENNY", 1), ("MARIA", 2), ("JUAN", 2)])
        self._give_back(self.yenny)
        check([("MARIA", 1), ("JUAN", 1)])
        self._sale(self.yenny, day="2026-08-21")  # below the minimum
        check([("MARIA", 1), ("JUAN", 1), ("YENNY", 0)])
        self._set_state(self.maria, "terminated")
        check([("JUAN", 1), ("YENNY", 0)])
        self._set_state(self.maria, "active")
        self._sale(self.juan, day="2026-08-22")
        check([("JUAN", 1), ("MARIA", 2), ("YENNY", 0)])
        self.assertEqual(contest.prize_total, 150_000)
        self._close(contest)
        self.assertEqual(contest.prize_total, 150_000)
        self.assertEqual(
            contest.place_ids.mapped("distributor_id.code"), ["JUAN", "MARIA", "YENNY"]
        )

    def test_value_of_the_prizes_by_figure(self):
        contest = self._started(
            mode="threshold",
            prize_ids=[
                (0, 0, {"minimum": minimum, "name": "P", "amount": amount})
                for minimum, amount in ((75, 700), (20, 10), (30, 200))
            ],
        )
        for person, quantity in ((self.juan, 5), (self.yenny, 2), (self.maria, 3)):
            self._sale(person, day="2026-08-19", quantity=quantity)
        self.assertEqual(contest.prize_total, 0)
        contest._refresh()
        won = [one["prize"].amount for one in contest._get_standings()]
        self.assertEqual(won, [700, 200, 200])
        self.assertEqual(contest.prize_total, 1_100)

    def test_what_is_the_same_is_not_written(self):
        contest = self._started()
        for person, quantity in ((self.juan, 3), (self.yenny, 2), (self.maria, 1)):
            self._sale(person, day="2026-08-19", quantity=quantity)
        contest._refresh()
        before = self._versions(contest)
        self.assertEqual(len(before), 6)
        contest._refresh()
        self.assertEqual(self._versions(contest), before)
        # the first one is overtaken: only who sold has another row, the places are common
        self._sale(self.yenny, day="2026-08-20", quantity=7)
        contest._refresh()
        after = self._versions(contest)
        table = "mlm_contest_standing"
        self.assertEqual(after[table, self.juan.id], before[table, self.juan.id])
        self.assertEqual(after[table, self.maria.id], before[table, self.maria.id])
        self.assertNotEqual(after[table, self.yenny.id], before[table, self.yenny.id])

    def test_no_page_reads_the_ledger(self):
        contest = self._started()
        self._sale(self.juan, day="2026-08-19")
        contest._refresh()
        mine = self._as(contest, "support")
        spec = {name: {} for name in contest._fields}

        def look():
            self.env.invalidate_all()
            with recorded() as said:
                mine.web_read(spec)
            return said

        look()
        few = look()
        self.assertTrue([text for text in few if "mlm_contest_standing" in text])
        self.assertFalse([text for text in few if "mlm_volume_entry" in text])
        for person in (self.yenny, self.maria):
            self._sale(person, day="2026-08-19")
        contest._refresh()
        self.assertEqual(len(look()), len(few))

    def test_close_counts_the_ledger(self):
        contest = self._started()
        self._sale(self.juan, day="2026-08-19")
        contest._refresh()
        self._sale(self.yenny, day="2026-08-20", quantity=2)
        self.env.cr.execute("UPDATE mlm_contest_standing SET points_e4 = points_e4 * 9")
        self._close(contest)
        self.assertEqual(contest.place_ids.mapped("distributor_id.code"), ["YENNY", "JUAN"])
        self.assertEqual(contest.adjustment_ids.sorted("id").mapped("amount"), [100_000, 50_000])

    def test_upgrade_values_the_prizes_of_closed_contests(self):
        contest = self._started()
        for person in (self.juan, self.yenny):
            self._sale(person, day="2026-08-19")
        self._close(contest)
        path = misc.file_path("mlm_commission/migrations/19.0.2.8.0/post-contest-prizes.py")
        self.env.cr.execute("UPDATE mlm_contest SET prizes_e4 = NULL")
        load_script(path, "contest_prizes").migrate(self.env.cr, "19.0.2.7.0")
        self.env.invalidate_all()
        self.assertEqual(contest.prize_total, 200_000)

    def test_counted_at_the_start_or_soon_after(self):
        self._sale(self.juan, day="2026-08-19")
        contest = self._started()
        self.assertTrue(contest.counted_at)
        self.assertIn("Juan", contest.standings_html)
        empty = self._started(date_start=date(2026, 8, 24), date_end=date(2026, 8, 30))
        self.assertIn("Nobody has points yet", empty.standings_html)
        cron = self.env.ref("mlm_commission.cron_contest")
        triggers = self.env["ir.cron.trigger"]
        self.assertFalse(triggers.search([("cron_id", "=", cron.id)]))
        contests = self.env["mlm.contest"]
        self.assertFalse(contests._mlm_needs_process(cron))
        with patch.object(mlm_contest_refresh, "FEW", 0):
            large = self._started()
            self.assertTrue(contests._mlm_needs_process(cron))
        self.assertFalse(large.counted_at)
        self.assertIn("are being counted", large.standings_html)
        self.assertEqual(len(triggers.search([("cron_id", "=", cron.id)])), 1)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertIn("Juan", large.standings_html)

    def test_background(self):
        self._sale(self.juan, day="2026-08-19")
        over, broken, running = self._started(), self._started(), self._started()
        self.assertEqual(len(self._kept(over)), 1)
        self._close(over)
        self._sale(self.yenny, day="2026-08-20")
        count = type(over)._get_refresh_query

        def fail(contest):
            if contest == broken:
                raise ValueError("broken")
            return count(contest)

        with (
            patch.object(type(over), "_get_refresh_query", fail),
            mute_logger(background.__name__),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("mlm_commission.cron_contest").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(self._kept(over)), 0)
        self.assertEqual(len(self._kept(broken)), 1)
        self.assertEqual(len(self._kept(running)), 2)
        self.assertEqual((broken.error, running.error), ("ValueError('broken')", False))
        for role in ("manager", "auditor"):
            card = self.cards(self.users[role])["uncounted_contests"]
            self.assertEqual((card["count"], card["button"]["open"]["id"]), (1, broken.id))
            self.assert_opens(self.users[role])
        # the next count that succeeds takes it away
        self.assertTrue(broken._refresh())
        self.assertNotIn("uncounted_contests", self.cards(self.users["manager"]))
        # who is closed meanwhile is not counted any more
        self.assertFalse(over._refresh())

    def test_as_of_when(self):
        contest = self._started()
        self.env.cr.execute(
            "UPDATE mlm_contest SET counted_at = '2026-08-18 19:05' WHERE id = %s", [contest.id]
        )
        self.users["support"].tz = "America/Bogota"
        mine = self._as(contest, "support")
        for now, said in (
            ("2026-08-19 03:00", "As of 14:05<"),
            ("2026-08-19 06:00", "As of 18 Aug"),
        ):
            with freeze_time(now):
                self.env.invalidate_all()
                self.assertIn(said, mine.standings_html)
        # who has no time zone reads the network's
        self.users["support"].tz = False
        contest.network_id.tz = "America/Caracas"
        with freeze_time("2026-08-19 03:00"):
            self.env.invalidate_all()
            self.assertIn("As of 15:05<", mine.standings_html)
        self._close(contest)
        self.assertNotIn("As of", contest.standings_html)

    def test_who_reads_what_is_kept(self):
        contest = self._started()
        self._sale(self.juan, day="2026-08-19")
        contest._refresh()
        other = self.setup_other_company(name="Elsewhere")["company"]
        stranger = new_test_user(
            self.env,
            "kept_stranger",
            groups="base.group_user,mlm_base.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for name in ("mlm.contest.standing", "mlm.contest.rung"):
            rows = self.env[name].search([("contest_id", "=", contest.id)])
            self.assertEqual(len(rows), 1)
            self.assertEqual(self._as(self.env[name], "support").search([]), rows)
            self.assertFalse(self.env[name].with_user(stranger).sudo(False).search([]))
            with self.assertRaises(AccessError):
                self._as(rows, "manager").write({"points_e4": 1})
            with self.assertRaises(AccessError):
                rows.sudo().write({"points_e4": 1})

    def test_promised_words_are_not_translated_either(self):
        """The dialog of translations writes past `write`."""
        self.env["res.lang"]._activate_lang("es_CO")
        draft = self._contest()
        draft.update_field_translations("name", {"es_CO": "Carrera"})
        draft.prize_ids[0].update_field_translations("name", {"es_CO": "Premio"})
        contest = self._as(self._started(), "manager")
        for record, name in ((contest, "name"), (contest, "text"), (contest.prize_ids[0], "name")):
            with (
                self.subTest(record=record, name=name),
                self.assertRaisesRegex(UserError, "Running"),
            ):
                record.update_field_translations(name, {"es_CO": "Otra cosa"})
        self.assertEqual(contest.with_context(lang="es_CO").name, "August Race")
        self.assertEqual(draft.with_context(lang="es_CO").name, "Carrera")
