# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.addons.mlm_base.triggers import recorded
from odoo.addons.mlm_commission.tests.common import CommissionCommon


class ProfileCommon(CommissionCommon):
    """The network of three, in Bogotá."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Profile = cls.env["mlm.co.profile"]
        cls.bogota = cls.env["mlm.co.municipality"].search([("code", "=", "11001")])
        cls.trade = cls.env["mlm.co.activity"].search([("code", "=", "4799")])
        cls.types = {
            one.l10n_co_document_code: one
            for one in cls.env["l10n_latam.identification.type"].search(
                [("l10n_co_document_code", "!=", False)]
            )
        }
        cls._document(cls.maria, "52000222", "national_citizen_id")

    @classmethod
    def _document(cls, member, number, code):
        member.partner_id.with_context(no_vat_validation=True).write(
            {"vat": number, "l10n_latam_identification_type_id": cls.types[code].id}
        )

    def _profile(self, member=None, role=None, confirm=False, **values):
        """A profile of MARÍA, of somebody in Bogotá with an activity, entered by a role."""
        profiles = self._as(self.Profile, role) if role else self.Profile
        profile = profiles.create(
            {
                "partner_id": (member or self.maria).partner_id.id,
                "date_from": "2026-01-01",
                "municipality_id": self.bogota.id,
                "activity_id": self.trade.id,
                **values,
            }
        )
        if confirm:
            self._as(profile, "accountant").action_confirm()
            profile.invalidate_recordset()
        return profile

    def _posted_earlier(self):
        """A run posted before anything else that the test does."""
        self._balanced_sales()
        with recorded(self.env.cr, datetime(2026, 9, 4, 15)):
            return self._posted()

    def _in_colombia(self):
        """The company is of Colombia from now on: what was posted keeps its withholding."""
        self.company.account_fiscal_country_id = self.env.ref("base.co")
