"""One computed run repeated into the cycles before it, in bulk. Runs inside Odoo.

The last cycle stays the same, so that whoever looks sees the same figures before and after: what
is measured is how much lies behind them.
"""

import datetime
import time

from commission import company, inputs, orders
from commission.inputs import CYCLE
from commission.ledger import Ledger
from network.load import Loader

from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal, as_system

#: tables with one partition for each run
STORES = ("mlm.earning", "mlm.measure", "mlm.run.sum", "mlm.run.change")
#: rows of a run that are copied with it
_OF_RUN = ("mlm_run_total", "mlm_run_outlier", "mlm_run_sheet")


class Company:
    """A network whose last cycle is posted; `repeat` posts those before it."""

    def __init__(self, env):
        self.env = env
        self.seconds: dict[str, float] = {}

    def _timed(self, what, function, *arguments):
        start = time.perf_counter()
        found = function(*arguments)
        self.env.cr.commit()
        self.seconds[what] = self.seconds.get(what, 0) + time.perf_counter() - start
        return found

    def make(self, size: int, cycles: int):
        """People, sales, and the last cycle, posted."""
        company.prepare(self.env)
        shape = inputs.network(size)
        loader = Loader(self.env, shape)
        self._timed("people", loader.load)
        self._timed("sales of a cycle", Ledger(self.env, orders.make(shape), loader).load)
        company.publish(self.env, "gano")
        self._timed("the last cycle", self._compute, cycles)
        self._timed("statements", self._post, self.run)
        self._vacuum()

    def _compute(self, cycles):
        # the runs of the cycles before it get the numbers before its own
        self.env.cr.execute(
            "SELECT setval('ir_sequence_' || lpad(id::text, 3, '0'), %s) FROM ir_sequence"
            " WHERE code = 'mlm.run' AND implementation = 'standard'",
            [cycles],
        )
        manager = self.env["res.users"].search([("login", "=", "manager")])
        run = self.env["mlm.run"].with_user(manager)._create_preview(company.cycle(self.env))
        self.run = as_system(run.sudo())
        assert self.run.number > cycles, self.run.number
        self.run._compute_run()

    def _post(self, run):
        """What screens read of a posting: its statements, here without deductions and entries."""
        cr = self.env.cr
        gross = list(run._gross_by_payee().items())
        cr.execute(
            """INSERT INTO mlm_statement (company_id, run_id, period_id, distributor_id, gross_e4,
                                          deducted_e4, net_e4, author_id)
               SELECT person.company_id, %s, %s, person.id, paid.gross, 0, paid.gross, 1
                 FROM unnest(%s::int[], %s::bigint[]) AS paid (id, gross)
                 JOIN mlm_distributor AS person ON person.id = paid.id ORDER BY person.id""",
            [run.id, run.period_id.id, *map(list, zip(*gross, strict=True))],
        )
        as_internal(run).write({"state": "posted", "posted_at": cr.now()})
        as_internal(run.period_id).write({"state": "posted"})
        self.env.flush_all()
        self.env.invalidate_all()

    # -- the cycles before -------------------------------------------------------------

    def repeat(self, cycles: int):
        """Post the cycles before the last one with the rows of its run."""
        self._calendar(cycles)
        periods = {
            one.number: one for one in self.env["mlm.period"].search([("number", "<", CYCLE)])
        }
        for ago in range(cycles - 1, 0, -1):
            self._timed("runs", self._copy_run, periods[CYCLE - ago], ago)
            self._timed("ledger", self._copy_ledger, periods[CYCLE - ago], ago)
        posted = self.env["mlm.period"].search([("state", "=", "posted")])
        self._timed("volume", self.env["mlm.period.sum"]._keep, posted)
        self._vacuum()

    def _calendar(self, cycles):
        """Cycles of history become posted ones, and those before them are made."""
        periods, network = self.env["mlm.period"], self.env.company.mlm_network_id
        first = CYCLE - cycles + 1
        network.first_cycle = min(first, CYCLE - orders.HISTORY)
        known = set(periods.search([]).mapped("number"))
        as_internal(periods).create(
            [
                {**periods._calendar_values(network, number), "state": "posted"}
                for number in range(first, CYCLE)
                if number not in known
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mlm_period SET state = 'posted' WHERE number >= %s AND number < %s",
            [first, CYCLE],
        )
        self.env.cr.commit()
        self.env.invalidate_all()

    def _copy_run(self, period, ago):
        cr, run = self.env.cr, self.run
        number = run.number - ago
        shift = datetime.timedelta(weeks=ago)
        copied = self._columns(
            "mlm_run", "number", "period_id", "computed_at", "posted_at", "previous_id"
        )
        cr.execute(
            SQL(
                """INSERT INTO mlm_run (number, period_id, computed_at, posted_at, %(copied)s)
                   SELECT %(number)s, %(period)s, computed_at - %(shift)s, posted_at - %(shift)s,
                          %(copied)s
                     FROM mlm_run WHERE id = %(run)s RETURNING id""",
                copied=copied,
                number=number,
                period=period.id,
                shift=shift,
                run=run.id,
            )
        )
        ((copy,),) = cr.fetchall()
        for model in STORES:
            self._copy_partition(model, number)
        for table in _OF_RUN:
            columns = self._columns(table, "run_id")
            cr.execute(
                SQL(
                    "INSERT INTO %(table)s (run_id, %(columns)s)"
                    " SELECT %(copy)s, %(columns)s FROM %(table)s WHERE run_id = %(run)s",
                    table=SQL.identifier(table),
                    columns=columns,
                    copy=copy,
                    run=run.id,
                )
            )
        columns = self._columns("mlm_statement", "run_id", "period_id")
        cr.execute(
            SQL(
                "INSERT INTO mlm_statement (run_id, period_id, %(columns)s)"
                " SELECT %(copy)s, %(period)s, %(columns)s FROM mlm_statement"
                " WHERE run_id = %(run)s ORDER BY id",
                columns=columns,
                copy=copy,
                period=period.id,
                run=run.id,
            )
        )

    def _copy_partition(self, model, number):
        """The rows of the run in a partition of another one, with its ids."""
        store = self.env[model]
        table = SQL.identifier(store._partition_create(number))
        columns = SQL(", ").join(map(SQL.identifier, store._store_columns))
        first, last = store._id_range(self.run.number)
        self.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (id, %(columns)s) SELECT id + %(shift)s, %(columns)s"
                " FROM %(store)s WHERE id >= %(first)s AND id < %(last)s ORDER BY id",
                table=table,
                columns=columns,
                store=SQL.identifier(store._store),
                shift=store._id_range(number)[0] - first,
                first=first,
                last=last,
            )
        )
        store._partition_attach(number)

    def _copy_ledger(self, period, ago):
        columns = self._columns("mlm_volume_entry", "period_id", "moment", "recorded_at")
        self.env.cr.execute(
            SQL(
                """INSERT INTO mlm_volume_entry (period_id, moment, recorded_at, %(columns)s)
                   SELECT %(period)s, moment - %(shift)s, recorded_at - %(shift)s, %(columns)s
                     FROM mlm_volume_entry WHERE period_id = %(last)s ORDER BY id""",
                columns=columns,
                period=period.id,
                shift=datetime.timedelta(weeks=ago),
                last=self.run.period_id.id,
            )
        )

    def _columns(self, table, *without):
        """SQL of the columns that are copied: all that the database does not fill itself."""
        self.env.cr.execute(
            """SELECT column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
                  AND column_name <> 'id' ORDER BY ordinal_position""",
            [table],
        )
        names = [name for (name,) in self.env.cr.fetchall() if name not in without]
        return SQL(", ").join(map(SQL.identifier, names))

    def _vacuum(self):
        cr = self.env.cr
        cr.commit()
        start = time.perf_counter()
        cr.connection.autocommit = True
        cr.execute("VACUUM (ANALYZE)")
        cr.connection.autocommit = False
        self.seconds["vacuum"] = self.seconds.get("vacuum", 0) + time.perf_counter() - start
        self.env.invalidate_all()
