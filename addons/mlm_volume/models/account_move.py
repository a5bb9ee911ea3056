# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

MEASURES = ("pv_e4", "cv_e4", "retail_e4", "package_qty")


class AccountMove(models.Model):
    _inherit = "account.move"

    mlm_buyer_id = fields.Many2one(
        "mlm.distributor", string="Enrolled buyer", index="btree_not_null"
    )
    mlm_distributor_id = fields.Many2one(
        "mlm.distributor",
        string="Volume goes to",
        index="btree_not_null",
        check_company=True,
        domain="[('kind', '!=', 'customer'), ('company_id', '=', company_id)]",
    )
    mlm_entry_count = fields.Integer(compute="_compute_mlm_entry_count", string="Ledger rows")

    def _compute_mlm_entry_count(self):
        counts = dict(
            self.env["mlm.volume.entry"]
            .sudo()
            ._read_group(
                [("move_line_id", "in", self.invoice_line_ids.ids)],
                ["move_line_id"],
                ["__count"],
            )
        )
        for move in self:
            move.mlm_entry_count = sum(counts.get(line, 0) for line in move.invoice_line_ids)

    # -- what queues -----------------------------------------------------

    def _post(self, soft=True):
        posted = super()._post(soft)
        sales = posted.filtered(lambda move: move.move_type in ("out_invoice", "out_refund"))
        sales._mlm_freeze()
        posted._mlm_enqueue()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._mlm_enqueue()
        return result

    def button_cancel(self):
        result = super().button_cancel()
        self._mlm_enqueue()
        return result

    def _mlm_enqueue(self):
        """Queue these entries and the invoices that they settle.

        A payment set back to draft stays reconciled, so its invoice still looks
        paid: the payment itself has to bring the invoice back.
        """
        lines = self.line_ids
        settled = lines.matched_debit_ids.debit_move_id + lines.matched_credit_ids.credit_move_id
        self.env["mlm.capture.queue"]._enqueue(self + settled.move_id)

    def _mlm_freeze(self):
        """Invoices without an order find their buyer and values themselves."""
        for move in self:
            if not move.mlm_buyer_id and not move.mlm_distributor_id:
                buyer = self.env["mlm.distributor"]._mlm_of_partner(
                    move.partner_id, move.company_id
                )
                move.mlm_buyer_id = buyer
                move.mlm_distributor_id = (
                    buyer.sponsor_id
                    if buyer.kind == "customer"
                    else buyer or move.company_id.mlm_root_queue_id
                )
            if move.mlm_distributor_id:
                move.invoice_line_ids._mlm_freeze()

    # -- capture ---------------------------------------------------------

    def _mlm_capture(self):
        """Append what the ledger lacks for this invoice and its credit notes.

        Idempotent: inserts *target − Σ ledger* per line. Two transactions that
        see the same state insert the same ``entry_no``, and the second fails on
        the unique constraint and is tried again.
        """
        self.ensure_one()
        entries = self.env["mlm.volume.entry"].sudo()
        for move in self + self.reversal_move_ids.filtered(lambda refund: refund.state == "posted"):
            rows = []
            held = move._mlm_held()
            for line in move._mlm_lines():
                row = move._mlm_delta(line, held.get(line.id))
                if row:
                    rows.append(row)
            entries._insert_rows(rows)

    def _mlm_lines(self):
        return self.invoice_line_ids.filtered(
            lambda line: line.mlm_frozen and line.display_type == "product"
        )

    def _mlm_held(self):
        """What the ledger holds: ``{line id: {measure: sum, rows, first, ...}}``."""
        self.env.cr.execute(
            """
            SELECT move_line_id, count(*), min(id),
                   sum(pv_e4)::bigint, sum(cv_e4)::bigint,
                   sum(retail_e4)::bigint, sum(package_qty)::bigint
              FROM mlm_volume_entry
             WHERE move_line_id = ANY(%s)
             GROUP BY move_line_id
            """,
            [self.invoice_line_ids.ids],
        )
        return {
            line: {"rows": rows, "first": first, **dict(zip(MEASURES, sums, strict=True))}
            for line, rows, first, *sums in self.env.cr.fetchall()
        }

    def _mlm_delta(self, line, held):
        """Row that brings the ledger from ``held`` to the target, or None."""
        target = self._mlm_line_target(line, bool(held))
        delta = {name: target[name] - (held[name] if held else 0) for name in MEASURES}
        if not any(delta.values()):
            return None
        entries = self.env["mlm.volume.entry"].sudo()
        first = entries.browse(held["first"]) if held else entries
        origin = first or self._mlm_refund_origin(line)
        periods = self.env["mlm.period"].sudo()
        if held:
            # A correction stays in the original's cycle while that one accepts
            # rows: the two net to nothing.
            moment = fields.Datetime.now()
            date = first.period_id.date_start
            if first.period_id.state not in ("open", "grace"):
                date = periods._local_date(self.company_id, moment)
        else:
            date = self._mlm_sale_date()
            moment = self._mlm_sale_moment(date)
        distributor = first.distributor_id or self.mlm_distributor_id
        return {
            **delta,
            "company_id": self.company_id.id,
            "period_id": periods._accepting(self.company_id, date).id,
            "distributor_id": distributor.id,
            "buyer_id": (first.buyer_id or self.mlm_buyer_id).id or None,
            "position_id": (origin.position_id or distributor._mlm_position_at(moment)).id or None,
            "kind": "refund" if self.move_type == "out_refund" else "change" if held else "sale",
            "move_line_id": line.id,
            "entry_no": held["rows"] if held else 0,
            "origin_id": origin.id or None,
            "product_id": line.product_id.id,
            "package_id": line.mlm_package_id.id or None,
            "package_from_id": line.mlm_package_from_id.id or None,
            "moment": moment,
        }

    def _mlm_line_target(self, line, known):
        """Target of one line: zero unless the company's rule is met."""
        zero = dict.fromkeys(MEASURES, 0)
        if self.state != "posted" or not self.mlm_distributor_id:
            return zero
        buyer = self.mlm_buyer_id or self.mlm_distributor_id
        if not known and buyer.state != "active":
            return zero  # terminated and suspended people create no volume
        if self.move_type == "out_refund":
            original = self.reversed_entry_id
            if original and not original._mlm_counts():
                return zero  # what never counted cannot be taken back
            return line._mlm_target()
        return line._mlm_target() if self._mlm_counts() else zero

    def _mlm_counts(self):
        """Whether the company's rule says that this invoice's volume exists."""
        self.ensure_one()
        if self.state != "posted":
            return False
        if self.company_id.mlm_volume_rule == "invoiced":
            return True
        return self.currency_id.is_zero(self.amount_residual) and bool(self._mlm_payment_lines())

    def _mlm_payment_lines(self):
        """Journal items of payments or bank statements that settle the invoice."""
        receivable = self.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        counterpart = (
            receivable.matched_credit_ids.credit_move_id
            + receivable.matched_debit_ids.debit_move_id
        )
        return counterpart.filtered(
            lambda line: (
                line.parent_state == "posted"
                and (line.move_id.origin_payment_id or line.statement_line_id)
            )
        )

    def _mlm_sale_date(self):
        """Date at which the volume exists: bank value date, or invoice date."""
        if self.move_type == "out_invoice" and self.company_id.mlm_volume_rule == "paid":
            dates = self._mlm_payment_lines().mapped("date")
            if dates:
                return max(dates)
        return self.invoice_date or self.date

    def _mlm_sale_moment(self, date):
        """Moment (naive UTC) of a sale of ``date``: a payment knows its day only."""
        return self.env["mlm.period"]._local_noon(self.company_id, date)

    def _mlm_refund_origin(self, line):
        """Ledger row that a credit note line takes back, if it can be told."""
        original = self.reversed_entry_id
        if not original:
            return self.env["mlm.volume.entry"]
        candidates = original.invoice_line_ids.filtered(
            lambda one: one.product_id == line.product_id
        )
        same = candidates.filtered(lambda one: one.sequence == line.sequence)
        return (
            self.env["mlm.volume.entry"]
            .sudo()
            .search(
                [("move_line_id", "in", (same or candidates)[:1].ids)],
                order="id",
                limit=1,
            )
        )

    def action_mlm_capture(self):
        """Button: compare with the ledger now."""
        for move in self:
            move._mlm_capture()

    def action_mlm_entries(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Volume of %(invoice)s", invoice=self.name),
            "res_model": "mlm.volume.entry",
            "view_mode": "list,form",
            "domain": [("move_line_id", "in", self.invoice_line_ids.ids)],
        }
