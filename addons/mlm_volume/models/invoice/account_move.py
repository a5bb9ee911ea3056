# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal, is_internal

MEASURES = ("pv_e4", "cv_e4", "retail_e4", "package_qty")
# Rows of one invoice line that differ in these stand for different sales.
WHO_AND_WHAT = ("distributor_id", "buyer_id", "product_id", "package_id", "package_from_id")


def _holds(groups):
    """Whether the ledger holds anything in these sums of a line."""
    return any(group[name] for group in groups or () for name in MEASURES)


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["mlm.guarded", "account.move"]
    _guarded = ("mlm_buyer_id",)
    _free = ("mlm_distributor_id",)

    mlm_buyer_id = fields.Many2one(
        "mlm.distributor", string="Enrolled buyer", index="btree_not_null", copy=False
    )
    mlm_distributor_id = fields.Many2one(
        "mlm.distributor",
        string="Volume goes to",
        index="btree_not_null",
        copy=False,
        check_company=True,
        domain="[('kind', '!=', 'customer')]",
    )
    mlm_entry_count = fields.Integer(compute="_compute_mlm_entry_count", string="Ledger rows")

    @api.constrains("mlm_distributor_id", "company_id")
    def _check_mlm_network(self):
        self.env["mlm.distributor"]._mlm_ensure_same_network(self)

    def _compute_mlm_entry_count(self):
        # sudo: how many rows, of an invoice that is read
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

    def _get_guarded_message(self, names):
        return self.env._("The enrolled buyer is the invoice's customer.")

    def write(self, vals):
        if "mlm_distributor_id" in vals and not is_internal(self.env):
            self._mlm_ensure_credit_open(vals["mlm_distributor_id"])
        changed = self.browse()
        if "partner_id" in vals and "mlm_distributor_id" not in vals:
            # an order, or the invoice that is reversed, says who is credited
            # sudo: whether an order stands behind it, and nothing about it
            changed = self.filtered(
                lambda move: (
                    move.mlm_distributor_id
                    and move.partner_id.id != vals["partner_id"]
                    and not move.reversed_entry_id
                    and not move.sudo().invoice_line_ids.sale_line_ids
                )
            )
        result = super().write(vals)
        if changed:
            # sudo: the write above has checked the right; who is credited is found anew
            as_internal(changed.sudo()).write({"mlm_buyer_id": False, "mlm_distributor_id": False})
        if "state" in vals:
            # also where no button of accounting was pressed
            self._mlm_enqueue()
        return result

    def _mlm_ensure_credit_open(self, distributor_id):
        """Who is credited follows the order from its confirmation on (RULES 1)."""
        for move in self:
            if move.state == "posted":
                raise AccessError(
                    self.env._("Who gets the volume of a posted invoice cannot be changed.")
                )
            # sudo: whoever writes an invoice need not see the order behind it
            credited = move.sudo()._mlm_source().mlm_distributor_id
            if credited and credited.id != distributor_id:
                raise AccessError(
                    self.env._(
                        "The volume of %(document)s goes to the person on its order or invoice, "
                        "%(code)s. Move the order with the customer if it should go to somebody "
                        "else.",
                        document=move.display_name,
                        code=credited.code,
                    )
                )

    # -- what queues -----------------------------------------------------

    def _post(self, soft=True):
        posted = super()._post(soft)
        sales = posted.filtered(lambda move: move.move_type in ("out_invoice", "out_refund"))
        sales._mlm_freeze()
        return posted

    def _mlm_enqueue(self):
        """Queue these entries and the invoices that they settle.

        A payment set back to draft stays reconciled, so its invoice still looks
        paid: the payment itself has to bring the invoice back.
        """
        lines = self.line_ids
        settled = lines.matched_debit_ids.debit_move_id + lines.matched_credit_ids.credit_move_id
        self.env["mlm.capture.queue"]._enqueue(self + settled.move_id)

    def _mlm_source(self):
        """What says who is credited: the invoice that is reversed, or the order."""
        return self.reversed_entry_id or self.invoice_line_ids.sale_line_ids.order_id[:1]

    def _mlm_freeze(self):
        """Invoices without an order find their buyer and values themselves; a credit note
        takes back from whom its invoice credited."""
        # sudo: people and orders are not the accountant's, who is credited follows rules
        for move in self.sudo():
            source = move._mlm_source()
            if source.mlm_distributor_id and move.mlm_distributor_id != source.mlm_distributor_id:
                as_internal(move).write(
                    {
                        "mlm_buyer_id": source.mlm_buyer_id.id,
                        "mlm_distributor_id": source.mlm_distributor_id.id,
                    }
                )
            if not move.mlm_buyer_id and not move.mlm_distributor_id:
                buyer = self.env["mlm.distributor"]._mlm_of_partner(
                    move.partner_id, move.company_id
                )
                credited = (
                    buyer.sponsor_id
                    if buyer.kind == "customer"
                    else buyer or move.company_id.mlm_root_queue_id
                )
                as_internal(move).write(
                    {"mlm_buyer_id": buyer.id, "mlm_distributor_id": credited.id}
                )
            if move.mlm_distributor_id:
                move.invoice_line_ids._mlm_freeze()

    # -- capture ---------------------------------------------------------

    def _mlm_capture(self):
        """Append what the ledger lacks for this invoice and its credit notes.

        Idempotent: inserts *target − Σ ledger* per line. Two transactions that
        see the same state insert the same ``entry_no``, and the second fails on
        the unique constraint and is tried again.

        :return: a day ahead of the cycles for which some of it waits, or False
        """
        self.ensure_one()
        sales, notes, withdrawn = self._mlm_documents()
        waits = [move._mlm_insert({}) for move in sales | withdrawn]
        taken = sales._mlm_taken(notes)
        waits += [note._mlm_insert(taken) for note in notes]
        return min(filter(None, waits), default=False)

    def _mlm_insert(self, taken):
        """Insert what the ledger lacks for the lines of this document.

        :param taken: what lines of credit notes take, see ``_mlm_taken``
        :return: the day of the document if it is ahead of the cycles, or False
        """
        rows, waits, ahead = [], False, None
        held = self._mlm_held()
        for line in self._mlm_lines(held, taken):
            groups = held.get(line.id, [])
            target = self._mlm_line_target(line, bool(groups), taken)
            if any(target.values()) and not _holds(groups):
                if ahead is None:
                    ahead = self._mlm_waits()
                if ahead:
                    waits = self._mlm_sale_date()
                    continue
            rows += self._mlm_rows(line, groups, target)
        # sudo: the ledger is written by its own steps only; queue and button lead here
        self.env["mlm.volume.entry"].sudo()._insert_rows(rows)
        return waits

    def _mlm_waits(self):
        """Whether the document is dated ahead of the cycles (RULES 47)."""
        # sudo: cycles are made up to the next one, whoever looks
        periods = self.env["mlm.period"].sudo()
        return periods._waits(self.company_id.mlm_network_id, self._mlm_sale_date())

    def _mlm_lines(self, held, taken):
        return self.invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and (line.mlm_frozen or line.id in held or line in taken)
            )
        )

    def _mlm_held(self):
        """What the ledger holds: ``{line id: [{who and what, measure: sum, rows, first}]}``."""
        names = ("move_line_id", *WHO_AND_WHAT)
        self.env.cr.execute(
            SQL(
                """
                SELECT %(names)s, count(*), min(id),
                       sum(pv_e4)::bigint, sum(cv_e4)::bigint,
                       sum(retail_e4)::bigint, sum(package_qty)::bigint
                  FROM mlm_volume_entry
                 WHERE move_line_id = ANY(%(lines)s)
                 GROUP BY %(names)s
                 ORDER BY min(id)
                """,
                names=SQL(", ").join(map(SQL.identifier, names)),
                lines=self.invoice_line_ids.ids,
            )
        )
        held = {}
        for row in self.env.cr.fetchall():
            found = dict(zip((*names, "rows", "first", *MEASURES), row, strict=True))
            held.setdefault(found["move_line_id"], []).append(found)
        return held

    def _mlm_rows(self, line, held, target):
        """Rows that bring the ledger from ``held`` to the ``target`` of the line.

        Where somebody else is credited now, or another product was invoiced, what
        was held is taken back and the sale counts anew.
        """
        now = {
            "distributor_id": self.mlm_distributor_id.id or None,
            "buyer_id": self.mlm_buyer_id.id or None,
            "product_id": line.product_id.id or None,
            "package_id": line.mlm_package_id.id or None,
            "package_from_id": line.mlm_package_from_id.id or None,
        }
        number = sum(group["rows"] for group in held)
        rows, same = [], None
        for group in held:
            who = {name: group[name] for name in WHO_AND_WHAT}
            if who == now:
                same = group
                continue
            taken = {name: -group[name] for name in MEASURES}
            if any(taken.values()):
                rows.append({**self._mlm_row(line, who, group), **taken})
        delta = {name: target[name] - (same[name] if same else 0) for name in MEASURES}
        if any(delta.values()):
            rows.append({**self._mlm_row(line, now, same), **delta})
        for offset, row in enumerate(rows):
            row["entry_no"] = number + offset
        return rows

    def _mlm_row(self, line, who, held):
        """Values of a new row but its figures; ``held`` is what it corrects, if any."""
        # sudo: rows, people and cycles that follow from the document, whoever posts it
        entries = self.env["mlm.volume.entry"].sudo()
        distributor = self.env["mlm.distributor"].sudo().browse(who["distributor_id"])
        first = entries.browse(held["first"]) if held else entries
        origin = first or self._mlm_refund_origin(line, distributor)
        # sudo: as above
        periods = self.env["mlm.period"].sudo()
        network = self.company_id.mlm_network_id
        if held and _holds([held]):
            # A correction stays in the original's cycle while that one accepts
            # rows: the two net to nothing.
            moment = fields.Datetime.now()
            date = first.period_id.date_start
            if first.period_id.state not in ("open", "grace"):
                date = periods._local_date(network, moment)
        else:
            date = self._mlm_sale_date()
            moment = self._mlm_sale_moment(date)
        # What is taken back leaves the place it went to, also where there was none.
        position = (
            origin.position_id
            if origin
            else distributor._mlm_position_at(self._mlm_placed_by(date))
        )
        return {
            **who,
            "company_id": self.company_id.id,
            "period_id": periods._accepting(network, date).id,
            "position_id": position.id or None,
            "kind": "refund" if self.move_type == "out_refund" else "change" if held else "sale",
            "move_line_id": line.id,
            "origin_id": origin.id or None,
            "point_e6": origin.point_e6 or None if origin else self.company_id._mlm_point_e6(date),
            "moment": moment,
        }

    def _mlm_line_target(self, line, known, taken):
        """Target of one line: zero unless the company's rule is met."""
        zero = dict.fromkeys(MEASURES, 0)
        if self.state != "posted" or not self.mlm_distributor_id:
            return zero
        if line in taken:
            return {name: -value for name, value in taken[line].items()}
        if self.move_type == "out_refund":
            if self._mlm_is_reversed() or self._mlm_credited_sales():
                return zero
        elif self.reversed_entry_id and self.reversed_entry_id._mlm_is_reversed():
            return zero  # the credit note that it takes back takes nothing any more
        buyer = self.mlm_buyer_id or self.mlm_distributor_id
        if not known and buyer.state != "active":
            return zero  # terminated and suspended people create no volume
        if self.move_type == "out_refund":
            return line._mlm_target()
        return line._mlm_target() if self._mlm_counts() else zero

    def _mlm_counts(self):
        """Whether the company's rule says that this invoice's volume exists."""
        self.ensure_one()
        if self.state != "posted":
            return False
        if self.company_id.mlm_volume_rule == "invoiced":
            return True
        paid = all(move._mlm_is_settled() for move in self + self._mlm_down_payments())
        return paid and bool(self._mlm_payment_lines())

    def _mlm_sale_date(self):
        """Date at which the volume exists: bank value date, or invoice date.

        Who paid before being enrolled has the volume from that day on: no run knows
        them earlier.
        """
        if self.move_type != "out_invoice":
            return self.invoice_date or self.date
        dates = []
        if self.company_id.mlm_volume_rule == "paid":
            dates = [line._mlm_payment_date() for line in self._mlm_payment_lines()]
        dates = dates or [self.invoice_date or self.date]
        return max(dates + (self.mlm_distributor_id + self.mlm_buyer_id).mapped("join_date"))

    def _mlm_placed_by(self, date):
        """Moment (naive UTC) until which a placement counts for a sale of ``date``.

        The end of the day: a payment does not know its hour.
        """
        tomorrow = date + timedelta(days=1)
        start = self.env["mlm.period"]._local_start(self.company_id.mlm_network_id, tomorrow)
        return start - timedelta(seconds=1)

    def _mlm_sale_moment(self, date):
        """Moment (naive UTC) of a sale of ``date``: a payment knows its day only."""
        return self.env["mlm.period"]._local_noon(self.company_id.mlm_network_id, date)

    def _mlm_refund_origin(self, line, distributor):
        """Ledger row that a credit note line takes back, if it can be told."""
        sales = self._mlm_credited_sales()
        lines = line._mlm_credited_lines(sales) or sales.invoice_line_ids
        # sudo: which row it takes back is the ledger's to say, whoever posts the credit note
        rows = (
            self.env["mlm.volume.entry"]
            .sudo()
            .search(
                [("move_line_id", "in", lines.ids), ("distributor_id", "=", distributor.id)],
                order="id",
            )
        )
        order = {line.id: index for index, line in enumerate(lines)}
        return rows.sorted(lambda row: (order[row.move_line_id.id], row.id))[:1]

    def _mlm_reversed_line(self, line):
        """Line of the invoice that ``line`` of this credit note stands for."""
        return line._mlm_credited_lines(self._mlm_credited_sales())[:1]

    def action_mlm_capture(self):
        """Button: compare with the ledger now."""
        self.check_access("write")
        # sudo: the right to write was checked; what the ledger gets follows from the document
        for move in self.sudo():
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
