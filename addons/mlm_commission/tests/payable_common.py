from odoo.fields import Command
from odoo.tests import new_test_user

from .common import CommissionCommon


class PayableCommon(CommissionCommon):
    """A posted run that owes MARÍA 891,000; an accountant and an auditor with the rights of
    their role and no others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        case._balanced_sales(left=2, right=2)
        cls.maria.partner_id.vat = "1020304050"
        cls.run_ = case._posted()
        cls.move = cls.run_.chunk_ids.move_id
        cls.owed = cls.move.line_ids.filtered(lambda item: item.account_id == cls.payable)
        cls.other_account = cls.payable.copy({"code": "233525", "name": "Other payables"})

    @classmethod
    def _stranger(cls, role):
        """Somebody of ``role`` in a company of another network."""
        company = cls.env["res.company"].create({"name": "Other"})
        cls.users["stranger"] = new_test_user(
            cls.env,
            "payable stranger",
            groups=f"base.group_user,mlm_base.group_{role}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        return company

    def _item(self, amount, partner=None, account=None, day="2026-09-10", due=False, post=True):
        """The item of a new entry on the account that is owed on; above zero: debit."""
        partner = self.maria.partner_id if partner is None else partner
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": (account or self.payable).id,
                            "partner_id": partner.id,
                            "name": "Transfer",
                            "date_maturity": due,
                            "balance": amount,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company_data["default_account_assets"].id,
                            "balance": -amount,
                        }
                    ),
                ],
            }
        )
        if post:
            move.action_post()
        return move.line_ids[0]
