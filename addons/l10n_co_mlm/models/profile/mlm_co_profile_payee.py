# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ...tax import Payee


class MlmCoProfile(models.Model):
    """What withholding asks: the profile of each payee on a day, and what is missing of it."""

    _inherit = "mlm.co.profile"

    @api.model
    def _get_payees(self, company, partners, date):
        """Return what each person is for withholding on a day; one statement for all.

        Who has no confirmed profile is a natural person in Colombia of whom nothing else is
        known: the lack is in ``missing``, and stops nobody.

        :param company: ``res.company`` that pays
        :param partners: ``res.partner`` who are paid
        :param date: accounting date
        :return: ``{partner id: tax.Payee}``
        """
        self.flush_model()
        partners.flush_model(["vat"])
        return {
            row[0]: self._make_payee(*row[1:])
            for row in self.env.execute_query(
                SQL(
                    """
                    SELECT person.id, person.vat, profile.id, profile.person, profile.resident,
                           profile.declarant, profile.vat_responsible, profile.simple,
                           profile.self_withholder, profile.invoicer, profile.art383,
                           profile.art383_exempt,
                           (profile.art383_deductions * 10000)::int8,
                           profile.contract_over_limit, place.code, activity.code
                      FROM res_partner AS person
                      LEFT JOIN mlm_co_profile AS profile
                        ON profile.partner_id = person.id AND profile.company_id = %(company)s
                       AND profile.state = 'confirmed' AND profile.date_from <= %(date)s
                       AND (profile.date_to IS NULL OR profile.date_to >= %(date)s)
                      LEFT JOIN mlm_co_municipality AS place ON place.id = profile.municipality_id
                      LEFT JOIN mlm_co_activity AS activity ON activity.id = profile.activity_id
                     WHERE person.id = ANY(%(people)s)
                    """,
                    company=company.id,
                    date=date,
                    people=partners.ids,
                )
            )
        }

    @api.model
    def _make_payee(self, vat, known, *values):
        person, resident, *flags, deductions_e4, over_limit, place, activity = values
        declarant, vat_responsible, simple, self_withholder, invoicer, art383, exempt = flags
        resident = resident if known else True
        return Payee(
            person=person or "natural",
            resident=resident,
            declarant=bool(declarant),
            vat_responsible=bool(vat_responsible),
            simple=bool(simple),
            self_withholder=bool(self_withholder),
            invoicer=bool(invoicer),
            art383=bool(art383),
            art383_exempt=bool(exempt),
            art383_deductions_e4=deductions_e4 or 0,
            contract_over_limit=bool(over_limit),
            municipality=place or "",
            activity=activity or "",
            missing=tuple(self._get_missing(vat, known, resident, place, activity)),
        )

    @api.model
    def _get_missing(self, vat, known, resident, place, activity):
        """Yield what a payout waits for, keys of `_get_lacks`. ICA is for residents."""
        if not known:
            yield "profile"
        elif resident:
            if not place:
                yield "municipality"
            if not activity:
                yield "activity"
        if not vat:
            yield "number"

    @api.model
    def _get_lacks(self):
        """Return ``{key: what is missing, as a sentence}``."""
        _ = self.env._
        return {
            "profile": _("There is no confirmed tax profile."),
            "municipality": _("The tax profile has no municipality."),
            "activity": _("The tax profile has no activity (CIIU)."),
            "number": _("The contact has no tax number."),
        }

    @api.model
    def _get_lack_names(self):
        """Return ``{key: what is missing, in a word or two}``."""
        _ = self.env._
        return {
            "profile": _("tax profile"),
            "municipality": _("municipality"),
            "activity": _("activity"),
            "number": _("tax number"),
            "rut": _("RUT"),
        }

    @api.model
    def _get_hold_reasons(self, statements):
        """Return what is missing today of who is paid, for which the payout waits (RULES 54).

        :param statements: ``mlm.statement`` of any companies
        :return: ``{statement id: [sentence]}``, without those that nothing holds
        """
        lacks, found = self._get_lacks(), {}
        today = fields.Date.context_today(self)
        for company, rows in statements.grouped("company_id").items():
            if not company._mlm_is_co():
                continue
            payees = self._get_payees(company, rows.partner_id, today)
            for row in rows:
                missing = payees[row.partner_id.id].missing
                if missing:
                    found[row.id] = [lacks[key] for key in missing]
        return found
