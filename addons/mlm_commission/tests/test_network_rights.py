# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError

from .network_common import NetworkCommon


class TestNetworkRights(NetworkCommon):
    """Who sees and does what in a network of several companies."""

    def test_accountant_reads_the_own_company(self):
        run = self._post(self._approved())
        for who, company, person in (
            ("books here", self.company, self.juan),
            ("books there", self.second, self.ana),
        ):
            self.env.invalidate_all()  # each in a transaction of its own
            with self.subTest(who):
                self.assertEqual(
                    self._as(self.env["mlm.statement"], who).search([]).distributor_id.ids,
                    person.ids,
                )
                earnings = self._as(self.env["mlm.earning"], who).search(
                    [("run_id", "=", run.id), ("amount_e4", "!=", 0)]
                )
                self.assertEqual(earnings.payee_id.ids, person.ids)
                mine = self._as(run, who)
                self.assertEqual(mine.move_count, 1)
                move = self.env["account.move"].browse(mine.action_moves()["res_id"])
                self.assertEqual(move.company_id, company)
                self.assertEqual(mine.company_total_ids.mapped("payees"), [1, 1])
                rows = list(self._as(self.env["mlm.commission.report"], who)._read_rows(mine))
                self.assertEqual(
                    {row["payee"] for row in rows[0] if row["amount_e4"]}, {person.code}
                )
                self.assertEqual([one["id"] for one in mine._get_summary()["top"]], person.ids)

    def test_amount_of_another_company_is_not_explained(self):
        self._sales()
        run = self._preview()
        wizard = self._as(self.env["mlm.explanation"], "books there")
        own = wizard.create({"run_id": run.id, "distributor_id": self.ana.id})
        self.assertFalse(isinstance(own._explanation(), str))
        with self.assertRaisesRegex(AccessError, "paid by another company"):
            wizard.create({"run_id": run.id, "distributor_id": self.juan.id})._explanation()
        ana_s = self.env["mlm.volume.entry"].search([("buyer_id", "=", self.luz.id)])
        with self.assertRaisesRegex(AccessError, "paid by another company"):
            self._as(run, "books there")._explain_sale(ana_s, self.juan)
        juan_s = self.env["mlm.volume.entry"].search([("buyer_id", "=", self.clara.id)])
        for who, paid in (("books here", 1), ("books there", 0)):
            (row,) = self._as(run, who)._explain_sale(juan_s)["rows"]
            self.assertEqual(
                len([one for one in row["earnings"] if one["amount"] != "0"]), paid, who
            )

    def test_who_leads_the_network_writes_its_runs(self):
        self._sales()
        run = self._preview()
        with self.assertRaisesRegex(AccessError, "who works in all of them"):
            self._as(run.period_id, "manager there").action_preview()
        there = self._as(run, "manager there")
        self.assertEqual(there.read(["state"])[0]["state"], "preview")
        with self.assertRaises(AccessError):
            there.write({"accounting_date": "2026-09-04"})
        with self.assertRaises(AccessError):
            there.action_submit()
        self.assertFalse(
            self._as(self.env["mlm.plan"], "manager there").search([]).has_access("write")
        )
        for who in ("manager", "network manager"):
            self._as(run, who).write({"accounting_date": "2026-09-04"})
        self._as(run, "network manager").action_submit()
        self.assertEqual(run.state, "submitted")
        with self.assertRaisesRegex(AccessError, "who works in all of them"):
            self._as(run, "approver there").action_approve()
        self._as(run, "approver").action_approve()
        self.assertEqual(run.state, "approved")

    def test_override_is_decided_by_who_leads_the_network(self):
        override = self._as(self.env["mlm.rank.override"], "manager").create(
            {
                "distributor_id": self.ana.id,
                "rank_id": self.version.rank_ids[1].id,
                "date_from": "2026-08-17",
                "reason": "Promised",
            }
        )
        self.assertEqual(override.company_id, self.second)
        self.assertEqual(override.network_id, self.network)
        with self.assertRaisesRegex(AccessError, "who works in all of them"):
            self._as(override, "approver there").action_approve()
        self._as(override, "approver").action_approve()
        self.assertEqual(override.state, "approved")

    def test_report_is_of_who_made_it(self):
        self._sales()
        run = self._preview()
        number = int(self._as(run, "manager").action_xlsx()["url"].split("/")[3].split("?")[0])
        kept = self.env["ir.attachment"].browse(number)
        self.assertTrue(self._as(kept, "manager").has_access("read"))
        self.assertFalse(self._as(kept, "books there").has_access("read"))

    def test_balance_is_read_at_home(self):
        self._post(self._approved())
        for who, mine, other in (
            ("books here", self.juan, self.ana),
            ("books there", self.ana, self.juan),
        ):
            self.env.invalidate_all()
            with self.subTest(who):
                self.assertGreater(self._as(mine, who).mlm_balance, 0)
                self.assertFalse(self._as(other, who).mlm_balance)
                self.assertFalse(self._as(other, who).mlm_former_balance)
        self.env.invalidate_all()
        self.assertGreater(self._as(self.ana, "network manager").mlm_balance, 0)

    def test_ranks_are_not_paid_to_people_elsewhere(self):
        """Of a rank that one person holds, what it was paid is what that person was paid."""
        self._sales()
        run = self._preview()
        earned = run._gross_by_payee()
        for who, person in (("books here", self.juan), ("books there", self.ana)):
            ranks = self._as(run, who).read_summary()["ranks"]
            paid = run._turn_e4(earned[person.id], person.company_id)
            self.assertEqual(sum(one["amount"] for one in ranks), paid / 10_000, who)
            self.assertEqual(sum(one["paid"] for one in ranks), 1, who)

    def test_names_in_files_are_those_of_the_network(self):
        """ANA's customer buys below JUAN's company; where people elsewhere are known by code
        only, the files say so, too."""
        self.ana.partner_id.name = "Secret"
        sold = self._enrol("PEPE", "ANA", kind="customer")
        self._sale(sold, price_unit=140_000)
        self._sale(self.luz, price_unit=140_000)
        self.luz.partner_id.name = "Secret"
        run = self._preview()
        self.network.names_elsewhere = "code"
        self.env.flush_all()
        for who, shown in (("books here", False), ("books there", True), ("manager", True)):
            self.env.invalidate_all()
            report = self._as(self.env["mlm.commission.report"], who)
            mine = self._as(run, who)
            rows = [row for rows in report._read_rows(mine) for row in rows]
            rows += report._read_payees(mine)
            rows += list(
                report._read_entries(mine, self.env["mlm.volume.entry"].search([]).ids).values()
            )
            self.assertEqual("Secret" in str(rows), shown, who)

    def test_reasons_of_overrides_stay_at_home(self):
        override = self.env["mlm.rank.override"].create(
            {
                "distributor_id": self.ana.id,
                "rank_id": self.version.rank_ids[1].id,
                "date_from": "2026-08-17",
                "reason": "Promised",
            }
        )
        for who, seen in (
            ("books here", False),
            ("books there", True),
            ("manager", True),
            ("network manager", True),
        ):
            with self.subTest(who):
                self.env.invalidate_all()
                self.assertEqual(self._as(override, who).has_access("read"), seen)
                found = self._as(override, who).search([("reason", "ilike", "Promised")])
                self.assertEqual(bool(found), seen)

    def test_report_from_before_the_second_company(self):
        self._sales()
        run = self._preview()
        kept = self.env["ir.attachment"].create(
            {"name": "commissions.xlsx", "raw": b"x", "res_model": "mlm.run", "res_id": run.id}
        )
        for who, seen in (("books there", False), ("manager there", False), ("manager", True)):
            self.env.invalidate_all()
            mine = self._as(kept, who)
            self.assertEqual(mine.has_access("read"), seen, who)
            self.assertEqual(bool(mine.search([("res_model", "=", "mlm.run")])), seen, who)
