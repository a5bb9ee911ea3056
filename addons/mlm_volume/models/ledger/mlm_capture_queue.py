# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.service.model import retrying
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
BATCH = 100
# Up to so many invoices are captured by the server itself.
FEW = 500


class MlmCaptureQueue(models.Model):
    """Invoices whose volume must be compared with the ledger.

    Posting, cancelling, paying and un-paying only queue the invoice: nothing in
    the accounting flow waits for the ledger. Processing inserts *target minus
    what the ledger holds*, so it may run any number of times.
    """

    _name = "mlm.capture.queue"
    _description = "Volume Capture Queue"
    _inherit = "mlm.guarded"
    _log_access = False
    _order = "id"
    _server_only = True

    move_id = fields.Many2one(
        "account.move", string="Invoice", required=True, index=True, ondelete="cascade"
    )
    error = fields.Char(help="Why the volume of this invoice waits; tried again before a close.")
    waits_for = fields.Date(
        help="Day of a payment ahead of the cycles; captured when its cycle is created."
    )

    @api.model
    def _get_failed_domain(self, network):
        """Invoices whose volume could not enter the ledger, for a reason that stays."""
        return [
            ("error", "!=", False),
            ("waits_for", "=", False),
            ("move_id.company_id.mlm_network_id", "=", network.id),
        ]

    @api.model
    def _enqueue(self, moves):
        """Queue customer invoices and credit notes of ``moves`` (one INSERT)."""
        moves |= moves._mlm_of_down_payments()
        moves = moves.filtered(lambda move: move.move_type in ("out_invoice", "out_refund"))
        if not moves:
            return
        self.env.cr.execute(
            "INSERT INTO mlm_capture_queue (move_id) SELECT unnest(%s)", [moves.ids]
        )
        # sudo: whoever writes an invoice may wake the work
        self.env.ref("mlm_volume.cron_capture").sudo()._trigger()

    @api.model
    def _cron_process(self):
        cron = self.env["ir.cron"]
        while True:
            # a cron job does not try again by itself
            done = retrying(self._process_batch, self.env)
            # sudo: how many wait
            remaining = self.sudo().search_count([("error", "=", False)])
            if not cron._commit_progress(done, remaining=remaining) or not done:
                break

    @api.model
    def _mlm_needs_process(self, cron):
        # a few are done sooner than a process starts
        # sudo: whether few wait
        return self.sudo().search_count([("error", "=", False)], limit=FEW + 1) > FEW

    @api.model
    def _process(self, wait=False):
        """Process the whole queue in this transaction; return how many invoices.

        What failed before is tried again.

        :param wait: for what another worker is capturing too, instead of leaving it
        """
        # sudo: the queue is the work's; who closes a cycle or computes was checked
        waiting = self.sudo().search([("waits_for", "!=", False)])
        for network in waiting.move_id.company_id.mlm_network_id:
            # sudo: as above
            self.env["mlm.period"].sudo()._ensure_present(network)
        self.env.cr.execute(
            "UPDATE mlm_capture_queue SET error = NULL"
            " WHERE error IS NOT NULL AND waits_for IS NULL"
        )
        total = 0
        while done := self._process_batch(wait):
            total += done
        return total

    @api.model
    def _process_batch(self, wait=False):
        # SKIP LOCKED: a second worker takes other rows. Two queue rows of one
        # invoice may still meet; the ledger's UNIQUE(line, entry_no) decides.
        self.env.cr.execute(
            SQL(
                "DELETE FROM mlm_capture_queue WHERE id IN ("
                " SELECT id FROM mlm_capture_queue WHERE error IS NULL ORDER BY id"
                " FOR UPDATE %s LIMIT %s) RETURNING move_id",
                SQL("") if wait else SQL("SKIP LOCKED"),
                BATCH,
            )
        )
        move_ids = {row[0] for row in self.env.cr.fetchall()}
        # of an invoice that is looked at now, nothing older waits
        self.env.cr.execute(
            "DELETE FROM mlm_capture_queue WHERE waits_for IS NOT NULL AND move_id = ANY(%s)",
            [list(move_ids)],
        )
        # sudo: documents of the queue, which follow their own rules, whoever lets it work
        moves = self.env["account.move"].sudo().browse(sorted(move_ids)).exists()
        for move in moves:
            try:
                with self.env.cr.savepoint():
                    waits_for = move._mlm_capture()
                if waits_for:
                    self._keep_waiting(move, waits_for)
            except psycopg2.errors.UniqueViolation as error:
                # another worker was faster with the same line: look again
                raise ConcurrencyError(str(error)) from error
            except psycopg2.Error:
                raise
            except Exception as error:
                _logger.info("Volume of %s is waiting: %s", move.name, error)
                self._keep_failed(move, error)
        return len(move_ids)

    @api.model
    def _keep_failed(self, move, error):
        """Leave the invoice in the queue with the reason; tell its accountant."""
        reason = str(error.args[0]) if error.args else str(error)
        self.env.cr.execute(
            "INSERT INTO mlm_capture_queue (move_id, error) VALUES (%s, %s)",
            [move.id, reason],
        )
        summary = self.env._("Volume not captured")
        if summary not in move.activity_ids.mapped("summary"):
            move.activity_schedule("mail.mail_activity_data_todo", summary=summary, note=reason)

    @api.model
    def _keep_waiting(self, move, date):
        """Leave an invoice that is paid ahead of the cycles until its cycle is created."""
        reason = self.env._("Dated %(date)s, ahead of the cycles.", date=date)
        self.env.cr.execute(
            "INSERT INTO mlm_capture_queue (move_id, error, waits_for) VALUES (%s, %s, %s)",
            [move.id, reason, date],
        )

    @api.model
    def _wake(self):
        """Cycles were created: capture what was waiting for them."""
        self.env["mlm.period"].flush_model()
        self.env.cr.execute(
            """
            UPDATE mlm_capture_queue AS queue SET error = NULL, waits_for = NULL
              FROM account_move AS move
              JOIN res_company AS company ON company.id = move.company_id
             WHERE move.id = queue.move_id
               AND queue.waits_for <= (
                   SELECT max(period.date_end) FROM mlm_period AS period
                    WHERE period.network_id = company.mlm_network_id AND period.is_base)
            """
        )
        if self.env.cr.rowcount:
            self.invalidate_model()
            # sudo: whoever makes cycles may wake the work
            self.env.ref("mlm_volume.cron_capture").sudo()._trigger()
