import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_genealogy.scope import Scope

from .network_common import NetworkCommon


@tagged("post_install", "-at_install")
class TestNetwork(NetworkCommon):
    """What one network of several companies shares, and what each keeps."""

    def test_sponsor_and_spot_cross_companies(self):
        self.assertEqual(self.ana.sponsor_id.company_id, self.company)
        self.assertEqual(self.beto.sponsor_id.company_id, self.abroad)
        self.assertEqual(self.beto.position_ids.parent_id.distributor_id, self.ana)
        self.assertEqual(self.beto._upline_ids(), [self.ana.id, self.root.id])
        links = self.env["mlm.link"].search([("distributor_id", "=", self.ana.id)])
        self.assertEqual(links.network_id, self.network)
        self.assertEqual(links.company_id, self.abroad)
        # and a sponsor change does
        other = self.enrol_at(self.company, "Otro", self.root)
        self.ana._change_sponsor(other, "Asked for it")
        self.assertEqual(self.beto._upline_ids(), [self.ana.id, other.id, self.root.id])
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_codes_are_the_networks(self):
        self.assertEqual(len({self.root.code, self.ana.code, self.beto.code}), 3)
        with self.assertRaisesRegex(UserError, "occurs twice|belongs to somebody"):
            self.Distributor._enrol(
                [
                    {
                        "name": name,
                        "company_id": company.id,
                        "code": "SAME",
                        "sponsor_id": self.root.id,
                    }
                    for name, company in (("X", self.company), ("Y", self.abroad))
                ]
            )
        with self.assertRaisesRegex(UserError, "already enrolled"):
            self.enrol_at(self.company, "Ana", self.root, partner_id=self.ana.partner_id.id)

    def test_never_across_networks(self):
        stranger = self.Distributor.with_context(allowed_company_ids=self.foreign.ids)._enrol(
            [{"name": "S", "company_id": self.foreign.id}]
        )
        with self.assertRaisesRegex(UserError, "another network"):
            self.enrol_at(self.company, "X", stranger.with_env(self.env))
        with self.assertRaisesRegex(UserError, "another network"):
            self.beto._change_sponsor(stranger.with_env(self.env), "No")
        with (
            self.assertRaises(psycopg2.errors.ForeignKeyViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            as_internal(self.beto).write({"sponsor_id": stranger.id})
            self.beto.flush_recordset()

    def test_staff_of_another_company_see_code_and_name_only(self):
        ana = self.seen(self.ana, self.here)
        self.assertEqual(ana.read(["code", "name"])[0]["name"], "Ana")
        self.assertIn("Ana", ana.display_name)
        private = ["email", "phone", "vat", "city", "image_1920", "avatar_128"]
        self.assertFalse(any(ana.read([name])[0][name] for name in private))
        self.assertFalse(ana.search([("email", "=", "ana@example.com")]))
        self.assertFalse(ana.search([("vat", "=", self.ana.vat)]))
        for model in ("mlm.genealogy.event", "mlm.holder"):
            self.assertFalse(ana.env[model].search([("distributor_id", "=", ana.id)]))
        for change in (
            lambda: ana.write({"placement_preference": "left"}),
            lambda: ana.write({"email": "x@example.com"}),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                change()
        # at home all of it
        at_home = self.seen(self.ana, self.there)
        self.assertEqual(at_home.email, "ana@example.com")
        self.assertEqual(at_home.search([("email", "=", "ana@example.com")]), at_home)

    def test_names_by_code_only(self):
        self.network.names_elsewhere = "code"
        ana = self.seen(self.ana, self.here)
        row = ana.read(["name", "display_name", "partner_id"])[0]
        self.assertEqual((row["name"], row["partner_id"]), (False, False))
        self.assertEqual(row["display_name"].strip(), self.ana.code)
        self.assertFalse(ana.web_read({"partner_id": {}})[0]["partner_id"])
        self.assertFalse(ana.search([("display_name", "ilike", "Ana")]))
        self.assertFalse(ana.search([("name", "=", "Ana")]))
        self.assertEqual(ana.search([("display_name", "ilike", self.ana.code)]), ana)
        self.assertFalse(ana.position_ids.search([("display_name", "ilike", "Ana")]))
        reader = ana.env["mlm.tree.read"]
        self.assertFalse(reader.get_matches("Ana"))
        self.assertFalse(reader.get_matches(self.ana.code)[0]["name"])
        scope = Scope(self.network, self.env["mlm.tree"])
        card = reader._get_cards(scope, [self.ana.id])[self.ana.id]
        self.assertEqual((card["name"], card["code"]), (False, self.ana.code))
        rows = list(
            ana.env["mlm.downline.report"]._downline_report(self.seen(self.root, self.here))
        )
        self.assertEqual({row["name"] for page in rows for row in page}, {None, "Beto"})
        # who works in both companies sees both
        both = self.user_of(self.company, "support", self.company | self.abroad)
        self.assertEqual(self.seen(self.ana, both).name, "Ana")
        self.assertFalse(self.seen(self.ana, both, self.company).name)

    def test_another_network_is_not_seen(self):
        outsider = self.user_of(self.foreign, "support")
        for model in ("mlm.distributor", "mlm.position", "mlm.tree", "mlm.link", "mlm.network"):
            found = self.seen(self.env[model], outsider).search([])
            networks = found if model == "mlm.network" else found.network_id
            self.assertNotIn(self.network, networks, model)

    def test_who_changes_what_is_common(self):
        """A tree of two companies: who works in both, or manages networks."""
        one = self.user_of(self.company, "admin")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.seen(self.tree, one).name = "New"
        both = self.user_of(self.company, "admin", self.company | self.abroad)
        self.seen(self.tree, both).name = "New"
        leader = self.user_of(self.company, "admin")
        leader.group_ids += self.env.ref("mlm_base.group_network_manager")
        self.seen(self.tree, leader).name = "Newer"
        self.assertEqual(self.tree.name, "Newer")

    def test_a_company_joins_before_it_begins(self):
        late = self.env["res.company"].create({"name": "Perú"})
        alone = late.mlm_network_id
        late.mlm_network_id = self.network
        self.assertFalse(alone.exists())
        self.assertIn(late, self.network.company_ids)
        with self.assertRaisesRegex(UserError, "Ecuador has people"):
            self.abroad.mlm_network_id = self.foreign.mlm_network_id
        # without people of its own it may leave again
        late.mlm_network_id = self.foreign.mlm_network_id
        with self.assertRaisesRegex(UserError, "has companies"):
            self.network.unlink()

    def test_who_may_let_a_company_join(self):
        """An administrator of another company learns nothing by joining."""
        outsider = self.user_of(self.foreign, "admin")
        outsider.group_ids += self.env.ref("base.group_erp_manager")
        company = self.seen(self.foreign, outsider)
        for join in (
            lambda: company.write({"mlm_network_id": self.network.id}),
            lambda: company.create({"name": "Spy", "mlm_network_id": self.network.id}),
        ):
            with self.assertRaisesRegex(AccessError, "works in all companies of"):
                join()

    def test_contracts_are_the_home_companys(self):
        text = self.env["mlm.contract"].create(
            {
                "company_id": self.abroad.id,
                "kind": "distributor",
                "number": "1",
                "name": "EC",
                "body": "x",
            }
        )
        text.action_publish()
        self.enrol_at(self.company, "Here", self.root)
        with self.assertRaisesRegex(UserError, "must accept"):
            self.enrol_at(self.abroad, "There", self.root)
