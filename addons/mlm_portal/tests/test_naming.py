# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.mlm_base.internal import as_internal

from .common import PortalCase


class TestNaming(PortalCase):
    """Who is known by name: by sponsoring, by consent or by policy; customers never."""

    def _known(self):
        everybody = [person.id for person in self.people.values()]
        known = self.people["ANA"]._get_known_ids([*everybody, False])
        return {code for code, person in self.people.items() if person.id in known}

    def test_own_people(self):
        self.assertEqual(self._known(), {"ANA", "BETO", "CARO"})

    def test_consent_of_the_person(self):
        as_internal(self.people["EVA"]).write({"shares_name": True})
        as_internal(self.people["CLIENTA"]).write({"shares_name": True})
        self.assertEqual(self._known(), {"ANA", "BETO", "CARO", "EVA"})

    def test_policy_of_the_company(self):
        self.company.mlm_portal_names = "downline"
        self.assertLessEqual({"BETO", "DORA", "EVA"}, self._known())
        self.assertFalse({"CLIENTA", "FAN"} & self._known())
