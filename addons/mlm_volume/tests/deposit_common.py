import base64

from odoo.tests import new_test_user

from .common import VolumeCommon


class DepositCommon(VolumeCommon):
    """A box costs 110,900; cycle 924 ends on Sunday, 23 August 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank.mlm_deposits = True
        cls.clerk = new_test_user(
            cls.env,
            "deposit_clerk",
            groups="mlm_base.group_support,account.group_account_invoice",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def _line(self, reference, amount=110_900, day="2026-08-24", **values):
        """Deposit of a line of the bank's statement."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": day,
                "payment_ref": reference,
                "amount": amount,
                **values,
            }
        )
        return self._as_clerk(self.env["mlm.deposit"].search([("statement_line_id", "=", line.id)]))

    def _as_clerk(self, record):
        return record.with_user(self.clerk).sudo(False)

    def _open_invoice(self, person=None):
        return self._invoice(self._order(person or self.juan))

    def _read(self, text):
        wizard = self._as_clerk(self.env["mlm.deposit.import"]).create(
            {"journal_id": self.bank.id, "file": base64.b64encode(text.encode())}
        )
        wizard.action_import()
        return self._as_clerk(self.env["mlm.deposit"]).search([("source", "=", "file")])
