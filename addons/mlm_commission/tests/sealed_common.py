# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


import psycopg2

from odoo.exceptions import UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import CommissionCommon

STAYS = "COM/924/0001 belongs to .*run .* stays as it was posted"
# Whoever calls from outside may send these; they open core's own guards.
KEYS = {
    "skip_readonly_check": True,
    "force_delete": True,
    "dynamic_unlink": True,
    "skip_invoice_sync": True,
    "skip_account_move_synchronization": True,
    "check_move_validity": False,
    "tracking_disable": True,
    "bypass_lock_check": True,
}


class SealedCommon(CommissionCommon):
    """MARÍA is owed 891,000 of 990,000 by a posted run; an accountant with every right
    that accounting gives, who may edit contacts as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, groups in (
            ("books", "mlm_base.group_accountant,account.group_account_manager"),
            # core lets those merge contacts who give access rights
            (
                "books admin",
                "mlm_base.group_accountant,account.group_account_manager,base.group_erp_manager",
            ),
            (
                "manager admin",
                "mlm_base.group_manager,account.group_account_readonly,base.group_erp_manager",
            ),
        ):
            cls.users[name] = new_test_user(
                cls.env,
                f"commission {name}",
                groups=f"base.group_user,base.group_partner_manager,{groups}",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
                lang="en_US",
            )
        case = cls()
        case._balanced_sales(left=2, right=2)
        cls.run_ = case._posted()
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger"})

    def setUp(self):
        super().setUp()
        self.move = self._as(self.run_.chunk_ids.move_id, "books")
        self.owed = self._line(self.payable)
        self.env.flush_all()

    def _refused(self, call, *args, words=STAYS, **kwargs):
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            call(*args, **kwargs)
            self.env.flush_all()
        self.env.invalidate_all()

    def _line(self, account):
        return self.move.line_ids.filtered(lambda line: line.account_id == account)

    def _broken(self):
        return {one["law"] for one in self.env["mlm.law"]._check_all()}

    def _refused_by_database(self, statement):
        self.env.flush_all()
        with (
            self.subTest(statement),
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.RestrictViolation) as caught,
            self.env.cr.savepoint(flush=False),
        ):
            self.env.cr.execute(statement)
        return caught.exception
