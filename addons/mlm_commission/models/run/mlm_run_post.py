# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.service.model import retrying
from odoo.tools import SQL

from odoo.addons.mlm_base.background import own_cursor
from odoo.addons.mlm_base.internal import as_internal, as_system
from odoo.addons.mlm_base.triggers import seal_table

from ...failpoint import hit
from .mlm_run import STORES

_logger = logging.getLogger(__name__)


class MlmRun(models.Model):
    """Posting: one journal entry per chunk of payees, each its own transaction.

    Everybody is paid by the home company: in its journal, on its accounts and day.
    Killed anywhere and started again, the chunks that have an entry are done
    and the others are posted; the run is posted when none is left.
    """

    _inherit = "mlm.run"

    stopped_by_id = fields.Many2one(
        "res.users", string="Posting stopped by", readonly=True, copy=False, ondelete="restrict"
    )
    stop_note = fields.Char(compute="_compute_stop_note")

    @api.depends("stopped_by_id", "chunk_ids.move_id")
    def _compute_stop_note(self):
        for run in self:
            # sudo: the name of a colleague, and how many parts there are
            chunks, person = run.sudo().chunk_ids, run.sudo().stopped_by_id
            run.stop_note = bool(person) and self.env._(
                "%(user)s stopped the posting: %(done)s of %(count)s entries are posted and stay. "
                "“Go on posting” posts the rest.",
                user=person.name,
                done=len(chunks.move_id),
                count=len(chunks),
            )

    def action_post(self):
        """Start posting; small runs are posted at once."""
        self.ensure_one()
        self.check_access("write")
        self._ensure_run_state("approved")
        self._ensure_not_allowed_by_me()
        # sudo: two people have agreed to these amounts. From here on the run writes in
        # accounting by its own right, whatever the rights of who pressed the button, and
        # whatever that person's defaults and context say.
        run = as_system(self)
        run._start_posting()
        as_internal(run).write({"posted_by_id": self.env.uid})
        if len(run.chunk_ids) > 1:
            run._wake_posting()
        else:
            run._post_all()
        return self._action_open()

    def _start_posting(self):
        self._ensure_run_state("approved")
        gross = self._gross_by_company() or {self.money_company_id: {}}
        self._ensure_accounts(gross)
        self._ensure_period_closed()
        self._ensure_previous_posted()
        chosen, date = self.accounting_date, self._posting_date()
        days = self._get_open_dates(gross, date)
        self._ensure_date_allowed(days)
        for company, payees in gross.items():
            self._create_chunks(company, list(payees), days[company])
        self._tell_locked(date, days)
        basis = {"day": fields.Date.to_string(date), "chosen": bool(chosen)}
        if not self.network_id._is_shared():
            date = next(iter(days.values()))
        as_internal(self).write(
            {
                "state": "posting",
                "accounting_date": date,
                "accounting_basis": basis,
                "error": False,
            }
        )
        hit("post.started")

    def _create_chunks(self, company, payees, date):
        size = max(1, company.mlm_chunk_size)
        as_internal(self.env["mlm.run.chunk"]).create(
            [
                {
                    "run_id": self.id,
                    "company_id": company.id,
                    "number": number + 1,
                    "date": date,
                    "payee_ids": payees[start : start + size],
                }
                for number, start in enumerate(range(0, len(payees), size))
            ]
        )

    # -- chunks ------------------------------------------------------------

    def _post_all(self, commit=False):
        """Post every chunk without an entry, then seal the run.

        Any number of processes may do so at once: each takes chunks that nobody else has,
        and whoever is done last seals the run.

        :param commit: end the transaction after each chunk and retry chunks
            that met a serialization failure (background and command line)
        """
        self.ensure_one()
        self._ensure_run_state("posting")
        if commit:
            self._post_in_parts()
            return
        while self._post_next():
            pass
        self._finish_posting()

    def _post_in_parts(self):
        report = self._watch_posting()
        while not self._is_stopped():
            hit("post.chunk")
            posted = retrying(self._post_next, self.env)
            self.env.cr.commit()  # pylint: disable=invalid-commit
            if not posted:
                break
            report()
            hit("post.chunk.done")
        # what others have posted is not in this cache
        self.env.invalidate_all()
        if all(chunk.move_id for chunk in self.chunk_ids):
            retrying(self._finish_posting, self.env)
            hit("post.finished")
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _post_next(self):
        """Post a chunk that has no entry and that no other process has; False: there is none."""
        self.env["mlm.run.chunk"].flush_model(["move_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM mlm_run_chunk WHERE run_id = %s AND move_id IS NULL
                    ORDER BY company_id, number LIMIT 1 FOR UPDATE SKIP LOCKED""",
                self.id,
            )
        )
        for (chunk,) in rows:
            self._post_chunk(self.env["mlm.run.chunk"].browse(chunk))
        return bool(rows)

    def _wake_posting(self):
        """Have as many processes post as this server is meant to bear."""
        cron = self.env.ref("mlm_commission.cron_work")
        helper = self.env.ref("mlm_commission.cron_help")
        helpers = helper.search([("ir_actions_server_id.code", "=", helper.code)], order="id")
        for number in range(len(helpers) + 2, self.env["mlm.job"]._get_most() + 1):
            helpers += helper.copy({"name": f"{helper.name} ({number})"})
        for one in cron + helpers:
            one._trigger()

    def action_go_on(self):
        """Post what is left after a stop or a failure, in the background."""
        for run in self._as_step():
            run._ensure_run_state("posting")
            as_internal(run).write({"stopped_by_id": False, "error": False})
            # `_as_step` has checked the right to write the run
            run._wake_posting()

    def _is_stopped(self):
        """Whether somebody has stopped the posting by now, which this transaction may not see."""
        with own_cursor(self.env) as cr:
            cr.execute("SELECT stopped_by_id IS NOT NULL FROM mlm_run WHERE id = %s", [self.id])
            return cr.fetchone()[0]

    def _watch_posting(self):
        """Return ``f()``, which publishes how many parts are posted, whoever posted them."""
        report = self.env["mlm.run.progress"]._watch(
            self, "post", sum(len(chunk.payee_ids) for chunk in self.chunk_ids)
        )

        def tell():
            with own_cursor(self.env) as cr:
                cr.execute(
                    "SELECT count(move_id), count(*) FROM mlm_run_chunk WHERE run_id = %s",
                    [self.id],
                )
                done, count = cr.fetchone()
            report(f"{done}/{count}", done / count)

        tell()
        return tell

    def _post_chunk(self, chunk):
        """Journal entry and statements of one chunk, in one transaction."""
        self.env.cr.execute(
            "SELECT move_id FROM mlm_run_chunk WHERE id = %s FOR UPDATE", [chunk.id]
        )
        if self.env.cr.fetchone()[0]:
            return
        company, date = chunk.company_id, chunk.date
        gross = self._gross_by_bonus(chunk.payee_ids, "mlm.earning")
        # in the order of the entry's lines; a payee without earnings would be a fault: KeyError
        payees = {payee: gross[payee] for payee in chunk.payee_ids}
        holders = self._get_holders(self.env["mlm.distributor"].browse(payees))
        deductions = self._get_deductions(company, payees, date)
        statements = self._statement_values(company, payees, deductions)
        move = self._create_move(chunk, statements, deductions, holders)
        hit("post.entry")
        provider = self.env["mlm.deduction"].with_company(company)
        extras = provider._get_statement_extras(company, payees, holders, date)
        records = as_internal(self.env["mlm.statement"]).create(
            [
                {**values, "move_id": move.id, **extras.get(values["distributor_id"], {})}
                for values in statements
            ]
        )
        kept = as_internal(self.env["mlm.statement.deduction"])
        kept.create(
            [
                {"statement_id": record.id, **kept._get_kept(line)}
                for record in records
                for line in deductions.get(record.distributor_id.id, [])
            ]
        )
        provider._keep_posted(company, date, self, payees, deductions, holders)
        as_internal(chunk).write({"move_id": move.id})
        self.env["mlm.sealed.move"]._seal_moves(move, self)

    def _statement_values(self, company, payees, deductions):
        values = []
        for payee, by_bonus in payees.items():
            gross_e4 = sum(by_bonus.values())
            deducted_e4 = sum(line["amount_e4"] for line in deductions.get(payee, []))
            values.append(
                {
                    "company_id": company.id,
                    "run_id": self.id,
                    "period_id": self.period_id.id,
                    "distributor_id": payee,
                    "gross_e4": gross_e4,
                    "deducted_e4": deducted_e4,
                    "net_e4": gross_e4 - deducted_e4,
                }
            )
        return values

    def _create_move(self, chunk, statements, deductions, holders):
        """Post the entry of a chunk."""
        payees = self.env["mlm.distributor"].browse(one["distributor_id"] for one in statements)
        items = []
        for payee, values in zip(payees, statements, strict=True):
            items += self._get_payee_items(
                chunk.company_id,
                holders[payee.id],
                f"{self.period_id.display_name} · {payee.code}",
                values["gross_e4"],
                deductions.get(payee.id, []),
                self.period_id.pay_date,
            )
        name = f"COM/{self._entry_label()}/{chunk.number:04d}"
        return self._post_entry(chunk.company_id, chunk.date, self.display_name, items, name)

    def _entry_label(self):
        """The period in the number of an entry: ``924``, or ``MONTH-202608``."""
        period = self.period_id
        number = f"{period.number:03d}"
        return number if period.is_base else f"{period.kind.upper()}-{number}"

    def _get_holders(self, distributors):
        """Return who is paid: whoever held the membership in the last second of the cycle."""
        members = self.env["mlm.distributor"].union(*distributors)
        return members._holders_at(self.period_id._end_moment() - timedelta(seconds=1))

    # -- sealing -------------------------------------------------------------

    def _finish_posting(self):
        """Prove that the money adds up, freeze the rows, close the books."""
        self.env.cr.execute("SELECT state FROM mlm_run WHERE id = %s FOR UPDATE", [self.id])
        if self.env.cr.fetchone()[0] == "posted":
            return  # another worker was faster
        self.env["mlm.law"]._assert_run(self)
        for model in STORES:
            seal_table(self.env.cr, self.env[model]._partition_name(self.number))
        # sudo: proofs are kept by the work only, of a run that was approved
        self.env["mlm.proof"]._keep(self.sudo()._get_proofs())
        hit("post.sealed")
        self.env["mlm.statement"].invalidate_model()
        deducted = {
            company: sum(statements.mapped("deducted_e4"))
            for company, statements in self.statement_ids.grouped("company_id").items()
        }
        as_internal(self).write(
            {
                "state": "posted",
                "posted_at": self.env.cr.now(),
                "stopped_by_id": False,
                "error": False,
                **self._deducted_values(deducted, self.amount_e4),
            }
        )
        self._store_company_totals(self._gross_by_company(), deducted)
        as_internal(self.period_id).write({"state": "posted"})
        self.period_id._close_longer()
        self.invalidate_recordset()

    def _get_proofs(self):
        """Attachments from which the run is computed again: they stay for good."""
        return self.snapshot_id
