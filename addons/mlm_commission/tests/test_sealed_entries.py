# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .sealed_common import KEYS, STAYS, SealedCommon


@tagged("post_install", "-at_install")
class TestSealedEntries(SealedCommon):
    """Nobody rewrites what a run posted, and people read why."""

    # -- by the accountant ---------------------------------------------------

    def _move_attacks(self):
        other = self.env["account.journal"].create(
            {"name": "Other", "code": "OTH", "type": "general"}
        )
        return [
            {"state": "cancel"},
            {"state": "draft"},
            {"name": "COM/924/0099"},
            {"ref": "another"},
            {"date": "2026-09-30"},
            {"journal_id": other.id, "name": "/"},
            {"partner_id": self.stranger.id},
            {"move_type": "out_invoice"},
            {"currency_id": self.env.ref("base.CHF").id},
            {"line_ids": [Command.update(self.owed.id, {"partner_id": self.stranger.id})]},
            {"line_ids": [Command.update(self.owed.id, {"credit": 1})]},
            {"line_ids": [Command.delete(self.owed.id)]},
            {"line_ids": [Command.clear()]},
            {"line_ids": [[2, self.owed.id]]},
            {"line_ids": [[5]]},
            {"invoice_line_ids": [Command.create({"name": "x", "account_id": self.payable.id})]},
            {"state": "cancel", "payment_state": "paid"},
        ]

    def _line_attacks(self):
        return [
            {"partner_id": self.stranger.id},
            {"partner_id": False},
            {"account_id": self.withheld.id},
            {"name": "another"},
            {"date_maturity": "2030-01-01"},
            {"debit": 0, "credit": 1},
            {"balance": -1},
            {"amount_currency": -1},
            {"currency_id": self.env.ref("base.CHF").id},
            {"tax_base_amount": 5},
            {"tax_ids": [Command.set(self.tax.ids)]},
            {"tax_line_id": self.tax.id},
            {"tax_repartition_line_id": self.tax.refund_repartition_line_ids[-1:].id},
            {"parent_state": "cancel"},
            {"move_id": self.move.copy().id},
        ]

    def test_writing_the_entry(self):
        for vals in self._move_attacks():
            with self.subTest(vals=vals):
                self._refused(self.move.write, vals)
                self._refused(self.move.with_context(**KEYS).write, vals)

    def test_writing_its_items(self):
        for vals in self._line_attacks():
            with self.subTest(vals=vals):
                self._refused(self.owed.write, vals)
                self._refused(self.owed.with_context(**KEYS).write, vals)

    def test_calls_from_outside(self):
        """As `/web/dataset/call_kw` and the external API call it, context included."""
        for model, ids, method, args in (
            ("account.move", self.move.ids, "write", [{"state": "cancel"}]),
            ("account.move", self.move.ids, "web_save", [{"state": "cancel"}, {}]),
            ("account.move", self.move.ids, "unlink", []),
            ("account.move", self.move.ids, "button_draft", []),
            ("account.move", self.move.ids, "button_cancel", []),
            ("account.move.line", self.owed.ids, "write", [{"credit": 5}]),
            ("account.move.line", self.owed.ids, "unlink", []),
        ):
            for context in ({}, KEYS):
                with self.subTest(model=model, method=method, context=context):
                    target = self.env[model].with_user(self.users["books"]).sudo(False)
                    self._refused(call_kw, target, method, [ids, *args], {"context": dict(context)})

    def test_deleting_and_adding(self):
        lines = self.env["account.move.line"].with_user(self.users["books"]).sudo(False)
        values = {"account_id": self.payable.id, "name": "x", "move_id": self.move.id}
        for keys in ({}, KEYS):
            self._refused(self.move.with_context(**keys).unlink)
            self._refused(self.owed.with_context(**keys).unlink)
            self._refused(lines.with_context(**keys).create, [values])
            del values["move_id"]
            self._refused(lines.with_context(**keys, default_move_id=self.move.id).create, [values])
            values["move_id"] = self.move.id
        foreign = self.move.copy().line_ids[:1]
        self._refused(foreign.with_context(**KEYS).write, {"move_id": self.move.id})

    def test_import_of_a_file(self):
        for model, record, columns in (
            ("account.move", self.move, {"state": "cancel"}),
            ("account.move", self.move, {"date": "2026-09-30"}),
            ("account.move", self.move, {"line_ids/.id": self.owed.id, "line_ids/credit": "1"}),
            ("account.move.line", self.owed, {"partner_id/.id": str(self.stranger.id)}),
            ("account.move.line", self.owed, {"credit": "1"}),
        ):
            with self.subTest(model=model, columns=columns):
                result = (
                    self.env[model]
                    .with_user(self.users["books"])
                    .sudo(False)
                    .with_context(**KEYS)
                    .load([".id", *columns], [[str(record.id), *map(str, columns.values())]])
                )
                self.assertFalse(result["ids"])
                self.assertRegex(str(result["messages"]), STAYS)
        self.env.invalidate_all()
        self.assertEqual((self.move.state, self.owed.credit), ("posted", 891_000))

    def test_wizards(self):
        books = self.users["books"]
        reversal = (
            self.env["account.move.reversal"]
            .with_user(books)
            .sudo(False)
            .with_context(active_model="account.move", active_ids=self.move.ids)
            .create({"journal_id": self.move.journal_id.id})
        )
        self._refused(reversal.reverse_moves)
        self._refused(reversal.refund_moves)
        self._refused(reversal.modify_moves)
        resequence = (
            self.env["account.resequence.wizard"]
            .with_user(books)
            .sudo(False)
            .with_context(active_model="account.move", active_ids=self.move.ids)
            .create({"ordering": "keep", "first_name": "COM/924/0500"})
        )
        self._refused(resequence.resequence)

    def test_remedy_is_told(self):
        with self.assertRaisesRegex(
            UserError, "Correct the cause .*the next run takes it into account"
        ):
            self.move.button_draft()
        with self.assertRaisesRegex(UserError, "COM/924/0001 .*924.* run"):
            self.move.unlink()

    def test_merge_of_accounts(self):
        """Core writes it by SQL: what would book the sealed items elsewhere is refused."""
        other = self.env["account.account"].create(
            {"code": "233599", "name": "Other", "account_type": "liability_payable"}
        )
        wizard = self.env["account.merge.wizard"].with_user(self.users["books"]).sudo(False)
        self._refused(wizard._action_merge, other + self.payable, words="COM/924/0001, which stays")
        wizard._action_merge((self.payable + other).with_user(self.users["books"]).sudo(False))
        self.assertEqual(self.owed.account_id, self.payable)

    def test_split_of_an_account(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.env.user.company_ids += second
        self.payable.with_company(second).write(
            {"code": "233520", "company_ids": [Command.link(second.id)]}
        )
        self._refused(
            self.payable.with_company(second)._action_unmerge, words="COM/924/0001, which stays"
        )

    # -- contacts ------------------------------------------------------------

    def _merge(self, user, keep, gone):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user).sudo(False)
        wizard._merge((keep + gone).ids, keep)

    def test_merge_of_a_payee(self):
        payee = self.maria.partner_id
        self._refused(
            self._merge,
            self.users["books admin"],
            self.stranger,
            payee,
            words="was paid commissions .COM/924/0001.*Manager",
        )
        self.assertEqual(self.owed.partner_id, payee)
        self._merge(self.users["manager admin"], self.stranger, payee)
        self.env.invalidate_all()
        self.assertEqual(self.move.line_ids.partner_id, self.stranger)
        self.assertEqual(self.maria.partner_id, self.stranger)
        proof = self.env["mlm.contact.merge"].search([])
        self.assertEqual((proof.source_id, proof.target_id), (payee.id, self.stranger.id))
        self.assertEqual(proof.author_id, self.users["manager admin"])
        self.assertEqual(self._broken(), set())
        self.assertEqual(self.env["mlm.law"]._find_in_entries(self.run_), [])

    def test_merge_into_a_payee(self):
        payee = self.maria.partner_id
        self._merge(self.users["books admin"], payee, self.stranger)
        self.assertEqual(self.owed.partner_id, payee)
        self.assertFalse(self.env["mlm.contact.merge"].search_count([]))

    def test_door_of_a_merge_is_narrow(self):
        """It lets one person become another one, and nothing else of the entry change."""
        target = self.env["res.partner"].create({"name": "Target"})
        self.env["mlm.contact.merge"]._open_guard(self.maria.partner_id, target)
        for change in (
            f"partner_id = {self.stranger.id}",
            f"partner_id = {target.id}, credit = 5",
            "credit = 5",
        ):
            self._refused_by_database(
                f"UPDATE account_move_line SET {change} WHERE id = {self.owed.id}"
            )
        self.env.cr.execute(
            f"UPDATE account_move_line SET partner_id = {target.id} WHERE id = {self.owed.id}"
        )
        # the record of a merge that did not happen is found
        self.assertIn("sealed_entries_guarded", self._broken())
        self.assertIn("entries_match_statements", self._broken())

    def test_old_record_of_a_merge_opens_nothing(self):
        self.env.cr.execute(
            """INSERT INTO mlm_contact_merge
                      (company_id, source_id, target_id, transaction, author_id, recorded_at)
               VALUES (%s, %s, %s, txid_current() - 1, 1, now())""",
            [self.company.id, self.maria.partner_id.id, self.stranger.id],
        )
        self._refused_by_database(
            f"UPDATE account_move_line SET partner_id = {self.stranger.id}"
            f" WHERE id = {self.owed.id}"
        )

    # -- who may say that an entry is sealed -----------------------------------

    def test_seal_is_nobodys_to_write(self):
        seal = self.env["mlm.sealed.move"].search([("move_id", "=", self.move.id)])
        self.assertEqual((seal.name, seal.date), (self.move.name, self.move.date))
        draft = self.move.copy()
        values = {
            "move_id": draft.id,
            "company_id": self.company.id,
            "res_model": "mlm.run",
            "res_id": self.run_.id,
            "name": "x",
            "date": "2026-09-04",
            "journal_id": draft.journal_id.id,
        }
        merge = {
            "company_id": self.company.id,
            "source_id": 1,
            "target_id": 2,
            "transaction": 3,
        }
        for role in ("books", "manager", "approver", "auditor"):
            mine = self._as(seal, role)
            with self.subTest(role=role):
                for call in (
                    lambda mine=mine: mine.write({"move_id": draft.id}),
                    mine.unlink,
                    lambda mine=mine: mine.create(values),
                    lambda mine=mine: mine.env["mlm.contact.merge"].create(merge),
                ):
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        call()
        # not by the system either: a seal comes from the work that posts
        with self.assertRaises(AccessError):
            self.env["mlm.sealed.move"].sudo().create(values)
        with self.assertRaises(AccessError):
            self.env["mlm.contact.merge"].sudo().create(merge)
        for statement in (
            "UPDATE mlm_sealed_move SET move_id = move_id + 1",
            "DELETE FROM mlm_sealed_move",
            "TRUNCATE mlm_sealed_move",
            "UPDATE mlm_contact_merge SET transaction = 1 WHERE true",
        ):
            if "contact" in statement:
                self.env["mlm.contact.merge"]._open_guard(self.maria.partner_id, self.stranger)
            self._refused_by_database(statement)

    def test_sealing_again_keeps_the_first_seal(self):
        seals = self.env["mlm.sealed.move"]
        first = seals.search([]).ids
        seals._seal_moves(self.move.sudo(), self.run_)
        self.assertEqual(seals.search([]).ids, first)

    def test_draft_is_not_sealed(self):
        with self.assertRaises(ValueError):
            self.env["mlm.sealed.move"]._seal_moves(self.move.copy().sudo(), self.run_)
