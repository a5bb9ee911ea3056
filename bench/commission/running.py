"""The run beside the orders: computed again and again, and posted. Runs inside Odoo."""

import contextlib
import os
import time
from pathlib import Path

from odoo.service.model import retrying

from odoo.addons.mlm_base.internal import as_system

from . import beside, company

#: orders in a phase of computing, and between two pieces of work
_AT_ONCE = 10
#: pieces in which the entries are posted
_PIECES = 6


def run(env):
    """Work in phases and say when each began and ended; at the end the run is posted."""
    folder = Path(os.environ["MLM_BENCH_FOLDER"])
    try:
        Worker(env(context={"lang": "es_CO", "tz": "America/Bogota"}), folder).work()
    finally:
        (folder / "done").touch()


class Worker:
    def __init__(self, env, folder: Path):
        self.env = env
        self.phases = beside.Notes(folder, "phases")
        self.sold = beside.Notes(folder, "sold")
        self.users = {
            login: env["res.users"].search([("login", "=", login)]) for login in company.OFFICE
        }
        self.tries = self.works = 0

    def work(self):
        self._rest()
        for _piece in range(-(-int(os.environ["MLM_BENCH_ORDERS"]) // _AT_ONCE)):
            until = len(self.sold.read()) + _AT_ONCE
            with self._phase(beside.COMPUTED):
                run = self._compute()
                while len(self.sold.read()) < until:
                    run = self._compute()
            self._rest()
        self._approve(run)
        run = as_system(run)
        run.accounting_date = run.period_id.date_end
        run._start_posting()
        self.env.cr.commit()
        chunks = run.chunk_ids
        size = -(-len(chunks) // _PIECES)
        for start in range(0, len(chunks), size):
            with self._phase(beside.POSTED):
                for chunk in chunks[start : start + size]:
                    self._do(lambda chunk=chunk: run._post_chunk(chunk))
            self._rest()
        with self._phase(beside.POSTED):
            self._do(run._finish_posting)
        assert run.state == "posted", run.error

    def _rest(self):
        with self._phase(beside.IDLE):
            self.sold.wait_for(len(self.sold.read()) + _AT_ONCE)

    @contextlib.contextmanager
    def _phase(self, name):
        self.tries = self.works = 0
        begin = time.time()
        yield
        self.phases.add(name=name, begin=begin, end=time.time(), retries=self.tries - self.works)

    def _do(self, work):
        """A transaction, tried again on a collision."""

        def counted():
            self.tries += 1
            work()

        self.works += 1
        retrying(counted, self.env)
        self.env.cr.commit()

    def _compute(self):
        manager = self.users["manager"]
        runs = self.env["mlm.run"].with_user(manager).sudo(False)
        run = runs._create_preview(company.cycle(self.env))
        self.env.cr.commit()
        self._do(as_system(run)._compute_run)
        return run

    def _approve(self, run):
        self.env.company.mlm_network_id.audit_policy = "reason"
        run.action_submit()
        self.env.cr.execute(
            "UPDATE mlm_run_check SET state = 'cleared' WHERE run_id = %s", [run.id]
        )
        self.env.invalidate_all()
        reason = {"mlm_audit_reason": "Measured without an audit"}
        approver, second = (self.users[login] for login in ("approver", "second approver"))
        run.with_user(approver).sudo(False).with_context(**reason).action_approve()
        if run.is_over_guard:
            run.with_user(second).sudo(False).action_countersign()
        self.env.cr.commit()
