from datetime import date

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import PLAN, CommissionCommon


class TestPlanLifecycle(CommissionCommon):
    """Who takes which step of a plan version, and what no step can change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["admin"] = new_test_user(
            cls.env,
            "plan_admin",
            groups="base.group_user,mlm_base.group_admin",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        text = cls.env["mlm.plan.version"]._shipped(PLAN)
        cls.text = text.replace("version: 1", "version: 2").replace(
            "valid_from: 2026-01-01", "valid_from: 2026-08-31"
        )

    def _draft(self, text=None, role="manager"):
        versions = self._as(self.env["mlm.plan.version"], role)
        return versions.create({"plan_id": self.version.plan_id.id, "document": text or self.text})

    def _validated(self, text=None):
        draft = self._draft(text)
        draft.finding_ids.reason = "Known and watched"
        draft.action_validate()
        return draft

    def _published(self, text=None):
        draft = self._validated(text)
        draft.action_confirm_crossing()
        self._as(draft, "approver").action_publish()
        return draft

    def test_two_people(self):
        draft = self._validated()
        self.assertEqual((draft.state, draft.validated_by_id), ("validated", self.users["manager"]))
        with self.assertRaises(AccessError):
            draft.action_publish()
        draft.action_confirm_crossing()
        self._as(draft, "approver").action_publish()
        self.assertEqual((draft.state, draft.published_by_id.login[-8:]), ("published", "approver"))

    def test_nobody_publishes_the_own_plan(self):
        draft = self._draft(role="admin")
        draft.finding_ids.reason = "Known"
        draft.action_validate()
        draft.action_confirm_crossing()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            draft.action_publish()

    def test_states_are_not_written(self):
        draft = self._draft()
        for values in ({"state": "published"}, {"author_id": self.users["admin"].id}):
            with self.subTest(values), self.assertRaises(AccessError):
                draft.write(values)
        with self.assertRaises(AccessError):
            self._as(self.env["mlm.plan.version"], "manager").create(
                {"plan_id": self.version.plan_id.id, "document": self.text, "state": "published"}
            )

    def test_validated_is_changed_only_as_a_draft(self):
        draft = self._validated()
        with self.assertRaisesRegex(UserError, "draft"):
            draft.document = self.text + "\n"
        draft.action_draft()
        draft.document = self.text + "\n"
        self.assertEqual(draft.state, "draft")

    def test_a_run_makes_it_active(self):
        self._balanced_sales()
        self._preview()
        self.assertEqual(self.version.state, "active")
        with self.assertRaisesRegex(UserError, "not for it"):
            self._as(self.version, "approver").action_draft()

    def test_the_active_version_ends_by_two_people_and_with_a_reason(self):
        self._balanced_sales()
        run = self._preview()
        approver, admin = self._as(self.version, "approver"), self._as(self.version, "admin")
        action = approver.action_retire()
        self.assertEqual((action["res_model"], self.version.state), ("mlm.plan.retire", "active"))
        wizard = approver.env["mlm.plan.retire"].with_context(**action["context"])
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.create({"reason": " "}).action_ask()
        with self.assertRaisesRegex(UserError, "Nobody asked"):
            admin.action_confirm_retirement()
        wizard.create({"reason": "The company moves to another plan"}).action_ask()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            approver.action_confirm_retirement()
        with self.assertRaises(AccessError):
            self._as(self.version, "manager").action_confirm_retirement()
        # nobody retires what a run is waiting for
        self._as(run, "manager").action_submit()
        with self.assertRaisesRegex(UserError, "waits to be posted"):
            admin.action_confirm_retirement()
        with self.assertRaisesRegex(UserError, "waits to be posted"):
            admin.action_retire()
        self._as(run, "manager").action_withdraw()
        admin.action_keep_in_force()
        self.assertFalse(self.version.retire_reason or self.version.retire_asked_by_id)
        approver._ask_to_retire("The company moves to another plan")
        admin.action_confirm_retirement()
        self.assertEqual(self.version.state, "retired")
        self.assertEqual(self.version.retired_by_id, admin.env.user)
        self.assertEqual(self.version.retire_asked_by_id, approver.env.user)
        self.assertTrue(self.version.retire_reason)

    def test_the_end_is_written_by_its_steps_only(self):
        for vals in (
            {"state": "retired"},
            {"retire_asked_by_id": self.users["admin"].id},
            {"retire_reason": "x"},
        ):
            for role in ("manager", "approver", "admin"):
                with self.assertRaises(AccessError):
                    self._as(self.version, role).write(vals)

    def test_the_code_of_a_plan_is_fixed(self):
        for role in ("manager", "approver", "admin"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._as(self.version.plan_id, role).code = "another"

    def test_package_of_a_plan_keeps_its_code(self):
        """Also before it is sold: two codes swapped would swap what their buyers earn."""
        package = self.packages["ESP-1"].mlm_package_id
        packages = self._as(self.env["mlm.package"], "admin")
        for change in (
            lambda: packages.browse(package.id).write({"code": "SWAP"}),
            lambda: packages.browse(package.id).write({"network_id": False}),
            lambda: packages.browse(package.id).unlink(),
        ):
            with self.assertRaisesRegex(UserError, "Plans and sales know"):
                change()
        own = packages.create({"code": "OWN", "name": "Own"})
        own.code = "MINE"
        own.unlink()

    def test_unused_is_taken_back(self):
        draft = self._published()
        self._as(draft, "approver").action_draft()
        self.assertEqual((draft.state, draft.published_by_id.id), ("draft", False))

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_changes(self):
        self._balanced_sales()
        self._preview()
        self.env.flush_all()
        bonus = self.version.bonus_ids[0].id
        for statement, number in (
            ("UPDATE mlm_plan_version SET document = document || ' ' WHERE id = %s", None),
            ("UPDATE mlm_plan_version SET state = 'draft' WHERE id = %s", None),
            ("UPDATE mlm_plan_version SET valid_from = '2020-01-01' WHERE id = %s", None),
            ("DELETE FROM mlm_plan_version WHERE id = %s", None),
            ("UPDATE mlm_plan_bonus SET code = 'x' WHERE id = %s", bonus),
            ("DELETE FROM mlm_plan_rank WHERE version_id = %s", None),
        ):
            with (
                self.subTest(statement),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [number or self.version.id])

    def test_names_of_a_used_plan_are_translated(self):
        self.env["res.lang"]._activate_lang("es_CO")
        bonus = self.version.bonus_ids[1]
        as_internal(bonus.with_context(lang="es_CO")).write({"name": "Binario"})
        self.env.flush_all()
        self.assertEqual(bonus.with_context(lang="es_CO").name, "Binario")

    # -- findings --------------------------------------------------------

    def test_warnings_want_a_reason(self):
        draft = self._draft()
        self.assertEqual(draft.finding_ids.mapped("severity"), ["warning"])
        with self.assertRaisesRegex(UserError, "Say why"):
            draft.action_validate()
        draft.finding_ids.reason = " Watched weekly "
        self.assertEqual(draft.finding_ids.acknowledged_by_id, self.users["manager"])
        # a warning that stands as before keeps its answer
        draft.document = self.text.replace("min: 1500", "min: 1600")
        self.assertEqual(draft.finding_ids.reason, "Watched weekly")
        draft.action_validate()

    def test_unfinished_draft_is_kept(self):
        self.env["res.lang"]._activate_lang("es_CO")
        draft = self._draft(self.text.replace("rule: binary", "rule: binari"))
        self.assertTrue(draft.error_count)
        with self.assertRaisesRegex(UserError, "Bonuses › Team binary"):
            draft.action_validate()
        error = draft.finding_ids.filtered(lambda one: "binari" in one.text)
        spanish = error.with_context(lang="es_CO")
        self.assertEqual(
            (spanish.text, spanish.place[:26]),
            ("regla desconocida 'binari'", "Bonos › Binario de equipo "),
        )
        with self.assertRaisesRegex(UserError, "opinion"):
            error.reason = "I know better"
        self.assertFalse(draft.bonus_ids)
        draft.document = self.text
        self.assertEqual((draft.error_count, len(draft.bonus_ids)), (0, 3))

    def test_version_starts_with_a_period(self):
        draft = self._draft(self.text.replace("2026-08-31", "2026-09-02"))
        error = draft.finding_ids.filtered(lambda one: one.severity == "error")
        self.assertIn("7 Sep 2026", error.remedy)
        self.assertEqual(error.path, "valid_from")
        spanish = error.with_context(lang="es_CO")
        self.assertEqual(spanish.text, "2 sept 2026 no es el primer día de un período «week»")
        self.assertEqual(spanish.remedy, "Empiece el 7 sept 2026")

    # -- crossing --------------------------------------------------------

    def _crossing(self, version, section, code):
        return version.crossing_ids.filtered(
            lambda one: (one.section, one.code_from) == (section, code)
        )

    def _renamed(self):
        """The binary is called otherwise, rank bronze and package ESP-1 are gone."""
        text = self.text.replace("code: binary\n", "code: team\n")
        text = text.replace("measure: binary.paid_cv", "measure: team.paid_cv")
        return "\n".join(line for line in text.split("\n") if "code: bronce" not in line)

    def test_crossing_is_previewed_and_confirmed(self):
        self._balanced_sales(left=2)
        self._posted()
        draft = self._validated(self._renamed())
        self.assertEqual(draft.previous_id, self.version)
        binary = self._crossing(draft, "bonus", "binary")
        binary.flush_recordset()
        binary.invalidate_recordset()
        self.assertTrue(binary.is_lost)
        self.assertGreater(binary.holder_count, 0)
        self.assertGreater(binary.carried, 0)
        self.assertEqual(self._crossing(draft, "bonus", "gen5").code_to, "gen5")
        self.assertTrue(self._crossing(draft, "rank", "bronce").is_lost)
        with self.assertRaisesRegex(UserError, "Confirm first"):
            self._as(draft, "approver").action_publish()
        with self.assertRaisesRegex(UserError, "no bonus “tem”"):
            binary.code_to = "tem"
        binary.code_to = "team"
        draft.action_confirm_crossing()
        self.assertEqual(self._crossing(draft, "bonus", "binary").code_to, "team")
        self._as(draft, "approver").action_publish()
        self.assertEqual(draft._carried_code("bonus", "binary"), "team")
        self.assertIsNone(draft._carried_code("rank", "bronce"))
        self.assertEqual(draft._carried_code("rank", "oro"), "oro")

    def test_carry_crosses_to_the_new_code(self):
        self._balanced_sales(left=2)
        run = self._posted()
        draft = self._validated(self._renamed().replace("2026-08-31", "2026-08-24"))
        self._crossing(draft, "bonus", "binary").code_to = "team"
        draft.action_confirm_crossing()
        self._as(draft, "approver").action_publish()
        version = self.env["mlm.plan"]._version_at(self.network, date(2026, 8, 24))
        self.assertEqual(version, draft)
        version = version.sudo()
        before = self.env["mlm.snapshot"]._load(self.cycle[925], self.version)
        after = self.env["mlm.snapshot"]._load(self.cycle[925], version)
        self.assertTrue(before.carry_value.size)
        self.assertEqual(before.carry_value.tolist(), after.carry_value.tolist())
        codes = [item["code"] for item in version._plan()["bonuses"]]
        self.assertEqual({codes[index] for index in after.carry_bonus}, {"team"})
        # under its own version nothing is renamed once more
        self.assertEqual(version._carried_code("bonus", "team", version), "team")
        self.assertEqual(version._carried_code("bonus", "binary", run.version_id), "team")

    def test_lost_carry_is_left_out(self):
        self._balanced_sales(left=2)
        self._posted()
        draft = self._published(self._renamed().replace("2026-08-31", "2026-08-24"))
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[925], draft.sudo())
        self.assertFalse(snapshot.carry_value.size)

    def test_packages_of_any_earlier_version(self):
        second = self._validated(
            self.text.replace("code: ESP-1,", "code: START,")
            .replace("package: ESP-1", "package: START")
            .replace("from: ESP-1", "from: START")
            .replace("ESP-1: [25", "START: [25")
        )
        self._crossing(second, "package", "ESP-1").code_to = "START"
        second.action_confirm_crossing()
        self._as(second, "approver").action_publish()
        self.assertEqual(second.sudo()._carried_packages()["ESP-1"], "START")
        third = self._published(
            second.document.replace("version: 2", "version: 3").replace("2026-08-31", "2026-09-07")
        )
        found = third.sudo()._carried_packages()
        self.assertEqual((found["ESP-1"], found["START"], found["KIT"]), ("START", "START", "KIT"))

    # -- changes ---------------------------------------------------------

    def test_changes_in_words_and_as_pdf(self):
        self.env["res.lang"]._activate_lang("es_CO")
        draft = self._draft(self.text.replace("step_cv: 100 ", "step_cv: 200 "))
        self.assertEqual(draft.compare_id, self.version)
        self.assertIn("in steps of 200 CV (was 100 CV)", draft.diff_html)
        spanish = draft.with_context(lang="es_CO")
        self.assertIn("paga en pasos de 200 CV (antes 100 CV)", spanish.diff_html)
        self.assertTrue(spanish._get_diff_pdf(self.version).startswith(b"%PDF"))
