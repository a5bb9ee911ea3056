from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from .. import background
from ..internal import as_internal
from ..models import mlm_job
from ..worker import start


@tagged("post_install", "-at_install")
class TestJob(TransactionCase):
    """What the processes do is shown by tests outside of Odoo; here is who may do what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("mlm_base.cron_watch").copy({"mlm_own_process": True})
        cls.job = (
            as_internal(cls.env["mlm.job"])
            .create({"cron_id": cls.cron.id, "state": "running"})
            .with_env(cls.env)
        )
        cls.manager = new_test_user(cls.env, "job-manager", groups="mlm_base.group_manager")
        cls.auditor = new_test_user(cls.env, "job-auditor", groups="mlm_base.group_auditor")

    def test_work_of_a_test_is_done_here(self):
        self.assertTrue(background.is_together())
        self.job._set(state="idle")  # nothing to watch
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
        as_internal(self.job).write({"res_model": "res.partner", "res_id": partner.id})
        self.env.flush_all()
        self.assertFalse(self.env["mlm.job"]._stop_work(other))
        self.assertFalse(self.job.stop_at)
        self.assertTrue(self.env["mlm.job"]._stop_work(partner, grace=5))
        self.assertTrue(self.job.stop_at)
        self.assertEqual(self.job.with_user(self.manager).res_name, "A")

    def test_a_dead_process_is_told_by_who_knows_how_it_ended(self):
        self.job._set(pid=4_000_000)  # no such process, and nobody holds the job
        with patch.object(start, "_awaited", {4_000_000}):
            self.assertFalse(self.job._bury_dead())
        self.assertEqual(self.job.state, "running")
        with mute_logger("odoo.addons.mlm_base.models.mlm_job"):
            self.assertTrue(self.job._bury_dead())
        self.assertEqual(self.job.state, "idle")

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

    def test_what_dies_again_and_again_is_not_started_again_at_once(self):
        """Without it a process that cannot even begin would be started for ever."""
        triggers = self.env["ir.cron.trigger"]
        mine = [("cron_id", "=", self.cron.id)]
        triggers.search(mine).unlink()
        with self.assertLogs("odoo.addons.mlm_base.models.mlm_job", "WARNING"):
            for deaths in (1, 2, 3, 4):
                self.job._bury(-9)
                self.job._set(state="running")
                self.assertEqual(self.job.deaths, deaths)
                self.assertEqual(triggers.search_count(mine), min(deaths, 2))

    def test_what_a_person_stops_did_not_die(self):
        self.job._set(stop_user_id=self.manager.id)
        self.job._bury(72)
        self.assertEqual((self.job.state, self.job.deaths), ("idle", 0))

    def test_the_dead_are_told_of_on_the_record(self):
        """In the language of whose work it was."""
        self.env["res.lang"]._activate_lang("es_CO")
        self.manager.lang = "es_CO"
        record = self.env["res.partner"].with_user(self.manager).sudo().create({"name": "A"})
        told = []
        partner = type(record)

        def tell(record, text):
            told.append((record.env.lang, text))

        with (
            patch.object(partner, "_keep_failure", tell, create=True),
            self.assertLogs("odoo.addons.mlm_base.models.mlm_job", "WARNING"),
        ):
            for code, stopped_by in ((-9, None), (1, None), (None, None), (72, self.manager)):
                self.job._set(
                    state="running",
                    res_model="res.partner",
                    res_id=record.id,
                    stop_user_id=stopped_by and stopped_by.id,
                )
                self.job._bury(code)
        self.assertEqual({lang for lang, _text in told}, {"es_CO"})
        texts = [text for _lang, text in told]
        self.assertIn("9", texts[0])
        self.assertIn("1", texts[1])
        self.assertTrue(texts[3].startswith(self.manager.name))
        self.assertEqual(len(set(texts)), 4)
        self.assertFalse(self.job.res_id or self.job.stop_user_id)
