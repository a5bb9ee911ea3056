# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from .common import PortalHttpCase

#: Ana's network beyond the people she sponsored, and everybody's customers.
HIDDEN = ("Dora", "DORA", "Eva Nombre", "EVA", "Clienta", "CLIENTA", "Otro Nombre", "Fan Nombre")


class TestPrivacy(PortalHttpCase):
    """RULES 38: own amount, generation, level and rate; of others nothing."""

    def _assert_discreet(self, text):
        for name in HIDDEN:
            self.assertNotIn(name, text)

    def test_the_explanation_names_the_direct_team_only(self):
        gen5 = self._earning("ANA", "gen5")
        self.assertEqual(gen5.source_id, self.people["EVA"])
        self.assertEqual(gen5.level, 3)
        text = self._open(f"/my/network/earnings/{self.first_run.id}/{gen5.id}", "ANA")
        self.assertIn("somebody else", text)
        self.assertIn("Beto", text)
        self._assert_discreet(text)

    def test_others_on_the_path_qualified_or_not_and_nothing_else(self):
        gen5 = self._earning("ANA", "gen5")
        ana = self.people["ANA"]
        found = self.first_run._explain(gen5, audience="distributor", viewer=ana)
        self._assert_discreet(json.dumps(found, default=str))
        path = next(step["path"] for step in found["steps"] if step["step"] == "path")
        self.assertEqual(
            [(item["level"], item["reason"]) for item in path],
            [(1, "not_qualified"), (2, "not_qualified"), (3, "smaller_package")],
        )
        self.assertEqual(["amount" in item for item in path], [False, False, True])
        staff = self.first_run._explain(gen5)
        self.assertIn("Dora", json.dumps(staff, default=str))

    def test_customers_are_unnamed(self):
        retail = self._earning("ANA", "retail")
        for page in (f"/{retail.id}", ""):
            self._assert_discreet(
                self._open(f"/my/network/earnings/{self.first_run.id}{page}", "ANA")
            )
        text = self._open(f"/my/network/earnings/{self.first_run.id}/{retail.id}", "ANA")
        self.assertIn("a customer", text)

    def test_every_explanation_of_the_run_is_discreet(self):
        earnings = self.env["mlm.earning"].search(
            [
                *self.first_run._id_domain("mlm.earning"),
                ("payee_id", "=", self.people["ANA"].id),
            ]
        )
        mine = self._mine("ANA")
        self.assertGreaterEqual(len(earnings), 3)
        for earning in earnings:
            found = mine.env["mlm.portal.explanation"]._get(
                self.first_run.with_env(mine.env), mine, earning.with_env(mine.env)
            )
            self._assert_discreet(json.dumps(found, default=str))

    def test_statement_and_team_show_no_business_of_others(self):
        self.people["BETO"].partner_id.write(
            {"vat": "99887766", "phone": "3001234567", "email": "beto@example.com"}
        )
        self._assert_discreet(self._open(f"/my/network/earnings/{self.first_run.id}", "ANA"))
        team = self._open("/my/network/team", "ANA")
        self._assert_discreet(team)
        self.assertIn("Beto Nombre", team)
        for secret in ("99887766", "3001234567", "beto@example.com", "\N{NO-BREAK SPACE}COP"):
            self.assertNotIn(secret, team)
