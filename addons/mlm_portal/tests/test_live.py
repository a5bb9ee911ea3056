# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.tests.statements import recorded
from odoo.addons.mlm_commission.models.live import mlm_live_read
from odoo.addons.mlm_commission.models.live.mlm_period import as_projection

from .. import standing
from .common import PortalCase


class TestLive(PortalCase):
    """Figures of the open cycle, as if it ended now."""

    def setUp(self):
        super().setUp()
        self.lives = self.env["mlm.live"]
        mlm_live_read._cache.clear()

    def _now(self):
        return self.lives._get_now(self.network)[1]

    def _own_pv(self, code):
        person = self.people[code]
        return self._now().people(person)[person.id].row["own_pv_e4"]

    @contextmanager
    def _computed(self):
        """Yield the list of the periods that are computed meanwhile."""
        compute, found = type(self.lives)._get_columns, []

        def counted(lives, period, version):
            found.append(period)
            return compute(lives, period, version)

        with patch.object(type(self.lives), "_get_columns", counted):
            yield found

    # -- what they say ---------------------------------------------------------

    def test_they_are_what_a_preview_of_that_moment_says(self):
        self._sell(0, "BETO", 60, 900)
        self._sell(0, "EVA", 250, 250, package="ESP-2")
        self._sell(0, "ANA", 10, 10, buyer="CLIENTA", retail=29_100)
        self._make_large()
        live = self._refresh()
        run = self.env["mlm.run"]._create_preview(self.cycle[0])
        run.action_compute()
        everybody = self.env["mlm.distributor"].search([("network_id", "=", self.network.id)])
        self.assertEqual((live.period_id, live.people), (self.cycle[0], len(everybody)))
        people = self._now().people(everybody)
        earned = 0
        for one in everybody:
            person = people[one.id]
            figures = [
                {name: row[name] or "" for name in ("measure", "bonus", "position", "raw")}
                for row in run._get_measures(one)
            ]
            told = standing.collect(person.figures(one.position_ids))
            posted = standing.collect([tuple(row.values()) for row in figures])
            self.assertEqual(told, posted, one.code)
            amounts = {
                bonus.code: amount
                for bonus, amount in self.env["mlm.earning"]._read_group(
                    [*run._id_domain("mlm.earning"), ("payee_id", "=", one.id)],
                    ["bonus_id"],
                    ["amount_e4:sum"],
                )
                if amount
            }
            self.assertEqual(person.earned(), amounts, one.code)
            earned += sum(amounts.values())
        self.assertEqual(earned, run.amount_e4)
        self.assertTrue(earned)

    def test_immediate_figures_are_kept_until_something_changes(self):
        with self._computed() as computed:
            self._now()
            self._now()
            self.assertEqual(len(computed), 1)
            self._sell(0, "BETO", 1, 1)
            self._now()
            self.assertEqual(len(computed), 2)
            for number in range(3):
                self._enrol(f"NUEVO{number}", "ANA", None)
                self._sell(0, f"NUEVO{number}", 1, 1)
                self._now()
        self.assertLessEqual(len(mlm_live_read._cache), mlm_live_read._KEPT)

    def test_a_sale_with_a_lower_number_that_is_there_last(self):
        """Of two sales at once the first one may be committed after the second."""
        self._sell(0, "BETO", 1, 1)
        with self._computed() as computed:
            self._now()
            self.env.cr.execute(
                """
                INSERT INTO mlm_volume_entry (id, network_id, author_id, company_id, period_id,
                       distributor_id, buyer_id, position_id, kind, recorded_at, moment, pv_e4,
                       cv_e4, retail_e4, package_qty)
                SELECT (SELECT min(id) - 1 FROM mlm_volume_entry), network_id, author_id,
                       company_id, period_id, distributor_id, buyer_id, position_id, kind,
                       recorded_at, moment, pv_e4, cv_e4, retail_e4, package_qty
                  FROM mlm_volume_entry WHERE period_id = %s ORDER BY id LIMIT 1
                """,
                [self.cycle[0].id],
            )
            self._now()
        self.assertEqual(len(computed), 2)

    # -- where they begin ------------------------------------------------------

    def _leave_one_unposted(self):
        self.env.cr.execute(
            "UPDATE mlm_run SET state = 'cancelled' WHERE id = %s", [self.empty_run.id]
        )
        self.env.cr.execute(
            "UPDATE mlm_period SET state = 'closed' WHERE id = %s", [self.cycle[-1].id]
        )
        self.env.invalidate_all()

    def test_an_unposted_cycle_between_is_named_and_skipped(self):
        mine = self._mine("ANA")
        self._leave_one_unposted()
        board = mine.env["mlm.portal.dashboard"]._get(mine)
        self.assertEqual(board["carry_of"], self.now - 2)
        self.assertEqual(board["waiting"], [self.now - 1])
        self.assertEqual(board["standing"]["legs"][0]["left"]["in"], 50)
        self._make_large()
        self._refresh()
        stored = mine.env["mlm.portal.dashboard"]._get(mine)
        self.assertTrue(stored["as_of"])
        self.assertEqual({**stored, "as_of": ""}, board)

    def test_nobody_asks_a_run_to_begin_as_a_projection(self):
        """The key of the context can be named from outside, what it holds cannot."""
        self._leave_one_unposted()
        period = self.cycle[0]
        self.assertTrue(as_projection(period)._previous_run())
        for told in (True, 1, "1"):
            self.assertFalse(period.with_context(mlm_projection=told)._previous_run())

    def _forget_rate(self):
        # as if the plan counted in another currency: a rate that was used is not deleted
        self.env.cr.execute(
            "DELETE FROM mlm_exchange_rate WHERE company_id = %s", [self.company.id]
        )
        self.env.invalidate_all()

    def test_no_rate_of_exchange_gives_no_figures_and_no_error(self):
        self._forget_rate()
        period, now = self.lives._get_now(self.network)
        self.assertEqual(period, self.cycle[0])
        self.assertIsNone(now)

    # -- stored ----------------------------------------------------------------

    def test_stored_figures_are_those_of_their_moment(self):
        self._make_large()
        self.assertIsNone(self._now())
        self._refresh()
        before = self._own_pv("BETO")
        self._sell(0, "BETO", 5, 5)
        self.assertEqual(self._own_pv("BETO"), before)
        self._refresh()
        self.assertEqual(self._own_pv("BETO"), before + 50_000)

    def test_one_indexed_query_reads_them(self):
        self._make_large()
        live = self._refresh()
        now = self._now()
        with recorded() as statements:
            now.people(self.people["ANA"])
        (read,) = statements
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(f"EXPLAIN {read}", [self.people["ANA"].ids])
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertRegex(plan, rf"Index.*Scan .*{live._get_store_name(live.number)}_pkey")

    def test_somebody_who_joined_later_has_no_figures_yet(self):
        self._make_large()
        self._refresh()
        late = self._enrol("TARDE", "ANA", None)
        self.assertEqual(self._now().people(late), {})
        board = self.env["mlm.portal.dashboard"]._get(late)
        self.assertTrue(board["live"])
        self.assertFalse(board["standing"]["earned_total"])

    def test_nothing_is_computed_where_nothing_has_changed(self):
        self._make_large()
        live = self._refresh()
        with self._computed() as computed:
            as_internal(live).write({"as_of": live.as_of - timedelta(hours=1)})
            old, number = live.as_of, live.number
            self._refresh()
        self.assertFalse(computed)
        self.assertEqual(live.number, number)
        self.assertGreater(live.as_of, old)

    def test_tables_of_before_go_but_the_last(self):
        self._make_large()
        for pv in (1, 2, 3):
            self._sell(0, "BETO", pv, pv)
            live = self._refresh()
        kept = self._tables()
        self.lives._drop_old()
        names = {live._get_store_name(number) for number in (2, 3)}
        self.assertEqual(self._tables(), names)
        self.assertLess(names, kept)
        live.sudo().unlink()
        self.lives._drop_old()
        self.assertEqual(self._tables(), set())

    def _tables(self):
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'mlm_live_store_%'"
        )
        return {name for (name,) in self.env.cr.fetchall()}

    # -- when ------------------------------------------------------------------

    def test_when_they_are_computed_again(self):
        self._make_large()
        self.network.live_minutes = 10
        live = self._refresh()

        def due(minutes, seconds=1):
            as_internal(live).write(
                {
                    "tried_at": self.env.cr.now() - timedelta(minutes=minutes),
                    "seconds": seconds,
                }
            )
            return live in self.lives._get_due()

        self.assertFalse(due(9))
        self.assertTrue(due(11))
        # what takes five minutes waits twenty
        self.assertFalse(due(19, 300))
        self.assertTrue(due(21, 300))
        # another cycle is open
        as_internal(live).write({"period_id": self.cycle[-1].id})
        self.assertTrue(due(0))
        as_internal(self.cycle[0]).write({"state": "closed"})
        self.assertFalse(due(11))

    def test_a_small_network_stores_nothing(self):
        self.assertNotIn(self.network, self.lives._get_due().network_id)

    def test_a_process_is_started_only_where_something_has_changed(self):
        self._make_large()
        self.assertTrue(self.lives._mlm_needs_process(None))
        self._refresh_all()
        for live in self.lives.search([("tried_at", "!=", False)]):
            as_internal(live).write({"tried_at": live.tried_at - timedelta(days=1)})
        self.assertFalse(self.lives._mlm_needs_process(None))
        self._sell(0, "BETO", 5, 5)
        self.assertTrue(self.lives._mlm_needs_process(None))

    def _refresh_all(self):
        for live in self.lives._get_due():
            live._refresh()

    def test_the_scheduled_action(self):
        self._make_large()
        with self.enter_registry_test_mode():
            self.env.ref("mlm_commission.cron_live").method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self._now().as_of)

    # -- what goes wrong -------------------------------------------------------

    def test_what_is_missing_is_told_to_staff_and_people_see_posted_figures(self):
        self._make_large()
        self._refresh()
        self._forget_rate()
        live = self._refresh()
        self.assertIn("USD", live.error)
        self.assertIsNone(self._now())
        manager = new_test_user(
            self.env,
            "live_manager",
            groups="base.group_user,mlm_base.group_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        today = self.env["mlm.today"].with_user(manager).sudo(False)
        self.assertEqual(today._card_live()["count"], 1)

    @mute_logger("odoo.addons.mlm_base.background")
    def test_after_a_failure_the_figures_of_before_stay(self):
        self._make_large()
        live = self._refresh()
        self._sell(0, "BETO", 5, 5)
        live._keep_failure("killed")
        self.assertTrue(self._now())
        self._refresh()
        self.assertFalse(live.error)

    def test_who_reads_of_it_and_who_starts_it(self):
        self._make_large()
        live = self._refresh()
        with self.assertRaises(AccessError):
            live.with_user(self.users["ANA"]).sudo(False).read(["as_of"])
        for role, may in (("support", False), ("manager", True)):
            user = new_test_user(
                self.env,
                f"live_{role}",
                groups=f"base.group_user,mlm_base.group_{role}",
                company_id=self.company.id,
                company_ids=[(6, 0, self.company.ids)],
            )
            mine = live.with_user(user).sudo(False)
            self.assertTrue(mine.as_of)
            with self.assertRaises(AccessError):
                mine.write({"people": 1})
            if may:
                mine.action_refresh()
                self.assertFalse(mine.tried_at)
            else:
                with self.assertRaises(AccessError):
                    mine.action_refresh()
        other = self.env["res.company"].create({"name": "Another"})
        stranger = new_test_user(
            self.env,
            "live_stranger",
            groups="base.group_user,mlm_base.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        theirs = self.lives.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertNotIn(live, theirs.sudo(False).search([]))
