# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal, as_system


class MlmCoExcess(models.Model):
    """The decision of the second person, and what it posts."""

    _inherit = "mlm.co.excess"

    def action_approve(self):
        """Approve and post: by another person than the one who asked."""
        self._lock()
        for excess in self:
            excess._ensure_excess_state("requested")
        self._ensure_second_person()
        # sudo: role, access and second person were checked; the entry is posted by the
        # system's right, whatever the approver's defaults and context say
        as_system(self)._post_refunds(self.env.uid)

    def action_refuse(self):
        self._lock()
        for excess in self:
            excess._ensure_excess_state("requested")
        self._ensure_second_person()
        # sudo: role, access and second person were checked; an approver does not write
        as_internal(self.sudo()).write(
            {"state": "refused", "decided_by_id": self.env.uid, "decided_at": self.env.cr.now()}
        )

    def _post_refunds(self, decider):
        """Post refunds that were approved, an entry for each.

        :param decider: id of the user who approved
        """
        self._ensure_accounts(self.grouped("company_id"))
        self._hold_item()
        for excess in self:
            excess._ensure_refundable()
            [(company, date)] = excess._get_posting_days().items()
            excess._ensure_stated(date)
            excess._ensure_date_allowed({company: date})
            withheld = excess._get_withheld()
            move = excess._create_entry(company, date)
            as_internal(excess).write(
                {
                    "state": "posted",
                    "decided_by_id": decider,
                    "decided_at": self.env.cr.now(),
                    "accounting_date": date,
                    "move_id": move.id,
                    **excess._get_kept(withheld),
                }
            )
            self.env["mlm.sealed.move"]._seal_moves(move, excess)

    def _ensure_stated(self, date):
        """UserError where the request lacks what the norm asks of it (D. 1189/1988 art. 6)."""
        if not self.document and not self.reverses_id:
            raise UserError(
                self.env._(
                    "%s needs the written request of the person: attach it.", self.display_name
                )
            )
        if self.item_id.date.year != date.year and not self.not_claimed:
            raise UserError(
                self.env._(
                    "%(name)s gives back what was withheld in %(year)s: the request has to state"
                    " that it neither was nor will be claimed. Mark that it does.",
                    name=self.display_name,
                    year=self.item_id.date.year,
                )
            )

    def _get_kept(self, withheld):
        """Values that tell of what it was withheld, as a deduction does."""
        codes = {"income": "renta", "vat": "reteiva", "ica": "reteica"}
        document = [
            ("move_id", "=", self.item_id.move_id.id),
            ("distributor_id", "=", self.distributor_id.id),
        ]
        found = self.env["mlm.statement"].search(document, limit=1) or self.env[
            "mlm.adjustment"
        ].search(document, limit=1)
        person = withheld.partner_id
        return {
            "code": codes[withheld.kind],
            # documents from before this add-on knew the law have none
            "tax_number": found.tax_number or person._mlm_tax_number()[person.id],
            "basis": withheld.basis,
        }

    def _create_entry(self, company, date):
        item, label = self.item_id, f"{self.display_name} · {self.item_id.move_id.name}"
        values = {
            "tax_repartition_line_id": item.tax_repartition_line_id.id,
            "tax_base_amount": 0,
            "display_type": "tax",
        }
        items = [
            (self.amount_e4, item.account_id.id, label, item.partner_id, values),
            (
                -self.amount_e4,
                company.mlm_payable_account_id.id,
                label,
                item.partner_id,
                {"date_maturity": date},
            ),
        ]
        return self._post_entry(company, date, label, items, f"EXC/{date.year}/{self.id:06d}")

    def _get_needed_accounts(self, company, paid):
        return ["mlm_journal_id", "mlm_payable_account_id"]
