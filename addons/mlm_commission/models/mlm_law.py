# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine import rules
from mlm_engine.kernel import snapshot_file
from mlm_engine.kernel.codes import Reason

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

# With these reasons a row pays what base, rate and exchange make, less what was taken.
_PAYING = (
    Reason.PAID,
    Reason.NO_PACKAGE,
    Reason.SMALLER_PACKAGE,
    Reason.PV_TIER,
    Reason.RANK_RATE,
    Reason.CAPPED,
    Reason.COMPANY_CAP,
    Reason.GUARANTEE,
    Reason.GROUP_TOO_SMALL,
)
# Whether the quotient `whole` goes up for the `rest` that is left, by mode of rounding.
_GOES_UP = {
    "half_up": "2 * rest >= den",
    "half_even": "2 * rest > den OR (2 * rest = den AND mod(whole, 2) = 1)",
    "up": "rest > 0",
    "down": "false",
}
LAWS_OF_A_RUN = (
    "money_adds_up",
    "entries_match_statements",
    "runs_add_up",
    "entries_in_company_currency",
    "only_sales_pay",
)
# What a posted run and its journal entries are compared by, beside its earnings.
LAWS_OF_ENTRIES = (
    "entries_match_statements",
    "entries_in_company_currency",
    "sealed_entries_kept",
    "sealed_entries_guarded",
)


