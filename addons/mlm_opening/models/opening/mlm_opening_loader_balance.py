# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.importing.headings import Headings
from odoo.addons.mlm_base.internal import as_internal, as_system

HEADINGS = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code"),
        "amount": ("saldo", "balance", "valor", "amount"),
        "due": ("fecha de vencimiento", "due on", "vence el", "due date"),
        "reference": ("referencia", "reference", "concepto", "detalle"),
    },
    ("code", "amount"),
)


class MlmOpeningLoaderBalance(models.AbstractModel):
    """What the company still owes to people, or they to it (below zero).

    Each line becomes one item of the commissions payable account, against the opening
    account; taking it back reverses the entries.
    """

    _name = "mlm.opening.loader.balance"
    _description = "Opening: Open Balances"
    _inherit = ["mlm.opening.loader", "mlm.posting"]

    _headings = HEADINGS
    _figures = ("amount",)

    def _get_example(self):
        return {
            "code": "10001",
            "amount": "185000",
            "due": "2026-08-28",
            "reference": "Ciclo 923",
        }

    def _get_blocker(self, record):
        # sudo: only which settings are missing is told; who imports need not read accounts
        company = record.company_id.sudo()
        missing = [
            label
            for label, value in (
                (self.env._("Commission journal"), company.mlm_journal_id),
                (self.env._("Commissions payable account"), company.mlm_payable_account_id),
                (self.env._("Opening Account"), record.sudo().balance_account_id),
                (self.env._("Balance Date"), record.balance_date),
            )
            if not value
        ]
        if missing:
            return self.env._("Open balances need these settings first: %s.", ", ".join(missing))
        return super()._get_blocker(record)

    def _examine(self, job, lines):
        members = job.members(lines)
        unit = job.company.currency_id.decimal_places
        rows, seen = [], {}
        for line, cells in lines:
            code = job.text(line, cells, "code")
            amount_e4 = job.number(line, cells, "amount", required=True, negative=True)
            due = job.day(line, cells, "due", future=True)
            reference = job.text(line, cells, "reference")
            if amount_e4 % 10 ** max(4 - unit, 0):
                job.add(
                    line,
                    "amount",
                    cells["amount"],
                    self.env._(
                        "The currency has %s decimals. Round the balance in the old system.", unit
                    ),
                )
            if code not in members:
                continue
            shown = " / ".join(filter(None, (code, reference)))
            job.once(seen, line, "code", (code, reference, due), shown)
            if amount_e4:
                rows.append(
                    {
                        "distributor_id": members[code],
                        "code": code,
                        "amount_e4": amount_e4,
                        "due": due,
                        "reference": reference,
                    }
                )
        return rows

    def _store(self, record, file, rows, tell):
        # sudo: the manager brings the balances; the entries are the system's, like those
        # of a posted run
        company = record.company_id.sudo()
        moves = self.env["account.move"].sudo()
        size = max(1, company.mlm_chunk_size)
        for start in range(0, len(rows), size):
            tell(start)
            moves += self._create_move(record, company, rows[start : start + size])
            self.env.flush_all()
        self.env["mlm.sealed.move"]._seal_moves(moves, record)
        # sudo: as above, which entries these are is kept by the work only
        as_internal(record.sudo()).write({"move_ids": [Command.set(moves.ids)]})

    def _create_move(self, record, company, rows):
        # sudo: people of the rows, which the check found in the company of the import
        holders = (
            self.env["mlm.distributor"]
            .sudo()
            .browse([row["distributor_id"] for row in rows])
            .grouped("id")
        )
        items = [
            (
                -row["amount_e4"],
                company.mlm_payable_account_id.id,
                f"{row['code']} · {row['reference'] or record.name}",
                holders[row["distributor_id"]].partner_id,
                {"date_maturity": row["due"] or record.balance_date},
            )
            for row in rows
        ]
        # sudo: whoever imports need not read accounts; `_get_blocker` saw that there is one
        other = record.sudo().balance_account_id
        total_e4 = sum(row["amount_e4"] for row in rows)
        items.append((total_e4, other.id, record.name, None, {}))
        # the checks of the import stand for the right to post
        return self._post_entry(company, record.balance_date, record.name, items)

    def _remove(self, record, file):
        # sudo: the work checked the right to write the import, of which these are the entries
        moves = as_system(record).move_ids
        paid = moves.line_ids.filtered(
            lambda line: line.matched_debit_ids | line.matched_credit_ids
        )
        if paid:
            raise UserError(
                self.env._(
                    "Balances of %s have already been paid or reconciled. Undo that first.",
                    ", ".join(paid.partner_id[:3].mapped("display_name")),
                )
            )
        taken = moves._reverse_moves(
            [{"date": move.date, "ref": self.env._("Undone: %s", move.ref)} for move in moves],
            cancel=True,
        )
        self.env["mlm.sealed.move"]._seal_moves(taken, record)
