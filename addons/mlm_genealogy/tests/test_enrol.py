from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestEnrol(GenealogyCommon):
    def _assert_constraint(self, function, *args, **kwargs):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            function(*args, **kwargs)

    def test_one_person(self):
        moment = datetime(2026, 8, 24, 3, 0)
        ana = self.enrol("Ana", email="ana@example.com", vat="52000111", joined_at=moment)
        self.assertEqual(ana.partner_id.email, "ana@example.com")
        self.assertEqual(ana.partner_id.vat, "52000111")
        self.assertEqual(ana.state, "active")
        self.assertEqual(ana.kind, "distributor")
        self.assertEqual(ana.company_id, self.company)
        # 22:00 of the day before in Bogotá
        self.assertEqual(str(ana.join_date), "2026-08-23")
        self.assertEqual(ana.display_name, f"{ana.code} Ana")
        self.assertFalse(ana.position_ids)
        self.assertEqual(ana.level, 1)
        self.assertEqual(self.root.frontline_count, 1)
        self.assert_path(ana, self.root)
        self.assertEqual(ana.link_ids.parent_distributor_id, self.root)
        self.assertEqual(ana.link_ids.valid_from, moment)
        event = ana.event_ids
        self.assertEqual((event.kind, event.effective_at), ("enrolled", moment))
        self.assertEqual(event.author_id, self.env.user)
        self.assertEqual(event.after["sponsor"], self.root.code)
        self.assert_laws()

    def test_existing_person(self):
        partner = self.env["res.partner"].create({"name": "Known"})
        known = self.enrol("Known better", partner_id=partner.id, phone="+57 1")
        self.assertEqual(known.partner_id, partner)
        self.assertEqual(partner.name, "Known better")
        self.assertEqual(partner.phone, "+57 1")

    def test_create_takes_the_same_path(self):
        partner = self.env["res.partner"].create({"name": "By form"})
        record = self.Distributor.create({"partner_id": partner.id, "sponsor_id": self.root.id})
        self.assertEqual(record.event_ids.kind, "enrolled")
        self.assert_laws()

    def test_codes(self):
        first = self.enrol("A")
        number = int(first.code)
        ahead = self.enrol("B", code=f"{number + 1:06d}")
        after = self.enrol("C")
        self.assertEqual(ahead.code, f"{number + 1:06d}")
        self.assertEqual(int(after.code), number + 2)
        self._assert_constraint(self.enrol, "D", code=first.code)

    def test_code_twice_in_a_batch(self):
        with self.assertRaisesRegex(UserError, "twice"):
            self.Distributor._enrol(
                [{"name": name, "code": "X", "sponsor_id": self.root.id} for name in "AB"]
            )

    def test_same_codes_in_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        Distributor = self.Distributor.with_context(allowed_company_ids=(self.company | other).ids)
        twin = Distributor._enrol(
            [{"name": "Root 2", "company_id": other.id, "code": self.root.code}]
        )
        self.assertEqual(twin.code, self.root.code)
        self.assertFalse(twin.sponsor_id)
        self.assertTrue(Distributor._get_code_sequence(other.mlm_network_id).company_id == other)

    def test_person_once_per_company(self):
        partner_id = self.root.partner_id.id
        with self.assertRaisesRegex(UserError, "already enrolled"):
            self.enrol("Root again", partner_id=partner_id)
        values = {"partner_id": partner_id, "sponsor_id": self.root.id, "code": "AGAIN"}
        self._assert_constraint(as_internal(self.Distributor).create, [values])

    def test_sponsor_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        Distributor = self.Distributor.with_context(allowed_company_ids=(self.company | other).ids)
        with self.assertRaises(UserError):
            Distributor._enrol([{"name": "X", "company_id": other.id, "sponsor_id": self.root.id}])

    def test_customer_sponsors_nobody(self):
        customer = self.enrol("Customer", kind="customer")
        with self.assertRaisesRegex(UserError, "cannot sponsor anybody"):
            self.enrol("Below", sponsor=customer)
        with self.assertRaises(ValidationError):
            self.Distributor._enrol(
                [
                    {
                        "name": "C",
                        "code": "C1",
                        "kind": "customer",
                        "sponsor_id": self.root.id,
                    },
                    {"name": "D", "sponsor_code": "C1"},
                ]
            )

    def test_preferred_customer_may_sponsor(self):
        preferred = self.enrol("Preferred", kind="preferred")
        self.assert_path(self.enrol("Below", sponsor=preferred), preferred, self.root)

    def test_roots(self):
        self._assert_constraint(self.Distributor._enrol, [{"name": "Second root"}])
        second = self.Distributor._enrol([{"name": "Explicit", "is_root": True}])
        self.assert_path(second)
        self._assert_constraint(self.enrol, "No root", is_root=True)
        self._assert_constraint(self.Distributor._enrol, [{"name": "X", "kind": "customer"}])
        self.assert_laws()

    def test_batch_in_any_order(self):
        names = {
            "E": "D",
            "D": "B",
            "C": self.root.code,
            "B": "A",
            "A": self.root.code,
            "F": "E",
        }
        batch = self.Distributor._enrol(
            [
                {"name": code, "code": code, "sponsor_code": sponsor}
                for code, sponsor in names.items()
            ]
        )
        self.assertEqual(batch.mapped("code"), list(names))
        by_code = {record.code: record for record in batch}
        above = [by_code[code] for code in "EDBA"]
        self.assert_path(by_code["F"], *above, self.root)
        self.assertEqual(by_code["A"].child_ids, by_code["B"])
        self.assertEqual(self.root.frontline_count, 2)
        self.assertEqual(
            self.Distributor.search([("id", "child_of", by_code["B"].id)]),
            by_code["B"] | by_code["D"] | by_code["E"] | by_code["F"],
        )
        self.assert_laws()

    def test_batch_placed_outside_the_sponsor_line(self):
        """Who stands above may be sponsored later in the same list."""
        top = {"parent_id": self.head.id, "leg": "left"}
        rows = [
            {
                "name": "D",
                "code": "D",
                "sponsor_id": self.root.id,
                "placement": {"parent_code": "C", "leg": "right"},
            },
            {"name": "A", "code": "A", "sponsor_id": self.root.id, "placement": top},
            {
                "name": "C",
                "code": "C",
                "sponsor_code": "A",
                "placement": {"parent_code": "A", "leg": "left"},
            },
        ]
        last, first, middle = self.Distributor._enrol(rows)
        self.assertEqual(last.position_ids.parent_id, middle.position_ids)
        self.assertEqual(middle.position_ids.parent_id, first.position_ids)
        self.assert_laws()

    def test_batch_placed_below_each_other(self):
        rows = [
            {
                "name": name,
                "code": name,
                "sponsor_id": self.root.id,
                "placement": {"parent_code": other, "leg": "left"},
            }
            for name, other in (("A", "B"), ("B", "A"))
        ]
        with self.assertRaisesRegex(UserError, "There is no position"):
            self.Distributor._enrol(rows)

    def test_batch_with_its_own_root(self):
        records = self.Distributor._enrol(
            [
                {"name": "R", "code": "R", "is_root": True},
                {"name": "S", "code": "S", "sponsor_code": "R"},
                {"name": "T", "code": "T", "sponsor_code": "S"},
            ]
        )
        self.assert_path(records[2], records[1], records[0])
        self.assert_laws()

    def test_batch_with_a_cycle(self):
        with self.assertRaisesRegex(UserError, "sponsor each other"):
            self.Distributor._enrol(
                [
                    {"name": "A", "code": "A", "sponsor_code": "B"},
                    {"name": "B", "code": "B", "sponsor_code": "A"},
                ]
            )

    def test_unknown_values(self):
        with self.assertRaisesRegex(UserError, "no sponsor with code ZZZ"):
            self.Distributor._enrol([{"name": "A", "sponsor_code": "ZZZ"}])
        with self.assertRaisesRegex(UserError, "nonsense"):
            self.enrol("A", nonsense=1)
        with self.assertRaisesRegex(UserError, "person or a name"):
            self.Distributor._enrol([{"sponsor_id": self.root.id}])

    def test_search_by_code_and_name(self):
        ana = self.enrol("Ana María Ñungo")
        for text in (ana.code, "Ñungo"):
            found = self.Distributor.name_search(text)
            self.assertIn(ana.id, [id_ for id_, __ in found])

    def test_current_for_user(self):
        ana = self.enrol("Ana")
        user = self.env["res.users"].create(
            {
                "login": "ana_portal",
                "partner_id": ana.partner_id.id,
                "group_ids": self.env.ref("base.group_portal").ids,
                "company_ids": self.company.ids,
                "company_id": self.company.id,
            }
        )
        as_ana = self.Distributor.with_user(user).with_company(self.company)
        self.assertEqual(as_ana._current_for_user(user), ana)
        self.assertFalse(as_ana._current_for_user(self.env.ref("base.public_user")))
