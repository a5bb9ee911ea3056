# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import re
from collections import Counter
from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.importing import headings, values
from odoo.addons.mlm_base.internal import as_internal

#: columns of a file of a gateway or collector: (Spanish, English, more names)
COLUMNS = headings.Headings(
    {
        "day": ("fecha", "date", "fecha de pago", "fecha de transacción", "transaction date"),
        "time": ("hora", "time", "hora de transacción"),
        "amount": ("valor", "amount", "monto", "valor pagado", "value"),
        "reference": ("referencia", "reference", "referencia 1", "factura", "pedido", "order"),
        "payer": ("pagador", "payer", "nombre", "cliente", "name"),
        "number": ("transacción", "transaction", "número de transacción", "autorización", "id"),
    },
    required=("day", "amount", "reference"),
)
_TIME = re.compile(
    r"(?:^|\s|T)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s*([ap])\.?\s*m)?", re.IGNORECASE
)
#: so many bad lines are named
NAMED = 10


class MlmDepositImport(models.TransientModel):
    """A file of a payment gateway or collector read into deposits to identify.

    A line that was read before is left out, so that overlapping files do no harm. A file with
    one bad line is refused whole, and the lines are named.
    """

    _name = "mlm.deposit.import"
    _description = "Import of Deposits"

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    journal_id = fields.Many2one(
        "account.journal",
        string="Paid into",
        required=True,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
        default=lambda self: self._get_only_journal(),
    )
    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    def _get_only_journal(self):
        """Return the journal on which buyers pay, empty where there are several."""
        found = self.env["account.journal"].search(
            [("mlm_deposits", "=", True), ("company_id", "=", self.env.company.id)], limit=2
        )
        return found if len(found) == 1 else found.browse()

    def action_import(self):
        """Read the file; open what is to identify."""
        self.ensure_one()
        self.env["mlm.deposit"].check_access("write")
        reading = self.env["mlm.file.import"]
        rows = reading._read_table(reading._decode_file(self.file), COLUMNS)
        found, problems, seen = [], [], Counter()
        for number, row in rows:
            try:
                found.append(self._read_row(row, seen))
            except ValueError as error:
                problems.append(self.env._("Line %(line)s: %(why)s", line=number, why=error))
        if problems:
            more = "\n…" if len(problems) > NAMED else ""
            raise UserError("\n".join(problems[:NAMED]) + more)
        # sudo: the right to identify deposits was checked
        deposits = self.env["mlm.deposit"].sudo()
        keys = [one["key"] for one in found]
        company = ("company_id", "=", self.journal_id.company_id.id)
        known = set(deposits.search([company, ("key", "in", keys)]).mapped("key"))
        as_internal(deposits).create([one for one in found if one["key"] not in known])
        return self.env["ir.actions.act_window"]._for_xml_id("mlm_volume.action_mlm_deposit")

    def _read_row(self, row, seen):
        """Return the values of a deposit; ValueError says in words what is wrong.

        :param seen: `Counter` of the rows of this file: two alike are two payments, and the same
            two when the file is read again
        """
        day = values.parse_day(row.get("day")) or values.parse_day(
            str(row.get("day") or "").strip()[:10]
        )
        if not day:
            raise ValueError(self.env._("“%s” is not a date.", row.get("day") or ""))
        # sudo: where the network keeps time
        network = self.journal_id.company_id.sudo().mlm_network_id
        if day > self.env["mlm.period"]._today(network):
            raise ValueError(self.env._("“%s” is in the future.", row.get("day")))
        amount = self._read_amount(row.get("amount"))
        if amount <= 0:
            raise ValueError(
                self.env._("“%s” is not an amount above zero.", row.get("amount") or "")
            )
        moment = self._moment(day, row.get("time") or row.get("day"))
        reference = values.parse_identifier(row.get("reference"))
        number = values.parse_identifier(row.get("number"))
        company = self.journal_id.company_id
        payer = str(row.get("payer") or "")
        parts = (self.journal_id.id, day, moment, amount, reference, number, payer)
        seen[parts] += 1
        text = "|".join(map(str, (*parts, seen[parts])))
        return {
            "company_id": company.id,
            "currency_id": (self.journal_id.currency_id or company.currency_id).id,
            "source": "file",
            "journal_id": self.journal_id.id,
            "amount": float(amount),
            "paid_at": moment,
            "paid_on": day,
            "reference": reference,
            "payer": payer,
            "key": hashlib.sha256(text.encode()).hexdigest(),
        }

    def _read_amount(self, cell):
        """Return an exact amount, 0 where the cell holds none."""
        try:
            return from_e4(values.parse_e4(cell))
        except values.Ambiguous:
            # no money has three decimals: 119.900 is thousands, whoever wrote it
            return from_e4(values.parse_e4(re.sub(r"[.,]", "", str(cell))))
        except ValueError:
            return 0

    def _moment(self, day, cell):
        """Return the moment (naive UTC) of a time of that day where the network is, or False."""
        if isinstance(cell, datetime):
            cell = cell.time()
        if isinstance(cell, time):
            clock = cell
        elif match := _TIME.search(str(cell or "")):
            *digits, half = match.groups()
            hour, minute, second = (int(part or 0) for part in digits)
            if half and 1 <= hour <= 12:
                hour = hour % 12 + (12 if half.lower() == "p" else 0)
            try:
                clock = time(hour, minute, second)
            except ValueError:
                raise ValueError(self.env._("“%s” is not a time.", cell)) from None
        else:
            return False
        # sudo: where the network keeps time
        zone = ZoneInfo(self.journal_id.company_id.sudo().mlm_network_id.tz)
        local = datetime.combine(day, clock, zone)
        return local.astimezone(timezone.utc).replace(tzinfo=None)
