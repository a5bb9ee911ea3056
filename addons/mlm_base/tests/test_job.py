from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from .. import background
from ..models import mlm_job
from ..worker import start


@tagged("post_install", "-at_install")
class TestJob(TransactionCase):
    """What the processes do is shown by tests outside of Odoo; here is who may do what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("mlm_base.cron_watch").copy({"mlm_own_process": True})
        cls.job = cls.env["mlm.job"].create({"cron_id": cls.cron.id, "state": "running"})
        cls.manager = new_test_user(cls.env, "job-manager", groups="mlm_base.group_manager")
        cls.auditor = new_test_user(cls.env, "job-auditor", groups="mlm_base.group_auditor")

    def test_work_of_a_test_is_done_here(self):
        self.assertTrue(background.is_together())
        with patch.object(start, "start") as started, self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        started.assert_not_called()

    def test_who_stops(self):
        self.job.with_user(self.manager).action_stop()
        self.assertTrue(self.job.stop_at)
        self.assertEqual(self.job.stop_user_id, self.manager)
        with self.assertRaises(AccessError):
            self.job.with_user(self.auditor).action_stop()
        for user in (self.manager, self.auditor):
            job = self.job.with_user(user)
            self.assertEqual(job.state, "running")
            with self.assertRaises(AccessError):
                job.write({"state": "idle"})
            with self.assertRaises(AccessError):
                job.create({"cron_id": self.env.ref("base.autovacuum_job").id})

    def test_work_on_another_record_goes_on(self):
        partner, other = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        self.job.write({"res_model": "res.partner", "res_id": partner.id})
        self.env.flush_all()
        self.assertFalse(self.env["mlm.job"]._stop_work(other))
        self.assertFalse(self.job.stop_at)
        self.assertTrue(self.env["mlm.job"]._stop_work(partner, grace=5))
        self.assertTrue(self.job.stop_at)
        self.assertEqual(self.job.with_user(self.manager).res_name, "A")

    def test_no_more_at_once_than_wanted(self):
        jobs = self.env["mlm.job"]
        self.env["ir.config_parameter"].set_param("mlm_base.processes", "1")
        self.assertTrue(jobs._are_enough())
        self.env["ir.config_parameter"].set_param("mlm_base.processes", "2")
        self.assertFalse(jobs._are_enough())

    def test_passwords_stand_in_no_command_line(self):
        with patch.object(start.subprocess, "Popen") as popen, patch.object(start, "threading"):
            start.start("company", 5, 7, lambda pid, status: None)
        command, options = popen.call_args
        self.assertEqual(command[0][-2:], ["company", "job-5"])
        self.assertEqual(len(command[0]), 4)
        self.assertTrue(options["start_new_session"])
        self.assertFalse(set(mlm_job.start._VARIABLES) & set(options["env"]))
