# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import run as engine_run

from ..models.projection import mlm_portal_projection as projection
from ..models.projection.mlm_period import as_projection
from .common import PortalCase


class TestProjection(PortalCase):
    def setUp(self):
        super().setUp()
        self.projection = self.env["mlm.portal.projection"]

    def _view(self):
        return self.projection._view(self.network)[1]

    def test_it_is_what_a_run_would_compute(self):
        self._sell(0, "BETO", 60, 900)
        view = self._view()
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[0], self.version)
        self.assertEqual(view.result.digest, engine_run.compute(snapshot).digest)

    def test_it_is_kept_until_something_changes(self):
        first = self._view()
        self.assertIs(self._view().result, first.result)
        self._sell(0, "BETO", 1, 1)
        second = self._view()
        self.assertIsNot(second.result, first.result)
        self._enrol("NUEVO", "ANA", None)
        self.assertIsNot(self._view().result, second.result)
        self.assertLessEqual(len(projection._cache), projection._KEPT)

    def test_a_sale_with_a_lower_number_that_is_there_last(self):
        """Of two sales at once the first one may be committed after the second."""
        self._sell(0, "BETO", 1, 1)
        first = self._view()
        self.env.cr.execute(
            """
            INSERT INTO mlm_volume_entry (id, network_id, author_id, company_id, period_id,
                   distributor_id, buyer_id, position_id, kind, recorded_at, moment, pv_e4,
                   cv_e4, retail_e4, package_qty)
            SELECT (SELECT min(id) - 1 FROM mlm_volume_entry), network_id, author_id, company_id,
                   period_id, distributor_id, buyer_id, position_id, kind, recorded_at, moment,
                   pv_e4, cv_e4, retail_e4, package_qty
              FROM mlm_volume_entry WHERE period_id = %s ORDER BY id LIMIT 1
            """,
            [self.cycle[0].id],
        )
        self.assertIsNot(self._view().result, first.result)

    def test_an_unposted_cycle_between_is_named_and_skipped(self):
        mine = self._mine("ANA")
        self.env.cr.execute(
            "UPDATE mlm_run SET state = 'cancelled' WHERE id = %s", [self.empty_run.id]
        )
        self.env.cr.execute(
            "UPDATE mlm_period SET state = 'closed' WHERE id = %s", [self.cycle[-1].id]
        )
        self.env.invalidate_all()
        projection._cache.clear()
        board = mine.env["mlm.portal.dashboard"]._get(mine)
        self.assertEqual(board["carry_of"], self.now - 2)
        self.assertEqual(board["waiting"], [self.now - 1])
        self.assertEqual(board["standing"]["legs"][0]["left"]["in"], 50)

    def test_nobody_asks_a_run_to_begin_as_a_projection(self):
        """The key of the context can be named from outside, what it holds cannot."""
        self.env.cr.execute(
            "UPDATE mlm_run SET state = 'cancelled' WHERE id = %s", [self.empty_run.id]
        )
        self.env.cr.execute(
            "UPDATE mlm_period SET state = 'closed' WHERE id = %s", [self.cycle[-1].id]
        )
        self.env.invalidate_all()
        period = self.cycle[0]
        self.assertTrue(as_projection(period)._previous_run())
        for told in (True, 1, "1"):
            self.assertFalse(period.with_context(mlm_projection=told)._previous_run())

    def test_no_rate_of_exchange_gives_no_projection_and_no_error(self):
        # as if the plan counted in another currency: a rate that was used is not deleted
        self.env.cr.execute(
            "DELETE FROM mlm_exchange_rate WHERE company_id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        projection._cache.clear()
        period, view = self.projection._view(self.network)
        self.assertEqual(period, self.cycle[0])
        self.assertIsNone(view)
