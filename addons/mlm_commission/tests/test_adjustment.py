from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

import psycopg2
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


class TestAdjustment(CommissionCommon):
    """An amount outside the plan, asked for by one person and posted by another (RULES 51)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delivered = cls.env["account.account"].create(
            {"code": "143599", "name": "Prizes delivered", "account_type": "asset_current"}
        )

    def _ask(self, amount=100_000, distributor=None, role="manager", **values):
        asked = self._as(self.env["mlm.adjustment"], role).create(
            {
                "distributor_id": (distributor or self.juan).id,
                "amount_input": amount,
                "reason": "A bonus that the import forgot",
                **values,
            }
        )
        if values.get("accounting_date"):
            # asked for then, whatever day it is here
            as_internal(asked).write({"requested_at": values["accounting_date"]})
        return asked.with_env(self.env)

    def _approve(self, adjustments, role="approver"):
        self._as(adjustments, role).action_approve()
        self.env.invalidate_all()

    def _booked(self, move):
        """``{(contact, account): balance}`` of an entry."""
        found = {}
        for line in move.line_ids:
            key = (line.partner_id, line.account_id)
            found[key] = found.get(key, 0) + line.balance
        return found

    @contextmanager
    def _refused_twice(self):
        """The database refuses a second one."""
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            yield
            self.env.flush_all()

    def test_second_person_posts_it(self):
        asked = self._ask()
        self.assertEqual((asked.state, asked.amount_e4), ("requested", 1_000_000_000))
        self.assertFalse(asked.move_id)
        self._approve(asked)
        person = self.juan.partner_id
        self.assertEqual(
            (asked.state, asked.deducted, asked.net, asked.partner_id),
            ("posted", 10_000, 90_000, person),
        )
        self.assertEqual(
            self._booked(asked.move_id),
            {
                (person, self.expense): 100_000,
                (person, self.withheld): -10_000,
                (person, self.payable): -90_000,
            },
        )
        self.assertEqual(asked.decided_by_id, self.users["approver"])
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_nobody_decides_alone(self):
        asked = self._ask(role="second manager")
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._approve(asked, "second manager")
        with self.assertRaises(AccessError):
            self._approve(asked, "manager")
        # whoever changes it asks for it
        theirs = self._ask()
        self._as(theirs, "second manager").amount_input = 900_000
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._approve(theirs, "second manager")
        # and whoever asked first, after another has changed a word
        asked = self._ask(role="second manager")
        self._as(asked, "manager").reason = "Another word"
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._approve(asked, "second manager")
        # and whoever changed it, after a third one has
        asked = self._ask()
        self._as(asked, "second manager").amount_input = 900_000
        self._as(asked, "manager").reason = "Another word"
        with self.assertRaisesRegex(UserError, "Somebody else"):
            self._approve(asked, "second manager")
        for role in ("support", "approver", "accountant", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._ask(role=role)

    def test_nobody_decides_on_the_own_amount(self):
        """An approver who is a distributor, too, or co-holds the membership."""
        asked = self._ask()
        approver = self.users["approver"]
        approver.partner_id = self.juan.partner_id
        today = self._as(self.env["mlm.today"], "approver")
        waiting = self.env["mlm.adjustment"].search(today._not_asked_by_me())
        self.assertNotIn(asked, waiting)
        for step in ("action_approve", "action_refuse"):
            with self.assertRaisesRegex(UserError, "about you"):
                getattr(self._as(asked, "approver"), step)()
        asked = self._ask(distributor=self.yenny)
        self._approve(asked)
        self.assertEqual(asked.state, "posted")

    def test_chatter_tells_a_corrected_amount_of_any_size(self):
        asked = self._as(self._ask(), "manager").with_context(
            tracking_disable=False, mail_notrack=False
        )
        for amount in (100_000, 900_000):
            asked.amount_input = amount
            self.env.flush_all()
            self.env.cr.precommit.run()
        told = self.env["mail.tracking.value"].search(
            [("field_id.name", "=", "amount_input"), ("mail_message_id.res_id", "=", asked.id)]
        )
        self.assertEqual((told.old_value_float, told.new_value_float), (100_000, 900_000))

    def test_steps_are_taken_by_their_buttons(self):
        asked = self._as(self._ask(), "manager")
        for values in ({"state": "posted"}, {"net_e4": 1}, {"requested_by_id": 1}):
            with self.subTest(values), self.assertRaises(AccessError):
                asked.write(values)
        self._approve(asked)
        for values in ({"amount_input": 5}, {"reason": "Another"}, {"distributor_id": 1}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "posted"):
                asked.write(values)
        with self.assertRaisesRegex(UserError, "posted"):
            asked.unlink()

    def test_approved_once(self):
        asked = self._ask()
        self._approve(asked)
        with self.assertRaisesRegex(UserError, "posted"):
            self._approve(asked)
        self.assertEqual(self.env["account.move"].search_count([("name", "like", "ADJ/")]), 1)

    def _shown(self, adjustments):
        """What the screen of the approver shows of them now, as its buttons bring it."""
        seen = self._as(adjustments, "approver").web_read({"seen": {}})
        return {"mlm_seen": [[one["id"], one["seen"]] for one in seen]}

    def test_what_was_changed_since_it_was_shown_is_looked_at_again(self):
        asked = self._ask() + self._ask(5_000)
        shown = self._shown(asked)
        self.env.flush_all()
        # another transaction, however soon it follows
        later = self.env.cr.now() + timedelta(microseconds=1)
        with patch.object(self.env.cr, "_now", later):
            self._as(asked[1], "manager").amount_input = 900_000
            self.env.flush_all()
        self.env.invalidate_all()
        approver = self._as(asked, "approver").with_context(**shown)
        for step in (approver.action_approve, approver.action_refuse):
            with (
                self.subTest(step.__name__),
                self.assertRaisesRegex(
                    UserError, f"does not show {asked[1].display_name} as it is now"
                ),
            ):
                step()
        self.assertEqual(asked.mapped("state"), ["requested"] * 2)
        # all that was chosen and is not on the page was not seen
        with self.assertRaisesRegex(UserError, "as it is now"):
            approver.with_context(**self._shown(asked[0])).action_approve()
        approver.with_context(**self._shown(asked)).action_approve()
        self.assertEqual(asked.mapped("state"), ["posted"] * 2)

    def test_buttons_bring_what_the_screen_shows(self):
        adjustments = self._as(self.env["mlm.adjustment"], "approver")
        for model in (adjustments, adjustments.env["mlm.rank.override"]):
            views = model.get_views([(False, "list"), (False, "form")])["views"]
            form = etree.fromstring(views["form"]["arch"])
            for step in ("action_approve", "action_refuse"):
                [button] = form.xpath(f"//button[@name='{step}']")
                self.assertEqual(button.get("context"), "{'mlm_seen': [[id, seen]]}")
            self.assertTrue(form.xpath("//field[@name='seen']"))
            rows = etree.fromstring(views["list"]["arch"])
            if rows.xpath("//header/button"):
                self.assertEqual(rows.get("js_class"), "mlm_seen_list")
                self.assertTrue(rows.xpath("field[@name='seen']"))

    def test_refused_and_withdrawn_post_nothing(self):
        refused, withdrawn = self._ask(), self._ask()
        self._as(refused, "approver").action_refuse()
        self._as(withdrawn, "manager").action_withdraw()
        self.assertEqual((refused.state, withdrawn.state), ("refused", "withdrawn"))
        with self.assertRaisesRegex(UserError, "Refused"):
            self._approve(refused)
        self.assertFalse((refused + withdrawn).move_id)

    def test_one_for_each_person_and_origin(self):
        values = {
            "network_id": self.network.id,
            "distributor_id": self.juan.id,
            "kind": "prize",
            "amount_e4": 1_000_000,
            "reason": "Won",
            "origin_model": "mlm.period",
            "origin_id": self.cycle[924].id,
        }
        adjustments = self.env["mlm.adjustment"]
        first = as_internal(adjustments).create(values)
        with self._refused_twice():
            as_internal(adjustments).create(values)
        # what was withdrawn stands in nobody's way
        self._as(first, "manager").action_withdraw()
        self.env.flush_all()
        as_internal(adjustments).create(values)
        self.env.flush_all()

    def test_goods_are_taxed_and_not_paid(self):
        asked = self._ask(kind="prize", given_as="trip")
        with self.assertRaisesRegex(UserError, "has no prizes in kind account. Set it in "):
            self._approve(asked)
        self.company.mlm_in_kind_account_id = self.delivered
        self._approve(asked)
        person = self.juan.partner_id
        # nothing in cash covers the withholding: the person owes it
        self.assertEqual(asked.net, -10_000)
        self.assertEqual(
            self._booked(asked.move_id),
            {
                (person, self.expense): 100_000,
                (person, self.withheld): -10_000,
                (person, self.delivered): -100_000,
                (person, self.payable): 10_000,
            },
        )
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_company_assumes_the_tax_of_goods(self):
        """RULES 59: nothing is paid in cash, and nothing is owed; taken back, all is."""
        self.company.mlm_in_kind_account_id = self.delivered
        assumed = self.env["account.account"].create(
            {"code": "531520", "name": "Assumed taxes", "account_type": "expense"}
        )
        self.company.mlm_assumed_account_id = assumed
        asked = self._ask(kind="prize", given_as="goods")
        self._approve(asked)
        person = self.juan.partner_id
        self.assertEqual((asked.deducted, asked.net), (100_000, 0))
        booked = {
            (person, self.expense): 100_000,
            (person, self.withheld): -10_000,
            (person, self.delivered): -100_000,
            (person, assumed): 10_000,
        }
        self.assertEqual(self._booked(asked.move_id), booked)
        back = self._take_back(asked)
        self.assertEqual(
            self._booked(back.move_id), {key: -balance for key, balance in booked.items()}
        )
        self.assertFalse(self.env["mlm.law"]._check_all())

    def _take_back(self, asked):
        back = self._as(asked, "manager").action_take_back()["res_id"]
        back = self.env["mlm.adjustment"].browse(back)
        self._approve(back)
        return back

    def test_taken_back_from_whoever_got_it(self):
        """The membership has another holder since."""
        asked = self._ask()
        self._approve(asked)
        before = self.juan.partner_id
        heir = self.env["res.partner"].create({"name": "Heir", "vat": "52900111"})
        self.juan._transfer(heir, "Sold", self.env.cr.now())
        self.assertNotEqual(self.juan.partner_id, before)
        back, new = self._take_back(asked), self._ask()
        self._approve(new)
        self.assertEqual(back.partner_id, before)
        self.assertEqual(new.partner_id, self.juan.partner_id)
        self.assertEqual((asked + back).move_id.line_ids.partner_id, before)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_below_zero_lowers_no_base(self):
        """RULES 67: what cannot be reversed with its withholding is taken whole."""
        asked = self._ask(-30_000)
        self._approve(asked)
        self.assertEqual((asked.deducted, asked.net), (0, -30_000))
        self.assertFalse(asked.deduction_ids)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_taken_back_to_the_peso(self):
        """The rate of withholding has changed since: the original one is taken back."""
        asked = self._ask(100_005)
        self._approve(asked)
        self.tax.amount = -20
        back = self.env["mlm.adjustment"].browse(
            self._as(asked, "manager").action_take_back()["res_id"]
        )
        with self._refused_twice():
            self._as(asked, "manager").action_take_back()
        with self.assertRaisesRegex(UserError, "Withdraw it there"):
            self._as(back, "manager").kind = "prize"
        self._approve(back)
        self.assertFalse(asked.can_be_taken_back)
        with self.assertRaisesRegex(UserError, "Nothing of .* is left"):
            self._as(asked, "manager").action_take_back()
        self.assertEqual((back.amount_e4, back.net_e4), (-asked.amount_e4, -asked.net_e4))
        total = {}
        for move in (asked + back).move_id:
            for key, balance in self._booked(move).items():
                total[key] = total.get(key, 0) + balance
        self.assertEqual(set(total.values()), {0})
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_parts_sum_to_the_whole(self):
        """RULES 27: thirds that do not divide, each with its share of the withholding."""
        asked = self._ask(100_005)
        self._approve(asked)
        parts = self.env["mlm.adjustment"]
        for amount in (-33_333, -33_339, -33_333):
            self.assertTrue(asked.can_be_taken_back)
            action = self._as(asked, "manager").action_take_back()
            self.assertFalse(asked.can_be_taken_back)
            back = self.env["mlm.adjustment"].browse(action["res_id"])
            self.assertEqual(back.amount_e4, -asked._get_left_e4())
            for wrong in (-100_005.01, 1):
                with self.assertRaisesRegex(UserError, "is left to take back"):
                    self._as(back, "manager").amount_input = wrong
            self._as(back, "manager").amount_input = amount
            self._approve(back)
            parts += back
        self.assertFalse(asked.can_be_taken_back)
        unit = self.company.currency_id.rounding
        for part in parts[:2]:
            off = part.deducted - part.amount / 10
            self.assertLessEqual(abs(off), unit)
        for name in ("amount_e4", "deducted_e4", "net_e4"):
            self.assertEqual(sum(parts.mapped(name)), -asked[name])
        self.assertEqual(sum(parts.deduction_ids.mapped("base_e4")), -asked.amount_e4)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_two_of_one_person_are_two_documents(self):
        """RULES 55: a withholding is rounded for each document."""
        asked = self._ask(105) + self._ask(105)
        self._approve(asked)
        self.assertEqual(len(asked.move_id), 1)
        unit = self.company.currency_id.rounding
        self.assertEqual(asked.mapped("deducted"), [round(10.5 / unit) * unit] * 2)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_locked_day_moves_on(self):
        self.company.fiscalyear_lock_date = date(2026, 8, 31)
        asked = self._ask(accounting_date=date(2026, 8, 20))
        self._approve(asked)
        self.assertEqual(asked.accounting_date, date(2026, 9, 1))
        self.assertEqual(asked.move_id.date, date(2026, 9, 1))

    def test_entry_is_sealed(self):
        asked = self._ask()
        self._approve(asked)
        with self.assertRaisesRegex(UserError, "Take the adjustment back"):
            asked.move_id.button_draft()

    def test_law_finds_another_amount(self):
        asked = self._ask()
        self._approve(asked)
        self.env.cr.execute(
            "UPDATE mlm_adjustment SET amount_e4 = 2 * amount_e4, net_e4 = net_e4 + amount_e4"
            " WHERE id = %s",
            [asked.id],
        )
        found = self.env["mlm.law"]._check_all()
        self.assertIn("adjustments_add_up", str(found))

    def test_statement_of_the_cycle_that_is_not_posted(self):
        """A posted statement never changes: what comes later stands in the next one."""
        self._balanced_sales()
        day = date(2026, 8, 20)
        before = self._ask(distributor=self.maria, accounting_date=day)
        self._approve(before)
        run = self._posted()
        after = self._ask(5_000, distributor=self.maria, accounting_date=day)
        self._approve(after)
        self.assertEqual((before + after).mapped("period_id.number"), [924, 925])
        statement = run._get_statement(self.maria)
        (one,) = statement["adjustments"]
        self.assertEqual((one["gross"], one["net"]), ("100000", "90000"))
        self.assertEqual(one["reason"], "A bonus that the import forgot")
        mine = run.statement_ids.filtered(lambda one: one.distributor_id == self.maria)
        self.assertEqual(mine.adjustment_ids, before)
        self.assertEqual(str(mine.net_e4 / 10_000), str(float(statement["net"])))
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_after_the_approval_of_a_run_it_stands_in_the_next_cycle(self):
        """The limit of cost was looked at without it (RULES 20)."""
        self._balanced_sales()
        run = self._preview(924)
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        asked = self._ask(accounting_date=self.cycle[924].date_end)
        self._approve(asked)
        self.assertEqual(asked.period_id, self.cycle[925])

    def test_company_sees_its_own(self):
        asked = self._ask()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.users["auditor"]
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self._as(self.env["mlm.adjustment"], "auditor").search([]))
        with self.assertRaises(AccessError):
            self._as(asked, "auditor").read(["amount"])
