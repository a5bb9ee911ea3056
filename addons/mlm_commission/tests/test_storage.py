from unittest.mock import patch

from mlm_engine.kernel import codes
from mlm_engine.kernel import result as engine_result
from mlm_engine.kernel.run import ENGINE_VERSION

from odoo.exceptions import UserError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import misc

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon

MEASURES = """\
measures:
  - {code: pv, name: {es: PV personal, en: Personal PV}, kind: personal, volume: pv}
ranks:
"""


@tagged("post_install", "-at_install")
class TestStorage(CommissionCommon):
    """What the engine returns is stored whole and read under the names of the plan."""

    def test_every_column_of_an_earning_is_stored(self):
        renamed = {
            "payee": "payee_id",
            "position": "position_id",
            "bonus": "bonus_id",
            "source": "source_id",
            "row": "entry_id",
        }
        wanted = [
            renamed.get(name, name) for name, _ in engine_result.columns(engine_result.Earnings())
        ]
        # an engine for one company has nothing to divide by
        self.assertCountEqual(self.env["mlm.earning"]._store_columns, {*wanted, "per_e6"})

    def test_every_code_has_a_word(self):
        for lang, inactive in (
            ("en_US", "Inactive: own PV in the window is below the requirement"),
            ("es_CO", "Inactivo: sin el PV propio requerido en la ventana"),
        ):
            shown = self._choices("mlm.earning", "reason", lang)
            self.assertEqual(set(shown), {reason.name.lower() for reason in codes.Reason})
            self.assertEqual(shown["inactive"], inactive)
            self.assertEqual(shown, self._choices("mlm.run.total", "reason", lang))
            shown = self._choices("mlm.earning", "rate_source", lang)
            self.assertEqual(set(shown), {source.name.lower() for source in codes.RateSource})

    def _choices(self, model, field, lang):
        found = self.env[model].with_context(lang=lang).fields_get([field], ["selection"])
        return dict(found[field]["selection"])

    def test_caps_are_stored_and_shown(self):
        self._balanced_sales()
        run = self._preview()
        row = self._store_more(
            run,
            payee_id=self.maria.id,
            bonus_id=self.version.bonus_ids[0].id,
            amount_e4=700_000,
            breakage_e4=300_000,
            cap_e4=200_000,
            scale_e4=-100_000,
            reason=int(codes.Reason.COMPANY_CAP),
            rate_source=int(codes.RateSource.CYCLE),
        )
        self.assertEqual((row.capped, row.scaled, row.amount), (20, -10, 70))
        self.assertEqual((row.reason, row.rate_source), ("company_cap", "cycle"))
        run._store_totals()
        total = run.bonus_total_ids.filtered(lambda one: one.bonus_id == row.bonus_id)
        self.assertEqual((total.capped, total.scaled), (20, -10))

    def test_sums_are_those_of_the_rows(self):
        """By person and bonus, of rows that pay nothing, too; the same when they are read."""
        self._balanced_sales(left=3, right=2)
        run = self._preview()
        bonuses = self.version.bonus_ids
        paid = {"payee_id": self.maria.id, "bonus_id": bonuses[0].id}
        self._store_more(run, 1, **paid, amount_e4=500, cap_e4=7)
        self._store_more(run, 2, **paid, amount_e4=-500, scale_e4=9)
        self._store_more(
            run, 3, bonus_id=bonuses[0].id, breakage_e4=40, reason=int(codes.Reason.INACTIVE)
        )
        first, last = self.env["mlm.earning"]._id_range(run.number)
        self.env.cr.execute(
            """
            SELECT payee_id, bonus_id, count(*), bool_or(amount_e4 <> 0),
                   sum(amount_e4)::bigint, sum(breakage_e4)::bigint, sum(cap_e4)::bigint,
                   sum(scale_e4)::bigint
              FROM mlm_earning_store WHERE id >= %s AND id < %s GROUP BY 1, 2 ORDER BY 1, 2
            """,
            [first, last],
        )
        rows = self.env.cr.fetchall()
        self.assertIn((self.maria.id, bonuses[0].id, 2, True, 0, None, 7, 9), rows)
        self.env.cr.execute(
            """
            SELECT payee_id, bonus_id, count, is_paid, amount_e4, breakage_e4, cap_e4, scale_e4
              FROM mlm_run_sum_store WHERE id >= %s AND id < %s ORDER BY 1, 2
            """,
            [first, last],
        )
        self.assertEqual(self.env.cr.fetchall(), rows)
        gross = {}
        for payee, _bonus, _count, _paid, amount_e4, *_cut in rows:
            gross[payee] = gross.get(payee, 0) + amount_e4
        gross = {payee: amount_e4 for payee, amount_e4 in gross.items() if payee and amount_e4}
        self.assertGreater(len(gross), 0)
        self.assertEqual(run._gross_by_payee(), gross)
        self.assertEqual(run._gross_by_payee(list(gross)), gross)
        run._store_totals()
        total = run.bonus_total_ids.filtered(lambda one: one.bonus_id == bonuses[0])
        self.assertEqual((total.count, total.payees, total.breakage_e4), (3, 1, 40))

    def test_upgrade_adds_up_the_runs_that_are_there(self):
        self._balanced_sales()
        run = self._posted()
        sums = run._gross_by_payee()
        self.assertTrue(sums)
        self.env["mlm.run.sum"]._partition_drop(run.number)
        self.assertFalse(run._gross_by_payee())
        path = misc.file_path("mlm_commission/migrations/19.0.2.10.0/post-sums.py")
        load_script(path, "sums").migrate(self.env.cr, "19.0.2.9.0")
        self.assertEqual(run._gross_by_payee(), sums)
        self.assertNotIn(
            "posted_rows_sealed", {law["law"] for law in self.env["mlm.law"]._check_all()}
        )

    def test_laws_of_earnings(self):
        """A row that pays without a sale, and one that says no reason, are found."""
        self._balanced_sales()
        run = self._preview()
        laws = self.env["mlm.law"]
        before = {law["law"] for law in laws._check_all()}
        self.assertNotIn("earnings_say_why", before)
        self.assertNotIn("only_sales_pay", before)
        self._store_more(
            run,
            payee_id=self.maria.id,
            bonus_id=self.version.bonus_ids[0].id,
            amount_e4=10_000,
            breakage_e4=5,
        )
        found = {law["law"] for law in laws._check_all()}
        self.assertLessEqual({"earnings_say_why", "only_sales_pay"}, found)

    def test_measure_of_the_plan(self):
        """Codes from 500 are the measures that the version declares, by their place."""
        text = self.version.document.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-17")
        text = text.replace("ranks:", MEASURES, 1)
        version = self.env["mlm.plan.version"]._import_document(text)
        self.assertEqual(version.measure_ids.mapped("code"), ["pv"])
        self.assertEqual(version.measure_ids.unit, "pv")
        version._publish_at_once()
        run = self._preview()
        self._store_figures(
            run,
            {"holder": self.maria.id, "measure": codes.PLAN, "value": 300_000},
            {"holder": self.juan.id, "measure": codes.STREAK + 1, "value": 3},
        )
        shown = {one["measure"]: one for one in run._get_person(self.maria)._get_figures()}
        self.assertEqual((shown["pv"]["label"], shown["pv"]["shown"]), ("Personal PV", "30"))
        shown = {one["measure"]: one["value"] for one in run._get_measures(self.maria)}
        self.assertEqual(shown["pv"], "30")
        shown = {one["measure"]: one for one in run._get_person(self.juan)._get_figures()}
        self.assertEqual(shown["streak_2"]["shown"], "3")
        self.assertIn("2", shown["streak_2"]["label"])

    def test_run_of_another_engine_is_verified_where_figures_are_the_same(self):
        self._balanced_sales()
        run = self._preview()
        self.assertEqual(run.engine_version, ENGINE_VERSION)
        self.assertFalse(run._verify())
        as_internal(run).write({"engine_version": ENGINE_VERSION - 1})
        self.assertFalse(run._verify())
        amounts = "mlm_engine.kernel.paying.amounts"
        with patch(amounts, lambda base, rate, *more: base * 0 + 100):
            (told,) = run._verify()
        self.assertIn("version", told)


@tagged("post_install", "-at_install")
class TestExport(CommissionCommon):
    """Rows of a run leave the system by those only who may export at all."""

    def test_export_needs_the_right_to_export(self):
        self._balanced_sales()
        run = self._preview()
        right = self.env.ref("base.group_allow_export")
        for name in ("mlm.earning", "mlm.measure"):
            rows = self.env[name].search(run._id_domain(name), limit=2)
            reader = self._as(rows, "auditor")
            reader.env.user.sudo().group_ids += right
            self.assertEqual(len(reader.export_data([".id"])["datas"]), len(rows))
            reader.env.user.sudo().group_ids -= right
            with self.assertRaisesRegex(UserError, "export"):
                reader.export_data([".id"])
