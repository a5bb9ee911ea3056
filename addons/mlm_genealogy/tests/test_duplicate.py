from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestDuplicate(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.co")
        cls.ana = cls.enrol(
            "Ana", email="ana@example.com", phone="+57 310 222 3344", vat="CC 52.000.222"
        )
        cls.env["res.partner.bank"].create(
            {"acc_number": "031-456 789 01", "partner_id": cls.ana.partner_id.id}
        )

    def _find(self, **values):
        return self.Distributor._find_duplicates([values])[0]

    def test_each_field(self):
        for name, spellings in {
            "vat": ("52000222", "52.000.222", "52 000 222"),
            "email": ("ANA@example.com ", "Ana <ana@example.com>"),
            "phone": ("3102223344", "310 222 33 44", "0057 310 2223344", "57-310-222-3344"),
            "bank": ("03145678901", "031 456-789-01", ["999", "03145678901"]),
        }.items():
            for spelling in spellings:
                (match,) = self._find(**{name: spelling})
                self.assertEqual(match["fields"], [name], spelling)
                self.assertEqual(match["partner_id"], self.ana.partner_id.id)
                self.assertEqual(match["distributor_id"], self.ana.id)

    def test_phone_stored_without_country(self):
        eva = self.env["res.partner"].create({"name": "Eva", "phone": "(601) 555 12 34"})
        (match,) = self._find(phone="+57 601 5551234")
        self.assertEqual(match["partner_id"], eva.id)
        self.assertFalse(match["distributor_id"])

    def test_nothing_in_common(self):
        self.assertEqual(
            self._find(vat="52000223", email="eva@example.com", phone="3102223345", bank="1"), []
        )
        self.assertEqual(self._find(vat="", email=False, phone="12", bank=[]), [])
        # a number abroad with the same last digits
        self.assertEqual(self._find(phone="+1 310 222 3344"), [])

    def test_fields_of_one_match_together(self):
        (match,) = self._find(phone="3102223344", email="ana@example.com")
        self.assertEqual(match["fields"], ["email", "phone"])

    def test_own_contact_and_addresses(self):
        own = self.ana.partner_id
        self.assertEqual(self._find(email="ana@example.com", partner_id=own.id), [])
        self.env["res.partner"].create(
            {"name": "To", "type": "delivery", "parent_id": own.id, "email": "ship@example.com"}
        )
        self.assertEqual(self._find(email="ship@example.com"), [])

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        (match,) = self.Distributor._find_duplicates([{"email": "ana@example.com"}], other)[0]
        self.assertFalse(match["distributor_id"])
        self.ana.partner_id.company_id = self.company
        self.assertEqual(
            self.Distributor._find_duplicates([{"email": "ana@example.com"}], other), [[]]
        )

    def test_rows_of_one_list(self):
        found = self.Distributor._find_duplicates(
            [
                {"email": "one@example.com", "bank": "77-1"},
                {"email": "two@example.com"},
                {"email": "ONE@example.com", "bank": "771"},
            ]
        )
        self.assertEqual(found[:2], [[], []])
        self.assertEqual(
            found[2],
            [
                {
                    "fields": ["email", "bank"],
                    "partner_id": False,
                    "distributor_id": False,
                    "row": 0,
                }
            ],
        )

    def test_acceptance_is_on_record(self):
        same = {
            "email": "ana@example.com",
            "bank_ids": [Command.create({"acc_number": "03145678901"})],
            "accepted_duplicates": True,
        }
        eva = self.enrol("Eva", **same, reason="Her sister, one account")
        event = eva.event_ids.filtered(lambda one: one.kind == "duplicate_accepted")
        self.assertEqual(event.reason, "Her sister, one account")
        self.assertEqual(event.cause_id.kind, "enrolled")
        (match,) = event.after["matches"]
        self.assertEqual(match["code"], self.ana.code)
        self.assertEqual(match["fields"], ["email", "bank"])
        self.assertNotIn("ana@example.com", str(event.after))
        with self.assertRaisesRegex(UserError, "say why"):
            self.enrol("Eva", **same)
        self.assert_laws()

    def test_many_at_once(self):
        sample = self.env["res.partner"].create({"name": "Bulk"})
        self.env.flush_all()
        own = {
            "vat": SQL("'X' || n"),
            "phone": SQL("'+57 ' || 3000000000 + n"),
            "email_normalized": SQL("n || '@bulk.example.com'"),
        }
        rest = [
            SQL.identifier(field.name)
            for field in sample._fields.values()
            if field.store and field.column_type and field.name not in {"id", *own}
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO res_partner (%s, %s) SELECT %s, %s"
                " FROM res_partner, generate_series(1, 20000) n WHERE id = %s",
                SQL(", ").join(map(SQL.identifier, own)),
                SQL(", ").join(rest),
                SQL(", ").join(own.values()),
                SQL(", ").join(rest),
                sample.id,
            )
        )
        self.env.cr.execute("ANALYZE res_partner")
        values = [
            {"vat": f"x-{n}", "phone": str(3000000000 + n), "email": f"{n}@Bulk.example.com"}
            for n in range(1, 20001)
        ]
        # all at once, not one by one; how fast is measured by `./mlm bench genealogy`
        before = self.env.cr.sql_log_count
        found = self.Distributor._find_duplicates(values)
        self.assertLess(self.env.cr.sql_log_count - before, 100)
        self.assertTrue(all(len(matches) == 1 for matches in found))
        self.assertEqual(found[7][0]["fields"], ["vat", "email", "phone"])
