from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.mlm_commission.tests.common import CommissionCommon
from odoo.addons.queue_job.job import Job
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.mail_mail import BLOCK


@tagged("post_install", "-at_install")
class TestQueue(CommissionCommon):
    def setUp(self):
        super().setUp()
        self.company.mlm_chunk_size = 1
        self._balanced_sales(left=2, right=2)
        self._sale(self.clara, price_unit=140_000)
        self.run_924 = self._preview()
        self._as(self.run_924, "manager").action_submit()
        self._as(self.run_924, "approver").action_approve()

    def _post(self):
        self._as(self.run_924, "manager").action_post()

    def _jobs(self, *states):
        """Jobs of the run that are in one of the states."""
        jobs = self.env["queue.job"].search([("model_name", "=", "mlm.run")])
        return jobs.filtered(lambda job: not states or job.state in states)

    def _perform(self, *jobs):
        """As the queue does: what jobs ask by cursors of their own is in this transaction."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            for job in jobs:
                Job.load(self.env, job.uuid).perform()
                self.env.flush_all()
        self.env.invalidate_all()

    def _perform_trapped(self, trap):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            trap.perform_enqueued_jobs()
            self.env.flush_all()
        self.env.invalidate_all()

    def test_a_job_for_each_part_and_one_that_seals(self):
        run = self.run_924
        with trap_jobs() as trap:
            self._post()
            trap.assert_jobs_count(2, only=run._queue_post)
            trap.assert_jobs_count(1, only=run._queue_seal)
            for chunk in run.chunk_ids:
                trap.assert_enqueued_job(
                    run._queue_post,
                    args=(chunk.id,),
                    kwargs={},
                    properties={
                        "description": f"{run.display_name} · {self.company.name} · {chunk.number}",
                        "identity_key": f"mlm-post-{chunk.id}",
                    },
                )
            self._perform_trapped(trap)
        self.assertEqual(run.state, "posted")
        self.assertEqual(run.chunk_ids.move_id.mapped("name"), ["COM/924/0001", "COM/924/0002"])
        self.assertEqual(sum(run.statement_ids.mapped("gross_e4")), run.amount_e4)

    def test_channel_and_order(self):
        """The queue keeps them in its own channel, and the seal waits for the parts."""
        woken = self.env["ir.cron.trigger"].search_count([])
        self._post()
        jobs = self._jobs()
        self.assertEqual(set(jobs.mapped("channel")), {"root.mlm"})
        self.assertEqual(sorted(jobs.mapped("state")), ["pending", "pending", "wait_dependencies"])
        self.assertEqual(self._jobs("wait_dependencies").method_name, "_queue_seal")
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), woken)

    def test_asked_for_twice_is_posted_once(self):
        run = self.run_924
        self._post()
        run._wake_posting()
        self.assertEqual(len(self._jobs("pending")), 2)
        parts = self._jobs("pending")
        self._perform(parts[0], parts[0], parts[1], parts[1])
        seal = self._jobs("wait_dependencies")
        for _time in range(2):
            self._perform(seal)
            self.assertEqual((run.state, run.move_count), ("posted", 2))

    def test_sealed_by_whoever_comes_when_all_is_posted(self):
        self._post()
        self._perform(self._jobs("pending")[0])
        self._perform(self._jobs("wait_dependencies"))
        self.assertEqual((self.run_924.state, self.run_924.move_count), ("posting", 1))

    def test_stopped_and_gone_on(self):
        """Jobs that come after the stop do nothing; going on asks for the rest."""
        run = self.run_924
        self._post()
        first, second = self._jobs("pending")
        self._perform(first)
        self._as(run, "manager").action_stop()
        self._perform(second)
        self.assertEqual((run.state, run.move_count), ("posting", 1))
        with trap_jobs() as trap:
            self._as(run, "manager").action_go_on()
            trap.assert_jobs_count(1, only=run._queue_post)
            self._perform_trapped(trap)
        self.assertEqual((run.state, run.move_count), ("posted", 2))

    def test_a_job_that_failed_is_told(self):
        """On the run, and among what failed on the page of the day."""
        run = self.run_924
        self._post()
        job = Job.load(self.env, self._jobs("pending")[0].uuid)
        self.env.flush_all()
        with (
            patch.object(type(run), "_post_chunk", side_effect=ValueError("No account")),
            self.enter_registry_test_mode(),
        ):
            with self.assertRaises(ValueError):
                job.perform()
            job.on_fail({"exc_name": "ValueError", "exc_message": "No account", "exc_info": ""})
        self.env.invalidate_all()
        self.assertEqual((run.state, run.error), ("posting", "No account"))
        today = self._as(self.env["mlm.today"], "manager")
        cards = {card["code"]: card for card in filter(None, today._get_cards("commissions"))}
        self.assertEqual(cards["failed_runs"]["count"], 1)

    def test_mails_that_wait(self):
        """A job for each block of them, once; what is named is sent where it is asked."""
        self.env["mail.mail"].search([]).unlink()
        mails = self.env["mail.mail"].create(
            [{"email_to": "a@example.com", "subject": str(number)} for number in range(3)]
        )
        later = self.env["mail.mail"].create(
            {"email_to": "b@example.com", "scheduled_date": "2099-01-01"}
        )
        blocks = sorted({mail.id // BLOCK for mail in mails})
        for _time in range(2):
            self.env["mail.mail"].process_email_queue()
        jobs = self.env["queue.job"].search([("model_name", "=", "mail.mail")])
        self.assertEqual(
            sorted(jobs.mapped("identity_key")), [f"mlm-mail-{block}" for block in blocks]
        )
        self.assertEqual(set(jobs.mapped("channel")), {"root.mlm"})
        sent = []
        with patch.object(
            type(mails), "send", lambda mails, **options: sent.append(mails.mapped("subject"))
        ):
            self._perform(*jobs)
        self.assertEqual(sorted(subject for one in sent for subject in one), ["0", "1", "2"])
        self.assertEqual(later.state, "outgoing")
