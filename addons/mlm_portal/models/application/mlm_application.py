# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.mlm_genealogy import document


class MlmApplication(models.Model):
    """What the forms of the portal need: their texts, their limits, their lists."""

    _inherit = "mlm.application"

    @api.model
    def _get_form(self, company):
        """Return what a form shows besides the person, or None while it may not open.

        Without a published data protection policy nobody's data may be asked for.
        """
        # sudo: a visitor reads the texts that are in force, and nothing else of them
        contracts = self.env["mlm.contract"].sudo()._get_published(company)
        if "privacy" not in contracts.mapped("kind"):
            return None
        country = company.country_id
        # sudo: labels of choices and names of states, which the form shows to everybody
        fields_info = self.sudo().fields_get(["kind", "document_type", "leg"], ["selection"])
        return {
            "contracts": [
                {"id": one.id, "name": one.display_name, "body": one.body, "kind": one.kind}
                for one in contracts.sorted(lambda one: one.kind != "distributor")
            ],
            "departments": [(one.id, one.name) for one in country.sudo().state_ids.sorted("name")],
            "choices": {
                **{name: info["selection"] for name, info in fields_info.items()},
                "document_type": self._get_document_choices(fields_info["document_type"], country),
            },
        }

    def _get_document_choices(self, info, country):
        """Return the types that the form offers, the usual one of the country first."""
        labels = dict(info["selection"])
        return [(kind, labels[kind]) for kind in document.form_types(country.code)]

    @api.model
    def _read_form(self, post, company):
        """Return ``(values, contracts)`` of a form that was sent, whatever it holds."""
        names = ("name", "document_type", "vat", "email", "phone", "city", "kind", "leg")
        values = {name: str(post.get(name) or "") for name in names}
        department = str(post.get("state_id") or "")
        # sudo: as for the form
        states = company.country_id.sudo().state_ids
        values["state_id"] = states.filtered(lambda one: str(one.id) == department).id
        contracts = self.env["mlm.contract"].sudo()._get_published(company)
        return values, contracts.filtered(lambda one: post.get(f"contract_{one.id}") == "on")

    @api.model
    def _take(self, sponsor, post, channel, ip):
        """Take a form; return ``(application, message)``, one of which is empty.

        :param sponsor: `mlm.distributor` (sudo) that the caller has found by itself
        :raise TooOften: sponsor, address or company sent as much as they may
        """
        values, contracts = self._read_form(post, self._get_joined_company(sponsor))
        submission = f"{channel}-{sponsor.id}-{str(post.get('submission') or '')[:64]}"
        # sudo: as for the form; sent twice it counts once, also for the limits
        known = self.sudo()._find_submission(self._get_joined_company(sponsor), submission)
        if known:
            return known, ""
        try:
            # a mistake in the form is said first, and uses up nothing
            # sudo: as above; a form is only tried here, for a sponsor whom the caller has found
            self.sudo()._prepare_submission(sponsor, values, contracts)
        except (UserError, ValidationError) as error:
            return known, error.args[0]
        self.env["mlm.form.limit"]._ensure_application(sponsor, channel, ip)
        try:
            with self.env.cr.savepoint():
                found = self._submit(sponsor, values, contracts, channel, ip, submission)
                return found, ""
        except (UserError, ValidationError) as error:
            # sudo: an empty record, like the ones above
            return self.sudo().browse(), error.args[0]

    @api.model
    def _list_of(self, distributor, limit=20):
        """Return the latest applications under a sponsor as plain values."""
        # sudo: the reader is the sponsor; the reason of staff stays with staff
        found = self.sudo().search([("sponsor_id", "=", distributor.id)], limit=limit)
        states = dict(self._fields["state"]._description_selection(self.env))
        channels = dict(self._fields["channel"]._description_selection(self.env))
        return [
            {
                "id": one.id,
                "name": one.name,
                "state": one.state,
                "state_label": states[one.state],
                "channel": channels[one.channel],
                "came_by_link": one.channel == "referral",
                "submitted": distributor.network_id._local_date(one.submitted_at),
                "code": one.distributor_id.code or "",
            }
            for one in found
        ]
