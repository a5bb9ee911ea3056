from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestCheck(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Check = cls.env["mlm.check"]
        cls.ana = cls.enrol("Ana", placement={"strategy": "left"})
        cls.auditor = cls._new_user("auditor")
        cls.env.flush_all()

    @classmethod
    def _new_user(cls, role):
        return new_test_user(
            cls.env,
            f"check_{role}",
            f"base.group_user,mlm_base.group_{role}",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def _run(self, user=None):
        Check = self.Check.with_user(user or self.auditor)
        check = Check.browse(Check.action_start()["res_id"])
        steps = 1
        while check.run_next():
            self.assertEqual(check.state, "running")
            steps += 1
        self.assertEqual(steps, len(check.line_ids))
        return check

    def test_proved(self):
        check = self._run()
        self.assertEqual((check.state, check.verdict), ("done", "proved"))
        self.assertEqual(check.author_id, self.auditor)
        self.assertEqual(set(check.line_ids.mapped("verdict")), {"kept"})
        laws = self.env["mlm.law"]._get_checks()
        own = {name for name, about in laws.items() if about["module"] == "mlm_genealogy"}
        self.assertEqual(set(check.line_ids.mapped("name")), own)
        everybody = self.Distributor.sudo().search_count([])
        line = check.line_ids.filtered(lambda line: line.name == "sponsor_path")
        self.assertEqual(line.row_count, everybody)
        self.assertGreaterEqual(check.row_count, everybody)
        self.assertEqual(check.progress, 100)
        self.assertFalse(check.run_next())

    def test_every_law_has_words(self):
        check = self._run()
        for line in check.line_ids:
            self.assertTrue(line.description, line.name)
            self.assertTrue(line.remedy, line.name)

    def test_broken(self):
        self.env.cr.execute(
            "UPDATE mlm_distributor SET parent_path = '1/' WHERE id = %s", [self.ana.id]
        )
        self.env.invalidate_all()
        check = self._run()
        self.assertEqual(check.verdict, "broken")
        violation = check.violation_ids
        self.assertEqual(violation.subject, self.ana.code)
        self.assertTrue(violation.remedy)
        action = violation.action_open()
        self.assertEqual((action["res_model"], action["res_id"]), ("mlm.distributor", self.ana.id))
        # nothing was repaired
        self.env.invalidate_all()
        self.assertEqual(self.ana.parent_path, "1/")

    def test_violation_of_another_company_stays_closed(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.env["mlm.distributor"]._enrol(
            [{"name": "S", "company_id": other.id, "kind": "distributor"}]
        )
        self.env.cr.execute(
            "UPDATE mlm_distributor SET parent_path = '1/' WHERE id = %s", [stranger.id]
        )
        self.env.invalidate_all()
        check = self._run()
        # counted, and told to those of the other company only
        self.assertEqual(check.violation_count, 1)
        self.env.invalidate_all()
        self.assertFalse(check.violation_ids)
        violation = self.env["mlm.check.violation"].sudo().search([("check_id", "=", check.id)])
        self.assertEqual(violation.company_id, other)
        with self.assertRaises(AccessError):
            violation.with_env(check.env).action_open()

    def test_who_checks(self):
        for role in ("manager", "admin"):
            self.assertEqual(self._run(self._new_user(role)).verdict, "proved")
        support = self._new_user("support")
        with self.assertRaises(AccessError):
            self.Check.with_user(support).action_start()
        check = self._run()
        with self.assertRaises(AccessError):
            check.with_user(support).run_next()
        for record in (check, check.line_ids[0]):
            for user in (self.auditor, support):
                with self.assertRaises(AccessError):
                    record.with_user(user).write({"verdict": "failed"})

    def test_stopped(self):
        """What was found stays, the rest is not made; nobody is called for it."""
        check = self.Check.with_user(self.auditor).browse(
            self.Check.with_user(self.auditor).action_start()["res_id"]
        )
        check.run_next()
        for role in ("support", "approver"):
            with self.assertRaises(AccessError):
                check.with_user(self._new_user(role)).action_stop()
        check.with_user(self._new_user("manager")).action_stop()
        self.assertEqual((check.state, check.verdict), ("done", "failed"))
        self.assertFalse(check.run_next())
        self.assertEqual(len(check.line_ids.filtered(lambda one: one.verdict == "kept")), 1)
        check.action_stop()
        self.assertEqual(check.verdict, "failed")

    def test_stopped_at_night(self):
        """The action makes no further check, and finds no contradictions in what it left."""
        admin = self._new_user("admin")
        line = type(self.env["mlm.check.line"])
        run = line._run

        def run_and_stop(self, limit):
            run(self, limit)
            self.check_id.action_stop()

        with (
            patch.object(line, "_run", run_and_stop),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("mlm_genealogy.cron_check").method_direct_trigger()
        check = self.Check.search([], limit=1)
        self.assertEqual((check.scope, check.verdict), ("all", "failed"))
        self.assertEqual(len(check._get_waiting()), len(check.line_ids) - 1)
        self.assertNotIn(admin, check.activity_ids.user_id)

    def test_cron_calls_the_administrators(self):
        self.env.cr.execute(
            "UPDATE mlm_distributor SET parent_path = '1/' WHERE id = %s", [self.ana.id]
        )
        self.env.invalidate_all()
        admin = self._new_user("admin")
        cron = self.env.ref("mlm_genealogy.cron_check")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
            while self.Check.search([], limit=1).state == "running":
                cron.method_direct_trigger()
        check = self.Check.search([], limit=1)
        self.assertEqual((check.scope, check.verdict), ("all", "broken"))
        self.assertIn(admin, check.activity_ids.user_id)
