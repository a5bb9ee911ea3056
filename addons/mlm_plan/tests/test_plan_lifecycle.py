import psycopg2
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import PlanCommon
from .lifecycle_common import LifecycleMixin


class TestPlanLifecycle(LifecycleMixin, PlanCommon):
    """Who takes which step of a plan version, and what no step can change."""

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

    def test_what_was_changed_since_it_was_shown_is_looked_at_again(self):
        draft = self._validated()
        draft.action_confirm_crossing()
        approver = self._as(draft, "approver")
        [shown] = approver.web_read({"seen": {}})
        draft.action_draft()
        draft.document += "\n"
        draft.action_validate()
        draft.action_confirm_crossing()
        with self.assertRaisesRegex(UserError, "does not show .* as it is now"):
            approver.with_context(mlm_seen=[[draft.id, shown["seen"]]]).action_publish()
        [shown] = approver.web_read({"seen": {}})
        approver.with_context(mlm_seen=[[draft.id, shown["seen"]]]).action_publish()
        self.assertEqual(draft.state, "published")

    def test_publishing_brings_what_the_screen_shows(self):
        versions = self._as(self.env["mlm.plan.version"], "approver")
        form = etree.fromstring(versions.get_view(view_type="form")["arch"])
        [button] = form.xpath("//button[@name='action_publish']")
        self.assertEqual(button.get("context"), "{'mlm_seen': [[id, seen]]}")
        self.assertTrue(form.xpath("//field[@name='seen']"))

    def test_active_version_ends_by_two_people(self):
        self.version._mark_used()
        approver, admin = self._as(self.version, "approver"), self._as(self.version, "admin")
        with self.assertRaisesRegex(UserError, "Say why"):
            approver._ask_to_retire(" ")
        with self.assertRaisesRegex(UserError, "Nobody has asked"):
            admin.action_confirm_retirement()
        approver._ask_to_retire("The company moves to another plan")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            approver.action_confirm_retirement()
        admin.action_confirm_retirement()
        self.assertEqual(self.version.state, "retired")

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
            with self.assertRaisesRegex(UserError, "Plans and sales use"):
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
        self.version._mark_used()
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
            ("«binari» no es una de las opciones", "Bonos › Binario de equipo "),
        )
        with self.assertRaisesRegex(UserError, "cannot be waived"):
            error.reason = "I know better"
        self.assertFalse(draft.bonus_ids)
        draft.document = self.text
        self.assertEqual((draft.error_count, len(draft.bonus_ids)), (0, 3))

    def test_version_starts_with_a_period(self):
        self.env["res.lang"]._activate_lang("es_CO")
        draft = self._draft(self.text.replace("2026-08-31", "2026-09-02"))
        error = draft.finding_ids.filtered(lambda one: one.severity == "error")
        self.assertIn("7 Sep 2026", error.remedy)
        self.assertEqual(error.path, "valid_from")
        spanish = error.with_context(lang="es_CO")
        self.assertEqual(spanish.text, "2 sept 2026 no es el primer día de un período «week»")
        self.assertEqual(spanish.remedy, "Empiece el 7 sept 2026")

    # -- crossing --------------------------------------------------------

    def test_crossing_is_confirmed(self):
        draft = self._validated(self._renamed())
        self.assertEqual(draft.previous_id, self.version)
        binary = self._crossing(draft, "bonus", "binary")
        self.assertTrue(binary.is_lost)
        self.assertEqual(self._crossing(draft, "bonus", "gen5").code_to, "gen5")
        with self.assertRaisesRegex(UserError, "First confirm"):
            self._as(draft, "approver").action_publish()
        with self.assertRaisesRegex(UserError, "no bonus “tem”"):
            binary.code_to = "tem"
        binary.code_to = "team"
        draft.action_confirm_crossing()
        self._as(draft, "approver").action_publish()
        self.assertEqual(draft._carried_code("bonus", "binary"), "team")

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
