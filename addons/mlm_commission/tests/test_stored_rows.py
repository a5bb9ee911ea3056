from unittest.mock import patch

from mlm_engine.kernel import run as engine_run
from mlm_engine.telling import explain as engine_explain

from ..kept_views import KEPT
from .common import CommissionCommon
from .test_grain_source import LEVELS

MATCH = """\
  - code: match
    rule: matching
    name: {es: Igualación, en: Match}
    period: week
    tree: sponsor
    active_only: false
    params: {rates: [10, 5], bonuses: [levels]}
"""


class TestStoredRows(CommissionCommon):
    """Explanations read the stored rows, and say what the computed ones would."""

    def setUp(self):
        super().setUp()
        text = self.version.document
        text = text.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-17")
        text = text.replace("catalog:", LEVELS + MATCH + "catalog:", 1)
        self.env["mlm.plan.version"]._import_document(text)._publish_at_once()
        self.pedro = self._enrol("PEDRO", "JUAN", "left")
        self._sale(self.pedro, product=self.big, day="2026-08-19")
        self._sale(self.pedro, product=self.big, quantity=2, day="2026-08-20")
        self._balanced_sales(left=2, right=2)
        self.run_of_it = self._preview()
        KEPT.clear()

    def test_told_word_for_word_without_computing(self):
        run = self.run_of_it
        snapshot = run._read_frozen()
        computed = engine_explain.View(snapshot, engine_run.compute(snapshot))
        expected = self._told(run._view_of(computed), computed.result.earnings.payee.size)
        self.assertGreater(len(expected), 20)
        KEPT.clear()
        with patch.object(engine_run, "compute", side_effect=AssertionError("computed again")):
            found = self._told(run._view(), run.earning_count)
        self.assertEqual(found, expected)

    def _told(self, view, earnings):
        members = range(view.snapshot.member_id.size)
        return [
            *(engine_explain.earning(view, index) for index in range(earnings)),
            *(engine_explain.person(view, member) for member in members),
            *(
                (engine_explain.sale(view, row), engine_explain.person_on_sale(view, member, row))
                for row in range(view.snapshot.row_id.size)
                for member in members
            ),
        ]

    def test_what_is_no_row_is_none(self):
        with self.assertRaises(IndexError):
            engine_explain.earning(self.run_of_it._view(), self.run_of_it.earning_count)

    def test_a_run_without_rows_is_computed(self):
        run = self.run_of_it
        told = run._explain_distributor(self.juan)
        run.action_discard()
        self.assertEqual(run.state, "cancelled")
        self.assertEqual(run._explain_distributor(self.juan), told)
