"""The cycle itself: from the inputs to the posted run, through the product's own methods.

Runs inside Odoo, each plan in a process of its own, whose memory is measured.
"""

import contextlib
import json
import os
from pathlib import Path

from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel import snapshot_file
from mlm_engine.telling import standing
from mlm_reference import audit as reference
from mlm_reference import inputs as reference_inputs
from network.load import Loader

from odoo.addons.mlm_base.internal import as_system
from odoo.addons.mlm_commission.kept_views import KEPT
from odoo.addons.mlm_commission.models.live import mlm_live_store, mlm_network
from odoo.addons.mlm_commission.models.rows import mlm_partition

from . import company, floor, inputs, orders
from .ledger import Ledger
from .meter import Meter
from .reader import Reader
from .result import Result

EXPLAINED = 5
#: so often a page, or the figures of a person, are read
READ = 9

#: methods whose time is told apart: model, method, part
_PARTS = (
    ("mlm.capture.queue", "_process", "capture"),
    ("mlm.snapshot", "_load", "inputs out"),
    ("mlm.run", "_earning_columns", "columns of rows"),
    ("mlm.earning", "_partition_attach", "indexes"),
    ("mlm.measure", "_partition_attach", "indexes"),
    ("mlm.run", "_store_snapshot", "file stored"),
    ("mlm.run", "_store_totals", "totals"),
    ("mlm.run", "_gross_by_bonus", "sum by payee"),
    ("mlm.run", "_gross_by_company", "payees by company"),
    ("mlm.run", "_get_deductions", "deductions"),
    ("mlm.run", "_store_changes", "changes"),
    ("mlm.run", "_store_outliers", "outliers"),
    ("mlm.run", "_store_sheet", "sheet"),
    ("mlm.run", "_store_guard", "guard"),
    ("mlm.run", "_find_last_days", "cases of the last days"),
    ("mlm.run", "_find_shared", "cases of shared data"),
    ("mlm.run", "_store_cases", "cases kept"),
    ("mlm.run", "_verify", "rows compared"),
    ("mlm.run", "_stored_result", "rows for the reference"),
    ("mlm.run", "_create_move", "journal entry"),
    ("mlm.sealed.move", "_seal_moves", "seal"),
    ("mlm.snapshot", "_get_mark", "mark"),
    ("mlm.live", "_store", "indexes"),
)


def make(env):
    """Fill a database with the network and its sales; the size is in `MLM_BENCH_SIZE`."""
    env = env(context={"lang": "es_CO", "tz": "America/Bogota"})
    company.prepare(env)
    shape = inputs.network(int(os.environ["MLM_BENCH_SIZE"]))
    loader = Loader(env, shape)
    loader.load()
    ledger = Ledger(env, orders.make(shape), loader)
    ledger.load()
    env.cr.connection.autocommit = True
    env.cr.execute("VACUUM (ANALYZE)")
    env.cr.connection.autocommit = False
    for what, seconds in {**loader.seconds, **ledger.seconds}.items():
        print(f"    {what}: {seconds:.1f} s", flush=True)


def run(env, plan: str):
    """Measure a cycle under a plan, and write the result to `MLM_BENCH_RESULT`."""
    env = env(context={"lang": "es_CO", "tz": "America/Bogota"})
    company.publish(env, plan)
    # where files are unless somebody says otherwise: the template keeps them in the database
    env["ir.config_parameter"].set_param("ir_attachment.location", "file")
    if chunk := os.environ.get("MLM_BENCH_CHUNK"):
        env.company.mlm_chunk_size = int(chunk)
    steps = Steps(env, plan, int(os.environ["MLM_BENCH_SIZE"]))
    steps.live()
    if not os.environ.get("MLM_BENCH_LIVE"):
        steps.go(int(os.environ["MLM_BENCH_AUDITED"]), int(os.environ["MLM_BENCH_POST"]))
    Path(os.environ["MLM_BENCH_RESULT"]).write_text(json.dumps(steps.result.rows))


