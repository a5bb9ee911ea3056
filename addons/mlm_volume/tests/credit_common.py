from odoo import Command

from .common import VolumeCommon


class CreditCommon(VolumeCommon):
    """Credit notes of a sale (RULES 1 and 43).

    The sale: ten units of 110,900 with 15 PV and 14 CV each, 150 PV and 140 CV.
    """

    def _credit(self, invoice, post=True, day="2026-08-20", **values):
        refund = invoice._reverse_moves([{"invoice_date": day}], cancel=False)
        if values:
            refund.invoice_line_ids.write(values)
        if post:
            refund.action_post()
            self._capture()
        return refund

    def _new_credit(self, invoice, *lines, post=True, **values):
        refund = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": invoice.partner_id.id,
                "invoice_date": "2026-08-20",
                "reversed_entry_id": invoice.id,
                "invoice_line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )
        if post:
            refund.action_post()
            self._capture()
        return refund