class MlmLaw(models.AbstractModel):
    """Laws about runs that need the plan's rounding or the file of inputs."""

    _inherit = "mlm.law"

    def _get_checks(self):
        return {
            **super()._get_checks(),
            "rows_are_exact": {
                "module": "mlm_commission",
                "description": "A row pays base × rate × exchange, rounded once, less what caps"
                " took; paid and not reached are what the plan offered.",
                "model": "mlm.run",
            },
            "result_is_kept": {
                "module": "mlm_commission",
                "description": "Inputs and rows of a run are those whose fingerprints it keeps.",
                "model": "mlm.run",
            },
        }

    def _run_check(self, name, limit):
        if name not in ("rows_are_exact", "result_is_kept"):
            return super()._run_check(name, limit)
        found = []
        for run in self._examined_runs():
            for detail in getattr(self, f"_find_{name}")(run, limit - len(found)):
                found.append(
                    {
                        "subject": f"mlm.run {run.id}",
                        "detail": detail,
                        "res_model": "mlm.run",
                        "res_id": run.id,
                    }
                )
        return found[:limit]

    def _examined_runs(self):
        """The last posted run of each network and every one that waits to be: a run
        before was examined when it was posted, and its rows are sealed."""
        # sudo: the check concerns runs of all companies; who reads checks reads what they find
        runs = self.env["mlm.run"].sudo()
        waiting = runs.search([("state", "in", ("preview", "submitted", "approved", "posting"))])
        posted = runs.browse(
            number_id
            for _network, number_id in runs._read_group(
                [("state", "=", "posted")], ["network_id"], ["id:max"]
            )
        )
        return waiting + posted

    def _find_rows_are_exact(self, run, limit):
        rounding = run.version_id._plan()["rounding"]
        first, last = self.env["mlm.earning"]._id_range(run.number)
        company, join = run._payee_company()
        rows = self.env.execute_query(
            SQL(
                """
                WITH product AS (
                    SELECT store.id, store.amount_e4, store.base_e4::numeric * store.rate_e6
                               * coalesce(store.fx_e6, %(fx)s) AS product,
                           coalesce(store.breakage_e4, 0) AS breakage_e4,
                           coalesce(store.cap_e4, 0) AS cap_e4,
                           coalesce(store.scale_e4, 0) AS scale_e4,
                           coalesce(store.reason, 0) AS reason, %(unit)s AS unit_e4,
                           1e6 * coalesce(store.per_e6, 1000000) * %(unit)s AS den
                      FROM mlm_earning_store AS store
                      JOIN mlm_plan_bonus AS bonus ON bonus.id = store.bonus_id %(join)s
                     WHERE store.id >= %(first)s AND store.id < %(last)s
                       AND bonus.rule <> ALL(%(divided)s)
                ), divided AS (
                    SELECT *, div(abs(product), den) AS whole, mod(abs(product), den) AS rest
                      FROM product
                ), worth AS (
                    SELECT *, sign(product) * unit_e4
                              * (whole + CASE WHEN %(goes_up)s THEN 1 ELSE 0 END) AS worth
                      FROM divided
                )
                SELECT id, amount_e4, breakage_e4, cap_e4, scale_e4, worth::bigint
                  FROM worth
                 WHERE CASE WHEN reason = ANY(%(paying)s)
                            THEN amount_e4 + cap_e4 - scale_e4 <> worth
                              OR amount_e4 + breakage_e4 - greatest(scale_e4, 0) < worth
                            ELSE amount_e4 <> 0 OR breakage_e4 < worth END
                 ORDER BY id LIMIT %(limit)s
                """,
                fx=run.fx_e6,
                first=first,
                last=last,
                divided=[name for name in rules.names() if rules.get(name).divides],
                join=join,
                unit=self._get_unit(run, company, rounding["unit_e4"]),
                goes_up=SQL(_GOES_UP[rounding["mode"]]),
                paying=[int(reason) for reason in _PAYING],
                limit=limit,
            )
        )
        return [
            f"row {row_id & 0xFFFFFFFF}: paid {amount}, not reached {missed}, capped {cap},"
            f" scaled {scale}; base × rate × exchange is {worth} (ten-thousandths)"
            for row_id, amount, missed, cap, scale, worth in rows
        ]

    def _get_unit(self, run, company, unit_e4):
        """SQL: the unit to which money of a payee's company is rounded."""
        if not run.homes:
            return SQL("%s", unit_e4)
        return SQL(
            "CASE %s %s ELSE %s END",
            company,
            SQL(" ").join(
                SQL("WHEN %s THEN %s", int(home), values["unit_e4"])
                for home, values in run.homes.items()
            ),
            unit_e4,
        )

    def _find_result_is_kept(self, run, limit):
        data = run._snapshot_data()
        if not data:
            return ["the file of inputs is missing"]
        if snapshot_file.sha256(data) != run.snapshot_sha:
            return ["the file of inputs is another one"]
        try:
            members = snapshot_file.loads(data, only=("member_id",)).member_id
        except snapshot_file.SnapshotFileError as error:
            return [str(error)]
        digest = run._stored_digest(members)
        if digest != run.digest:
            return [f"the rows give {digest}, the run keeps {run.digest}"]
        return []

    def _find_of_run(self, run, names, limit):
        """Return in words which rows of these laws are about a run, ``limit`` of each."""
        return [
            f"{subject}: {detail}"
            for name in names
            for subject, detail in self.env.execute_query(
                SQL(
                    "SELECT subject, detail FROM %s WHERE run_id = %s LIMIT %s",
                    SQL.identifier(f"mlm_law_{name}"),
                    run.id,
                    limit,
                )
            )
        ]

    def _find_in_entries(self, run, limit=100):
        """Return in words what contradicts between a posted run and the books.

        Its journal entries with its statements and seals, and what else was booked for
        the people it pays on the commissions payable account.
        """
        self.env.flush_all()
        # sudo: whose rows to look at; the caller has checked who may audit the run
        payees = run.sudo().statement_ids.partner_id.ids
        strange = self.env.execute_query(
            SQL(
                """SELECT subject, detail FROM mlm_law_payable_has_origin
                    WHERE company_id = ANY(%s) AND (partner_id = ANY(%s) OR partner_id IS NULL)
                    LIMIT %s""",
                run.network_id._get_homes().ids,
                payees,
                limit,
            )
        )
        return self._find_of_run(run, LAWS_OF_ENTRIES, limit) + [
            f"{subject}: {detail}" for subject, detail in strange
        ]

    def _assert_run(self, run):
        """Raise a UserError that names what a run breaks, if anything."""
        self.env.flush_all()
        wrong = self._find_of_run(run, LAWS_OF_A_RUN, 5)
        wrong += self._find_rows_are_exact(run, 5) + self._find_result_is_kept(run, 5)
        if wrong:
            raise UserError(
                self.env._(
                    "%(run)s was not posted: its entries do not agree with its "
                    "earnings.\n%(wrong)s",
                    run=run.display_name,
                    wrong="\n".join(wrong),
                )
            )