class Steps:
    """One run and its way to being posted."""

    def __init__(self, env, plan: str, size: int):
        self.env = env
        self.meter = Meter()
        self.result = Result(plan, size, self.meter)
        self.users = {
            login: env["res.users"].search([("login", "=", login)]) for login in company.OFFICE
        }
        self._watch()
        self.run = env["mlm.run"]

    def _as(self, login, records):
        return records.with_user(self.users[login]).sudo(False)

    def _watch(self):
        meter, registry = self.meter, self.env.registry
        for model, method, part in _PARTS:
            meter.watch(registry[model], method, part)
        meter.watch(registry["mlm.run"], "_review", "other", step="review")
        meter.watch(mlm_partition, "copy_in", "rows in")
        meter.watch(mlm_live_store, "copy_in", "rows in")
        meter.watch(standing, "facts", "facts of people")
        meter.watch(standing, "to_next_rank", "facts of people")
        meter.watch(engine_run, "compute", "engine")
        meter.watch(engine_run, "outcome", "engine")
        meter.watch(snapshot_file, "dumps", "file written")
        meter.watch(snapshot_file, "loads", "file read")
        meter.watch(reference_inputs, "read", "file read by the reference")
        meter.watch(reference, "compare", "reference calculator")

    @contextlib.contextmanager
    def _step(self, name):
        """A step in a transaction of its own, that nothing before it has warmed."""
        self.env.invalidate_all()
        with self.meter.step(name):
            yield
            self.env.flush_all()
            self.env.cr.commit()

    def go(self, audited: int, post_payees: int):
        company.close(self.env)
        self.run = self._as("manager", self.run)._create_preview(company.cycle(self.env))
        self.env.cr.commit()
        run = as_system(self.run)
        if not audited:
            self.env.company.mlm_network_id.audit_policy = "reason"
        with self._step("run"):
            run._compute_run()
        self._tell_run()
        self.result.tell("review", cases=run.check_count)
        if audited:
            self._audit(run, audited)
        with self._step("submit"):
            self._as("manager", run).action_submit()
        self.result.tell("submit")
        self._clear_cases()
        with self._step("approve"):
            reason = {} if audited else {"mlm_audit_reason": "Measured without an audit"}
            self._as("approver", run).with_context(**reason).action_approve()
        self.result.tell("approve")
        if run.is_over_guard:
            with self._step("countersign"):
                self._as("second approver", run).action_countersign()
            self.result.tell("countersign")
        self._explain()
        self._post(post_payees)

    def _audit(self, run, people: int):
        """The reference calculator recomputes some people: the verdict that approval waits for."""
        with self._step("audit sample"):
            audit = self._as("manager", self.env["mlm.run.audit"])._request(run, "sample", people)
            if audit.state == "queued":
                as_system(audit)._finish()
        assert audit.state == "clean", audit.difference_ids.mapped("text")
        self.result.tell("audit sample", people=audit.people)

    def _clear_cases(self):
        """Somebody looks at each case: work of people, not measured."""
        self.env.cr.execute(
            "UPDATE mlm_run_check SET state = 'cleared' WHERE run_id = %s", [self.run.id]
        )
        self.env.cr.commit()
        self.env.invalidate_all()

    # -- while the cycle is open ---------------------------------------------------

    def live(self):
        """Live figures of everybody, and the pages of one reader."""
        self.env["ir.config_parameter"].set_param(mlm_network.LIMIT, "1")
        (live,) = self.env["mlm.live"]._get_due()
        self.env.cr.commit()
        with self._step("live figures"):
            live._refresh()
        assert live.is_stored, live.error
        table = live._get_store_name(live.number)
        self.env.cr.execute("SELECT pg_total_relation_size(%s)", [table])
        self.result.tell("live figures", rows=live.people, bytes=self.env.cr.fetchone()[0])
        with self._step("live figures, nothing changed"):
            live._refresh()
        self.result.tell("live figures, nothing changed")
        person = self._reader()
        with self._step("live figures of a person"):
            for _ in range(READ):
                self.env["mlm.live"]._get_now(live.network_id)[1].people(person)
        self.result.tell("live figures of a person", times=READ)
        reader = Reader(self.env, person)
        for page in ("/my", "/my/network", "/my/network/team"):
            place = reader.open(page)  # with what only the first reader waits for
            with self._step(f"page {page}"):
                for _ in range(READ):
                    reader.open(place)
            self.result.tell(f"page {page}", times=READ)

    def _reader(self):
        """Somebody with a frontline of some size."""
        self.env.cr.execute(
            """SELECT sponsor_id FROM mlm_distributor WHERE sponsor_id IS NOT NULL
                GROUP BY sponsor_id ORDER BY abs(count(*) - 15), sponsor_id LIMIT 1"""
        )
        return self.env["mlm.distributor"].browse(self.env.cr.fetchone()[0])

    # -- the run -------------------------------------------------------------------

    def _tell_run(self):
        """The run beside its floor, both of the same rows."""
        run, meter = self.run, self.meter
        figures = floor.figures(self.env, run)
        with meter.step("floor", "inputs out"):
            inputs = floor.copy_out(self.env, run)
        for model in floor.STORES:
            stored = floor.Stored(self.env, model, run)
            with meter.step("floor", "rows in"):
                stored.store()
            with meter.step("floor", "indexes"):
                stored.index()
            stored.drop()
            self.result.stored(model, stored)
        self.env.cr.commit()
        self.result.tell_run(inputs, len(run._snapshot_data()), figures)

    # -- explanations --------------------------------------------------------------

    def _explain(self):
        """The first explanation of a process, and others after it."""
        first, _last = self.env["mlm.earning"]._id_range(self.run.number)
        count = self.run.earning_count
        earnings = self.env["mlm.earning"].browse(
            first + 1 + place * count // (EXPLAINED + 1) for place in range(EXPLAINED + 1)
        )
        KEPT.clear()
        with self._step("explain first"):
            self.run._explain(earnings[0])
        self.result.tell("explain first")
        with self._step("explain next"):
            for earning in earnings[1:]:
                self.run._explain(earning)
        self.result.tell("explain next", times=EXPLAINED)
        people = self.env["mlm.distributor"].browse(self._in_the_middle())
        with self._step("explain a person next"):
            for person in people:
                self.run._explain_distributor(person)
        self.result.tell("explain a person next", times=len(people))
        KEPT.clear()

    def _in_the_middle(self) -> list[int]:
        """Some payees of the median amount: of those paid most, every row of a large downline
        would be told."""
        first, last = self.env["mlm.earning"]._id_range(self.run.number)
        self.env.cr.execute(
            """SELECT payee_id FROM mlm_earning_store
                WHERE id >= %s AND id < %s AND payee_id IS NOT NULL
                GROUP BY payee_id HAVING sum(amount_e4) <> 0 ORDER BY sum(amount_e4), payee_id
                LIMIT %s OFFSET %s""",
            [first, last, EXPLAINED, self.run.payee_count // 2],
        )
        return [payee for (payee,) in self.env.cr.fetchall()]

    # -- posting -------------------------------------------------------------------

    def _post(self, post_payees: int):
        """All of it, or where there are more payees a sample from which the rest follows."""
        run = as_system(self.run)
        run.accounting_date = run.period_id.date_end
        with self._step("post begins"):
            run._start_posting()
        self.result.tell("post begins")
        chunks = run.chunk_ids
        if run.payee_count <= post_payees:
            with self._step("post"):
                run._post_all(commit=True)
            assert run.state == "posted", run.error
            self.result.tell_post(len(chunks), run.payee_count, len(chunks), run.payee_count)
            return
        sample, payees = [], 0
        for chunk in chunks:
            if payees < post_payees:
                sample.append(chunk)
                payees += len(chunk.payee_ids)
        with self.meter.step("post"):
            for chunk in sample:
                run._post_chunk(chunk)
                self.env.flush_all()
                self.env.cr.commit()
        self.result.tell_post(len(sample), payees, len(chunks), run.payee_count)
        laws = self.env["mlm.law"]
        with self._step("proofs before sealing"):
            assert not laws._find_rows_are_exact(run, 5) + laws._find_result_is_kept(run, 5)
        self.result.tell("proofs before sealing")
